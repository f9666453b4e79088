import Testing

@testable import LocalCloud

@Suite struct RecordTableTests {
  private struct Thing: Codable, Sendable, Equatable {
    var owner: String?
    var size = 0
  }

  @Test func recordsAreFoundByTheirOwner() {
    var table = RecordTable(["1": Thing(owner: "a"), "2": Thing(owner: "b")], ownedBy: \.owner)
    table["3"] = Thing(owner: "a", size: 3)
    table["4"] = Thing()
    #expect(table.values(of: "a").count == 2)
    #expect(table.values(of: "a") { $0.size > 0 } == [Thing(owner: "a", size: 3)])
    table["1"] = nil
    table["3"]?.size = 4
    #expect(table.values(of: "a") == [Thing(owner: "a", size: 4)])
    table.removeAll()
    #expect(table.values(of: "a").isEmpty && table.values.isEmpty)
  }

  @Test func ownersOfWhatChangedAreKnownUntilItIsWritten() {
    var table = RecordTable(["1": Thing(owner: "a"), "2": Thing(owner: "b"), "3": Thing(owner: "c")], ownedBy: \.owner)
    table["1"]?.size = 1
    table["2"] = nil
    table["3"]?.size = 0
    #expect(table.changedOwners == ["a", "b"])
    table.written()
    #expect(table.changedOwners.isEmpty)
  }

  @Test func aCopyStaysAsItWas() {
    let table = RecordTable(["1": Thing(owner: "a", size: 1)], ownedBy: \.owner)
    var copy = table
    copy["1"]?.size = 2
    copy["2"] = Thing(owner: "a")
    #expect(table["1"]?.size == 1 && table.values(of: "a").count == 1)
    #expect(copy["1"]?.size == 2 && copy.values(of: "a").count == 2)
  }
}
