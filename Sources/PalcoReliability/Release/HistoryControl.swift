/// Blue's history as the control of a green that has all the traffic: blue itself has none then.
///
/// Each part of it is used once, in parts as large as green's own numbers, so that green never is compared with more than
/// was really counted. When it is used up, nothing is left to compare with. What hits everybody after the release began
/// is not in it: the promise of ``ReleaseJudge`` then holds only as far as the past is like the present.
public struct HistoryControl: Codable, Sendable, Equatable {
  private let errors: EventCounts
  private let latency: [Int]
  private let answers: [Int]
  private let ratios: [EventCounts]
  /// How many of its requests were used.
  private var used = 0

  /// A control of a whole history.
  public init(_ history: ReleaseHistory) {
    errors = history.errors.reduce(.none, +)
    latency = history.latency
    answers = history.answers
    ratios = history.ratios.map { $0.reduce(.none, +) }
  }

  /// As many requests as green had, and what belongs to them; nil when nothing is left.
  public mutating func counts(besides green: RevisionCounts) -> RevisionCounts? {
    let total = errors.total
    let (begin, end) = (used, min(total, used + green.errors.total))
    guard end > begin else { return nil }
    used = end
    // Rounded up: a bad event counts from the beginning of the part that it stands for, so that the control is rather too
    // bad than too good.
    func part(_ count: Int) -> Int {
      let share = { (used: Int) in (Double(count) * Double(used) / Double(total)).rounded(.up) }
      return Int(share(end) - share(begin))
    }
    func part(_ counts: EventCounts) -> EventCounts {
      let all = part(counts.total)
      return EventCounts(bad: min(part(counts.bad), all), total: all) ?? .none
    }
    return RevisionCounts(
      errors: part(errors), latency: latency.map(part), answers: answers.map(part), ratios: ratios.map(part))
  }
}
