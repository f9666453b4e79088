import Foundation

/// Takes the body of `Content-Encoding: aws-chunked` apart while it arrives: chunks with their sizes, then trailers.
///
/// The signature of each chunk is read over; the request's own signature covers the headers only.
///
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
public struct AWSChunkedDecoder: Sendable {
  private enum Place {
    case size
    case data(Int)
    case dataEnd
    case trailers
    case done
  }

  /// Longer than any line that a client writes.
  private static let maximumLine = 8192

  private var place = Place.size
  private var line: [UInt8] = []
  /// The trailers, by name in lower case.
  public private(set) var trailers: [String: String] = [:]
  /// How many bytes of data there were.
  public private(set) var length = 0

  /// Makes a decoder of a body from its start.
  public init() {}

  /// Whether the body is complete.
  public var isComplete: Bool {
    if case .done = place { true } else { false }
  }

  /// Takes the next bytes.
  ///
  /// - Parameter take: Gets the data among them, piece by piece.
  /// - Throws: ``AWSError`` for what is no such body; what `take` throws.
  public mutating func decode(
    _ bytes: UnsafeRawBufferPointer, _ take: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      if case .data(let wanted) = place {
        let piece = rest.prefix(wanted)
        try take(UnsafeRawBufferPointer(rebasing: piece))
        length += piece.count
        rest = rest.dropFirst(piece.count)
        place = piece.count == wanted ? .dataEnd : .data(wanted - piece.count)
      } else if let line = try nextLine(&rest) {
        try read(line)
      }
    }
  }

  /// A whole line, without its end; `nil` when more must come first.
  private mutating func nextLine(_ rest: inout Slice<UnsafeRawBufferPointer>) throws(AWSError) -> String? {
    let end = rest.firstIndex(of: UInt8(ascii: "\n"))
    line += rest[..<(end ?? rest.endIndex)]
    rest = end.map { rest[($0 + 1)...] } ?? rest[rest.endIndex...]
    guard line.count <= Self.maximumLine else { throw Self.malformed("a line is too long") }
    guard end != nil else { return nil }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    defer { line.removeAll(keepingCapacity: true) }
    return String(decoding: line, as: UTF8.self)
  }

  private mutating func read(_ line: String) throws(AWSError) {
    switch place {
    case .size:
      let digits = line.prefix { $0 != ";" }
      guard let size = Int(digits, radix: 16), size >= 0, digits.first != "+" else {
        throw Self.malformed("a chunk has no size")
      }
      place = size == 0 ? .trailers : .data(size)
    case .dataEnd:
      guard line.isEmpty else { throw Self.malformed("a chunk is longer than its size") }
      place = .size
    case .trailers:
      guard !line.isEmpty else {
        place = .done
        return
      }
      guard let colon = line.firstIndex(of: ":") else { throw Self.malformed("a trailer has no value") }
      trailers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    case .done: throw Self.malformed("something follows the last chunk")
    case .data: break
    }
  }

  private static func malformed(_ reason: String) -> AWSError {
    AWSError("IncompleteBody", "The request body is not well-formed aws-chunked: \(reason).")
  }
}
