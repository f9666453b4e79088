import AWSWire
import Foundation

/// A pattern of unstructured text: terms and "quoted phrases" that must all be there, `-term` for what must not, and
/// `?term` for alternatives. Upper and lower case differ.
struct TermFilter: Sendable, Equatable {
  private(set) var required: [String] = []
  private(set) var excluded: [String] = []
  private(set) var alternatives: [String] = []

  init(_ text: Substring) throws(AWSError) {
    var rest = text
    while let first = rest.first {
      let isPrefixed = first == "-" || first == "?"
      if isPrefixed { rest.removeFirst() }
      let term = try Self.term(&rest)
      switch first {
      case "-": excluded.append(term)
      case "?": alternatives.append(term)
      default: required.append(term)
      }
      rest = rest.drop(while: \.isWhitespace)
    }
    // As AWS documents it: together with other terms, those with a question mark are ignored.
    if !required.isEmpty || !excluded.isEmpty { alternatives = [] }
  }

  private static func term(_ rest: inout Substring) throws(AWSError) -> String {
    guard rest.first != "\"" else { return try FilterPattern.phrase(&rest) }
    let term = rest.prefix { !$0.isWhitespace }
    rest = rest.dropFirst(term.count)
    guard !term.isEmpty, term.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
      throw LogsError.invalid("Invalid character(s) in term '\(term)'")
    }
    return String(term)
  }

  /// Whether an event's text fits.
  func matches(_ message: String) -> Bool {
    required.allSatisfy { Self.contains(message, $0) } && !excluded.contains { Self.contains(message, $0) }
      && (alternatives.isEmpty || alternatives.contains { Self.contains(message, $0) })
  }

  /// A search of bytes: what `contains` does by characters takes a hundred times as long.
  private static func contains(_ message: String, _ term: String) -> Bool {
    let found = message.utf8.withContiguousStorageIfAvailable { message in
      term.utf8.withContiguousStorageIfAvailable { term in contains(message, term) }
    }
    return found.flatMap { $0 } ?? message.contains(term)
  }

  private static func contains(_ message: UnsafeBufferPointer<UInt8>, _ term: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let wanted = term.baseAddress, let first = term.first else { return true }
    guard let start = message.baseAddress else { return false }
    var offset = 0
    while message.count - offset >= term.count {
      let end = message.count - term.count + 1
      guard let found = memchr(start + offset, Int32(first), end - offset) else { return false }
      if memcmp(found, wanted, term.count) == 0 { return true }
      offset = UnsafeRawPointer(found) - UnsafeRawPointer(start) + 1
    }
    return false
  }
}
