import Foundation
import Testing

@testable import LocalCloud

@Suite struct ReconcilerAgendaTests {
  private let start = Date(timeIntervalSince1970: 1_700_000_000)

  @Test func whatChangedComesOnceAndWhatIsDueComesInTime() {
    var agenda = ReconcilerAgenda()
    agenda.touch(["b", "a", "b"])
    agenda.look(at: "c", on: start + 10)
    agenda.look(at: "d", on: start + 20)
    #expect(agenda.take(at: start) == ["a", "b"])
    #expect(agenda.next == start + 10)
    #expect(agenda.take(at: start + 5) == [])
    #expect(agenda.take(at: start + 10) == ["c"])
    #expect(agenda.next == start + 20)
    agenda.look(at: "d", on: nil)
    #expect(agenda.next == nil)
  }

  @Test func whatIsTouchedMeanwhileIsDueAtOnce() {
    var agenda = ReconcilerAgenda()
    _ = agenda.take(at: start)
    agenda.look(at: "a", on: start + 60)
    agenda.touch(["b"])
    #expect(agenda.next == start)
  }

  /// Else a service with a load balancer would not be looked at before the clock is where it was.
  @Test func aClockThatIsSetBackMakesEverythingDue() {
    var agenda = ReconcilerAgenda()
    _ = agenda.take(at: start)
    agenda.look(at: "a", on: start + 5)
    #expect(agenda.take(at: start - 3600) == ["a"])
  }
}
