import Foundation
import PalcoReliability
import Testing

@testable import PalcoRelease

@Suite struct WeightTimelineTests {
  private let begin = Date(timeIntervalSince1970: 0)

  private func interval(_ start: Double, blue: Int = 75, green: Int = 25) -> ObservedInterval {
    func counts(_ total: Int) -> RevisionCounts { RevisionCounts(errors: EventCounts(bad: 0, total: total) ?? .none) }
    return ObservedInterval(
      start: begin.addingTimeInterval(start), length: 10, blue: counts(blue), green: counts(green))
  }

  @Test func beforeAnybodyLookedTheRequestsTell() {
    var timeline = WeightTimeline()
    #expect(timeline.shares(during: interval(0)) == (0.25, 0.25))
    #expect(timeline.shares(during: interval(0, blue: 0, green: 0)) == (0, 0))
    timeline.note(0.5, at: begin.addingTimeInterval(5))
    #expect(timeline.shares(during: interval(0)) == (0.25, 0.5))
  }

  @Test func aStepWithinAnIntervalGivesTwoShares() {
    var timeline = WeightTimeline()
    timeline.note(0, at: begin)
    timeline.note(0, at: begin.addingTimeInterval(7))
    timeline.note(0.1, at: begin.addingTimeInterval(15))
    timeline.note(0.2, at: begin.addingTimeInterval(20))
    #expect(timeline.shares(during: interval(0)) == (0, 0))
    #expect(timeline.shares(during: interval(10)) == (0, 0.1))
    // What is set at its end belongs to the next one.
    #expect(timeline.shares(during: interval(20)) == (0.2, 0.2))
  }
}
