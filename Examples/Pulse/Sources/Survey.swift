import Foundation

/// What an answer counts as.
enum Category: String, CaseIterable, Sendable {
  case promoter, passive, detractor

  /// 9 and 10 promote, 7 and 8 are passive, and 0 to 6 detract.
  init(score: Int) {
    switch score {
    case 9...: self = .promoter
    case 7...8: self = .passive
    default: self = .detractor
    }
  }
}

/// One visitor's answer.
struct Answer: Sendable, Equatable {
  /// Makes keeping an answer twice the same as keeping it once.
  var id: String
  /// 0 to 10.
  var score: Int
  /// What else the visitor said; empty when nothing.
  var comment: String
  var date: Date

  static let scores = 0...10
  /// In characters.
  static let commentLimit = 2000

  /// Why an answer is refused, in words for the visitor.
  struct Invalid: Error, Equatable { var message: String }

  /// Checks what a form sent.
  init(id: String = UUID().uuidString, score: String?, comment: String?, date: Date) throws(Invalid) {
    guard let score, !score.isEmpty else { throw Invalid(message: "Please choose a score from 0 to 10.") }
    guard let number = Int(score), Self.scores ~= number, String(number) == score else {
      throw Invalid(message: "A score is a whole number from 0 to 10.")
    }
    // Browsers send CR LF, whatever the visitor's machine.
    let text = (comment ?? "").replacingOccurrences(of: "\r\n", with: "\n")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    guard text.count <= Self.commentLimit else {
      throw Invalid(message: "A comment has at most \(Self.commentLimit) characters; this one has \(text.count).")
    }
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" }) else {
      throw Invalid(message: "The comment holds control characters.")
    }
    self.id = id
    self.score = number
    self.comment = text
    self.date = date
  }
}

/// How many answers of each category there are.
struct Tally: Sendable, Equatable {
  var promoters = 0
  var passives = 0
  var detractors = 0

  var count: Int { promoters + passives + detractors }

  /// The share of promoters less the share of detractors, in whole points from -100 to 100; `nil` without an answer.
  var netPromoterScore: Int? {
    guard count > 0 else { return nil }
    return Int((100 * Double(promoters - detractors) / Double(count)).rounded())
  }
}
