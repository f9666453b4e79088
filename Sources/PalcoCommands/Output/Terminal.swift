import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is known of the place that output goes to. Colours and redrawing happen on a terminal only.
struct Terminal: Sendable {
  /// Whether a person watches.
  var isInteractive: Bool
  /// Whether colours are wanted: a terminal, no `NO_COLOR` (https://no-color.org), and a `TERM` that has them.
  var hasColours: Bool
  /// Columns.
  var width: Int

  /// The terminal behind a file descriptor (1 output, 2 errors and progress).
  static func detect(
    descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Terminal {
    let interactive = isatty(descriptor) == 1
    let colours = interactive && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    var size = winsize()
    let known = interactive && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    let width = known ? Int(size.ws_col) : environment["COLUMNS"].flatMap { Int($0) } ?? 120
    return Terminal(isInteractive: interactive, hasColours: colours, width: max(width, 40))
  }

  /// A text in a style, where colours are wanted.
  func styled(_ text: String, _ style: Style) -> String {
    hasColours ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// The few styles that Palco uses.
  enum Style: String, Sendable { case bold = "1", faint = "2", red = "31", green = "32", yellow = "33", blue = "34" }
}

/// Standard output and standard error, written whole and at once.
enum Console {
  /// Prints a result.
  static func out(_ text: String) { write(text, to: .standardOutput) }

  /// Prints progress, a notice or an error.
  static func note(_ text: String) { write(text, to: .standardError) }

  private static func write(_ text: String, to handle: FileHandle) {
    // A reader that has gone (`palco status | head -1`) is no error of ours.
    try? handle.write(contentsOf: Data((text + "\n").utf8))
  }
}
