/// The one seam through which Palco draws identifiers, so that tests can make them repeatable.
public struct IDSource: Sendable {
  private let draw: @Sendable (_ bound: Int) -> Int

  /// Makes a source of a function that draws a number in `0..<bound`.
  public init(draw: @escaping @Sendable (_ bound: Int) -> Int) {
    self.draw = draw
  }

  /// The system's random numbers.
  public static let live = IDSource { Int.random(in: 0..<$0) }

  /// Lower-case hexadecimal digits, as in task identifiers (32) and load balancer identifiers (16).
  public func hexadecimal(_ count: Int) -> String { text(count, of: "0123456789abcdef") }

  /// Decimal digits without a leading zero, as in service revision identifiers.
  public func digits(_ count: Int) -> String {
    guard count > 0 else { return "" }
    return text(1, of: "123456789") + text(count - 1, of: "0123456789")
  }

  /// Letters and digits safe in a URL, as in service deployment identifiers (21) and hook identifiers (43).
  public func urlSafe(_ count: Int) -> String {
    text(count, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
  }

  /// A version 4 UUID in lower case, as AWS writes request identifiers.
  public func uuid() -> String {
    let variant = text(1, of: "89ab")
    return [hexadecimal(8), hexadecimal(4), "4" + hexadecimal(3), variant + hexadecimal(3), hexadecimal(12)]
      .joined(separator: "-")
  }

  private func text(_ count: Int, of alphabet: String) -> String {
    let letters = Array(alphabet)
    return String((0..<count).map { _ in letters[draw(letters.count)] })
  }
}
