/// Numbers with units, as people write them in objectives. A number without its unit is refused: `0.999` may be meant
/// as a share or as a percentage, and `300` as seconds.
public enum Quantity {
  /// A percentage such as `99.9%`, as a share.
  ///
  /// - Throws: ``ObjectiveError`` when it is no percentage, or not between 0 % and 100 % with both excluded
  public static func share(_ text: String, keyPath: String) throws(ObjectiveError) -> Double {
    guard let digits = number(in: text, unit: "%") else {
      throw ObjectiveError(keyPath, "'\(text)' is no percentage", fix: "write one with its sign, such as 99.9%")
    }
    // The decimal point is moved in the text: 99.9 / 100 is not the double nearest to 0.999.
    guard let share = Double(digits + "e-2"), share > 0 else {
      throw ObjectiveError(keyPath, "0% can never be missed", fix: "write what users need, such as 99.9%")
    }
    guard share < 1 else {
      throw ObjectiveError(
        keyPath, share == 1 ? "100% leaves no error budget: one failed request ends it" : "'\(text)' is over 100%",
        fix: "write less than 100%, such as 99.9%")
    }
    return share
  }

  /// A duration such as `300ms` or `1.5s`, in milliseconds.
  ///
  /// - Throws: ``ObjectiveError`` when the unit is missing or the number is not above 0
  public static func milliseconds(_ text: String, keyPath: String) throws(ObjectiveError) -> Double {
    for (unit, size) in [("ms", 1.0), ("s", 1000.0)] {
      guard let digits = number(in: text, unit: unit), let value = Double(digits), value > 0 else { continue }
      return value * size
    }
    throw ObjectiveError(keyPath, "'\(text)' is no duration", fix: "write a number above 0 with ms or s, such as 300ms")
  }

  /// The digits before a unit, with at most one decimal point.
  private static func number(in text: String, unit: String) -> String? {
    guard text.hasSuffix(unit) else { return nil }
    var digits = text.dropLast(unit.count)
    while digits.last == " " { digits.removeLast() }
    let isNumber =
      digits.first?.isNumber == true && digits.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 }
      && digits.utf8.count { $0 == 46 } <= 1
    return isNumber ? String(digits) : nil
  }
}
