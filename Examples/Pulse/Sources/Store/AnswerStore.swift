/// Where answers are kept.
protocol AnswerStore: Sendable {
  /// Keeps an answer. One that is there already (by its `id`) is left as it is.
  func add(_ answer: Answer) async throws
  /// Counts all answers.
  func tally() async throws -> Tally
  /// Throws when answers could not be kept now.
  func check() async throws
  /// Lets go of files and connections.
  func close() async
}
