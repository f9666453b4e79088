import Foundation
import Testing

@testable import Pulse

@Suite struct SurveyTests {
  @Test func countsEachScoreAsItsCategory() {
    let categories = (0...10).map { Category(score: $0) }
    #expect(categories == Array(repeating: .detractor, count: 7) + [.passive, .passive, .promoter, .promoter])
  }

  @Test(
    arguments: [
      (Tally(), nil),
      (Tally(promoters: 5), 100),
      (Tally(detractors: 3), -100),
      (Tally(passives: 4), 0),
      (Tally(promoters: 2, detractors: 1), 33),
      (Tally(promoters: 1, passives: 1, detractors: 1), 0),
      (Tally(promoters: 1, passives: 7), 13),
      (Tally(passives: 7, detractors: 1), -13),
      (Tally(promoters: 70, passives: 20, detractors: 10), 60),
    ] as [(Tally, Int?)]) func calculatesTheScore(tally: Tally, expected: Int?)
  {
    #expect(tally.netPromoterScore == expected)
  }

  @Test(arguments: [nil, "", "11", "-1", "7.5", "07", "+7", "seven", " 7", "٧", "9999999999999999999999"])
  func refusesWhatIsNoScore(score: String?) {
    #expect(throws: Answer.Invalid.self) { try Answer(score: score, comment: nil, date: .now) }
  }

  @Test func takesAComment() throws {
    let answer = try Answer(score: "10", comment: "  Muito bom! \r\nObrigado 👍\t ", date: .now)
    #expect(answer.score == 10)
    #expect(answer.comment == "Muito bom! \nObrigado 👍")
    #expect(try Answer(score: "0", comment: nil, date: .now).comment == "")
    #expect(try Answer(score: "0", comment: String(repeating: "ç", count: 2000), date: .now).comment.count == 2000)
  }

  @Test func refusesACommentThatIsTooLongOrNoText() {
    let tooLong = #expect(throws: Answer.Invalid.self) {
      try Answer(score: "5", comment: String(repeating: "x", count: 2001), date: .now)
    }
    #expect(tooLong?.message.contains("2001") == true)
    #expect(throws: Answer.Invalid.self) { try Answer(score: "5", comment: "a\0b", date: .now) }
  }
}
