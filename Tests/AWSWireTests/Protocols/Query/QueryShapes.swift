import AWSWire
import Foundation

/// Shapes that use everything that the protocol knows.
struct Sample: AWSRequest, Equatable {
  typealias Response = Sample
  static let service = ELBv2.service
  static let operation = "Sample"

  var text: String
  var vpcId: String?
  var number: Int?
  var small: UInt8?
  var fraction: Double?
  var flag: Bool?
  var instant: Date?
  var blob: Data?
  var kind: Kind?
  var names: [String]?
  var children: [Child]?
  var matrix: [[Int]]?
  var settings: [String: String]?
  var nested: [String: Child]?
  var dnsName: String?

  enum Kind: String, Codable { case round, square }

  struct Child: Codable, Equatable {
    var id: String
    var port: Int?
    var tags: [String]?
  }

  enum CodingKeys: String, CodingKey {
    case text, vpcId, number, small, fraction, flag, instant, blob, kind, names, children, matrix, settings, nested
    case dnsName = "DNSName"
  }
}

let sampleCodec = QueryCodec(
  version: "2015-12-01", namespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/")

/// SplitMix64: the same values in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension Sample {
  /// A value of any shape, its texts full of what must be escaped.
  static func random(_ generator: inout SeededGenerator) -> Sample {
    func maybe<T>(_ make: (inout SeededGenerator) -> T) -> T? {
      Bool.random(using: &generator) ? make(&generator) : nil
    }
    func text(_ generator: inout SeededGenerator) -> String {
      let pieces = [
        "a", " ", "&", "<", "]]>", "\"", "'", "\r\n", "\r", "\n", "\t", "é", "👩‍🚀", "%41", "+", "=", ".", "&amp;",
      ]
      return (0..<Int.random(in: 0...6, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
        .joined()
    }
    func list<T>(_ generator: inout SeededGenerator, _ make: (inout SeededGenerator) -> T) -> [T] {
      (0..<Int.random(in: 0...12, using: &generator)).map { _ in make(&generator) }
    }
    func child(_ generator: inout SeededGenerator) -> Child {
      Child(
        id: text(&generator),
        port: Bool.random(using: &generator) ? Int.random(in: -5...70_000, using: &generator) : nil,
        tags: Bool.random(using: &generator) ? list(&generator, text) : nil)
    }
    return Sample(
      text: text(&generator), vpcId: maybe(text), number: maybe { Int.random(in: Int.min...Int.max, using: &$0) },
      small: maybe { UInt8.random(in: 0...255, using: &$0) },
      fraction: maybe { Double.random(in: -1e9...1e9, using: &$0) }, flag: maybe { Bool.random(using: &$0) },
      instant: maybe {
        Date(timeIntervalSince1970: Double(Int.random(in: -9_999_999...4_000_000_000_000, using: &$0)) / 1000)
      },
      blob: maybe { generator in Data((0..<9).map { _ in UInt8.random(in: 0...255, using: &generator) }) },
      kind: maybe { Bool.random(using: &$0) ? .round : .square }, names: maybe { list(&$0, text) },
      children: maybe { list(&$0, child) },
      matrix: maybe { list(&$0) { list(&$0) { Int.random(in: 0...9, using: &$0) } } },
      // Empty maps are left out of forms, as the protocol says, so they cannot come back.
      settings: maybe { ["fixed": text(&$0), text(&$0): text(&$0)] }, nested: maybe { [text(&$0): child(&$0)] },
      dnsName: maybe(text))
  }
}
