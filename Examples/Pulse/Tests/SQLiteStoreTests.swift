import Foundation
import Testing

@testable import Pulse

/// What every store has to do.
func checkStore(_ one: any AnswerStore, _ other: any AnswerStore) async throws {
  try await one.check()
  #expect(try await one.tally() == Tally())
  let hostile = try Answer(score: "10", comment: "'); DROP TABLE answers; -- \"é\" 🎭 $1 ?", date: .now)
  try await one.add(hostile)
  try await one.add(hostile)
  #expect(try await other.tally() == Tally(promoters: 1))
  try await withThrowingTaskGroup { tasks in
    for index in 0..<40 {
      let store = index.isMultiple(of: 2) ? one : other
      tasks.addTask { try await store.add(Answer(score: String(index % 10), comment: nil, date: .now)) }
    }
    try await tasks.waitForAll()
  }
  #expect(try await one.tally() == Tally(promoters: 5, passives: 8, detractors: 28))
  #expect(try await other.tally() == Tally(promoters: 5, passives: 8, detractors: 28))
}

@Suite struct SQLiteStoreTests {
  @Test func keepsAnswersThatTwoTasksShare() async throws {
    try await withFolder { folder in
      let path = folder.appendingPathComponent("new/pulse.sqlite").path
      let (one, other) = (try SQLiteStore(path: path), try SQLiteStore(path: path))
      try await checkStore(one, other)
      await one.close()
      await other.close()
      let again = try SQLiteStore(path: path)
      #expect(try await again.tally().count == 41)
      await again.close()
    }
  }

  @Test func saysWhichFileCannotBeUsed() async throws {
    try await withFolder { folder in
      try Data("this is no database, however long one looks at it".utf8).write(
        to: folder.appendingPathComponent("file"))
      for name in ["file", "file/below"] {
        let error = #expect(throws: StartError.self) {
          try SQLiteStore(path: folder.appendingPathComponent(name).path)
        }
        #expect(error?.exitCode == 69)
        #expect(error?.description.contains("file") == true && error?.description.contains("PULSE_DB") == true)
      }
    }
  }
}
