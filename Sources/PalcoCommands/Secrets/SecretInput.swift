import AWSWire
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A value from standard input: never from an argument, which every program of the machine could read.
enum SecretInput {
  /// The largest value that a secret may have.
  private static let maximumSize = 65_536

  /// Reads a value; on a terminal it is asked for, and what is typed is not shown.
  ///
  /// - Throws: ``CommandError`` for no value, too large a one, and one that is no text.
  static func read(prompt: String) throws -> Sensitive<String> {
    let data = isatty(0) == 1 ? try ask(prompt) : try all()
    guard data.count <= maximumSize else {
      throw CommandError(.usage, "the value is larger than \(maximumSize) bytes")
    }
    return try text(data)
  }

  /// The text of what was read, without the line end that editors and `echo` add.
  static func text(_ data: Data) throws -> Sensitive<String> {
    guard var text = String(data: data, encoding: .utf8) else {
      throw CommandError(.usage, "the value is no UTF-8 text")
    }
    if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
    guard !text.isEmpty else { throw CommandError(.usage, "no value came on standard input") }
    return Sensitive(text)
  }

  private static func all() throws -> Data {
    var data = Data()
    while data.count <= maximumSize {
      guard let more = try FileHandle.standardInput.read(upToCount: maximumSize + 1 - data.count), !more.isEmpty
      else { break }
      data += more
    }
    return data
  }

  private static func ask(_ prompt: String) throws -> Data {
    var before = termios()
    guard tcgetattr(0, &before) == 0 else { return try all() }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(0, TCSAFLUSH, &silent)
    defer {
      tcsetattr(0, TCSAFLUSH, &before)
      Console.note("")
    }
    try FileHandle.standardError.write(contentsOf: Data(prompt.utf8))
    return Data((readLine() ?? "").utf8)
  }
}
