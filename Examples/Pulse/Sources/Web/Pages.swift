import Mustache

/// The pages as HTML. What visitors and the environment say is escaped by Mustache's `{{ }}`.
struct Pages: Sendable {
  private let survey: MustacheTemplate
  private let thanks: String
  private let nps: MustacheTemplate
  private let frame: [String: String]
  /// The empty form, which most requests ask for.
  private let emptySurvey: String

  init(version: String) throws {
    frame = ["version": version, "colour": Version.colour(of: version)]
    var library = MustacheLibrary()
    try library.register(Self.head, named: "head")
    try library.register(Self.foot, named: "foot")
    func template(_ text: String) throws -> MustacheTemplate { try MustacheTemplate(string: text) }
    survey = try template(Self.surveyPage)
    nps = try template(Self.npsPage)
    thanks = try template(Self.thanksPage).render(frame.merging(["title": "Thank you"]) { $1 }, library: library)
    self.library = library
    emptySurvey = Self.render(survey, frame, library: library, score: nil, comment: "", problem: nil)
  }

  private let library: MustacheLibrary

  /// The question.
  func surveyForm() -> String { emptySurvey }

  /// The question again, with what was wrong and what the visitor had written.
  func surveyForm(problem: String, score: String?, comment: String?) -> String {
    Self.render(survey, frame, library: library, score: score, comment: comment ?? "", problem: problem)
  }

  func thanksPage() -> String { thanks }

  func npsPage(_ tally: Tally) -> String {
    var values: [String: Any] = frame
    values["title"] = "Net Promoter Score"
    values["score"] = tally.netPromoterScore.map { $0 > 0 ? "+\($0)" : "\($0)" } ?? "–"
    values["count"] = tally.count
    values["rows"] = [
      ("Promoters (9–10)", tally.promoters), ("Passives (7–8)", tally.passives), ("Detractors (0–6)", tally.detractors),
    ]
    .map {
      ["name": $0, "count": $1, "percent": tally.count == 0 ? 0 : (100 * $1 + tally.count / 2) / tally.count]
        as [String: Any]
    }
    return nps.render(values, library: library)
  }

  private static func render(
    _ template: MustacheTemplate, _ frame: [String: String], library: MustacheLibrary, score: String?, comment: String,
    problem: String?
  ) -> String {
    var values: [String: Any] = frame
    values["title"] = "How are we doing?"
    values["comment"] = comment
    values["limit"] = Answer.commentLimit
    if let problem { values["problem"] = problem }
    values["scores"] = Answer.scores.map { number in
      ["number": number, "checked": String(number) == score] as [String: Any]
    }
    return template.render(values, library: library)
  }
}
