import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct StoreUpkeepTests {
  private func number(_ store: Store, _ pragma: String) async throws -> Int {
    try await store.database.read { try Int.fetchOne($0, sql: "PRAGMA \(pragma)") ?? 0 }
  }

  @Test func theSpaceOfDeletedRowsIsGivenBack() async throws {
    try await withTemporaryDirectory { directory in
      let store = try Store(directory: directory)
      let records = store.records("big", of: String.self)
      let text = String(repeating: "x", count: 4000)
      try await store.write((0..<6_000).map { try records.putting(text, at: "\($0)") })
      let full = try await number(store, "page_count")
      #expect(full > 6_000)
      try await store.write((0..<5_500).map { records.deleting("\($0)") })
      for _ in 0..<3 { try await store.shrink() }
      let left = try await number(store, "page_count")
      #expect(left < full / 4, "\(left) of \(full)")
      #expect(try await records.all().count == 500)
      try store.close()
    }
  }

  @Test func aLittleFreeSpaceIsLeftForTheNextRows() async throws {
    try await withTemporaryDirectory { directory in
      let store = try Store(directory: directory)
      let records = store.records("small", of: String.self)
      let text = String(repeating: "x", count: 4000)
      try await store.write((0..<500).map { try records.putting(text, at: "\($0)") })
      try await store.write((0..<500).map { records.deleting("\($0)") })
      let before = try await number(store, "page_count")
      try await store.shrink()
      #expect(try await number(store, "page_count") == before)
      try store.close()
    }
  }

  @Test func aFileOfAnOlderVersionCanShrinkTooAndKeepsWhatItHolds() async throws {
    try await withTemporaryDirectory { directory in
      let old = try Store(directory: directory)
      try await old.records("a", of: String.self).put("kept", at: "k")
      try await old.database.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA auto_vacuum = NONE; VACUUM; PRAGMA user_version = 1")
      }
      #expect(try await number(old, "auto_vacuum") == 0)
      try old.close()
      let new = try Store(directory: directory)
      #expect(try await number(new, "auto_vacuum") == 2)
      #expect(try await new.records("a", of: String.self).all().map(\.value) == ["kept"])
      try new.close()
    }
  }
}
