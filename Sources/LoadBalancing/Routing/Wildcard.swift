/// A pattern in which `*` stands for any number of characters and `?` for one.
struct Wildcard: Sendable {
  private let pattern: [UInt8]
  private let isCaseSensitive: Bool

  init(_ pattern: String, isCaseSensitive: Bool) {
    self.isCaseSensitive = isCaseSensitive
    self.pattern = pattern.utf8.map { isCaseSensitive ? $0 : ASCII.lowercased($0) }
  }

  /// Whether all of the text matches. Takes time proportional to the pattern times the text at worst.
  func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    var (textIndex, index) = (0, 0)
    // Where to go on when a character does not match: the last star takes one more.
    var (starIndex, starText) = (-1, 0)
    while textIndex < text.count {
      let byte = isCaseSensitive ? text[textIndex] : ASCII.lowercased(text[textIndex])
      if index < pattern.count, pattern[index] == UInt8(ascii: "*") {
        (starIndex, starText) = (index, textIndex)
        index += 1
      } else if index < pattern.count, pattern[index] == UInt8(ascii: "?") || pattern[index] == byte {
        index += 1
        textIndex += 1
      } else if starIndex >= 0 {
        starText += 1
        (index, textIndex) = (starIndex + 1, starText)
      } else {
        return false
      }
    }
    while index < pattern.count, pattern[index] == UInt8(ascii: "*") { index += 1 }
    return index == pattern.count
  }
}
