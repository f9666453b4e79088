import Foundation
import PalcoReliability

/// The numbers of objectives as they are written: shares with their sign, response times with their unit. A bare number
/// could mean either of two things that differ by a hundred or a thousand.
enum ObjectiveText {
  static let sharePattern = "[0-9]{1,3}(\\.[0-9]{1,6})? ?%"
  static let responseTimePattern = "[0-9]{1,6}(\\.[0-9]{1,3})? ?m?s"

  static func readShare(_ scalar: YAMLScalar, described: String) throws(ScalarProblem) -> String {
    guard isWhole(scalar.text, sharePattern) else {
      // A share of 1 is rather a missed sign than a hundredth.
      let percent = Double(scalar.text).map { $0 < 1 ? $0 * 100 : $0 }
      let fix = percent.flatMap { $0 > 0 && $0 < 100 ? "write `\(number($0))%`" : nil }
      throw ScalarProblem(
        message: "must be a percentage with its sign, but is \(described)",
        fix: fix ?? "write a percentage above 0% and below 100%, such as `99.9%`")
    }
    do { _ = try Quantity.share(scalar.text, keyPath: "") } catch { throw ScalarProblem(error) }
    return scalar.text
  }

  static func readResponseTime(_ scalar: YAMLScalar, described: String) throws(ScalarProblem) -> String {
    guard isWhole(scalar.text, responseTimePattern) else {
      let bare = Double(scalar.text).flatMap { $0 > 0 ? "write `\(number($0))ms` or `\(number($0))s`" : nil }
      throw ScalarProblem(
        message: "must be a response time with its unit, but is \(described)",
        fix: bare ?? "write milliseconds or seconds, such as `300ms` or `1.5s`")
    }
    do { _ = try Quantity.milliseconds(scalar.text, keyPath: "") } catch { throw ScalarProblem(error) }
    return scalar.text
  }

  private static func isWhole(_ text: String, _ pattern: String) -> Bool {
    text.range(of: "\\A(?:\(pattern))\\z", options: .regularExpression) != nil
  }

  private static func number(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }
}

extension ScalarProblem {
  /// What an objective says of a number in it.
  init(_ error: ObjectiveError) { self.init(message: error.message, fix: error.fix) }
}
