import Mustache

/// The pages as HTML. What visitors and the environment say is escaped by Mustache's `{{ }}`.
struct Pages: Sendable {
  private let library: MustacheLibrary
  private let survey: MustacheTemplate
  private let thanks: String
  private let nps: MustacheTemplate
  private let frame: [String: String]
  /// The empty form, which most requests ask for.
  private let emptySurvey: String

  init(version: String) throws {
    var library = MustacheLibrary()
    try library.register(Self.head, named: "head")
    try library.register(Self.foot, named: "foot")
    self.library = library
    frame = ["version": version, "colour": Version.colour(of: version)]
    survey = try MustacheTemplate(string: Self.surveyPage)
    nps = try MustacheTemplate(string: Self.npsPage)
    thanks = try MustacheTemplate(string: Self.thanksPage)
      .render(frame.merging(["title": "Thank you"]) { $1 }, library: library)
    emptySurvey = Self.render(survey, frame, library: library, score: nil, comment: "", problem: nil)
  }

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
    values["answers"] = tally.count == 1 ? "1 answer" : "\(tally.count) answers"
    let rows = [
      ("Promoters (9–10)", tally.promoters), ("Passives (7–8)", tally.passives), ("Detractors (0–6)", tally.detractors),
    ]
    values["rows"] = rows.map { name, count in
      let percent = tally.count == 0 ? 0 : (100 * count + tally.count / 2) / tally.count
      return ["name": name, "count": count, "percent": percent] as [String: Any]
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
