import PalcoTerraform
import Testing

@Suite struct LockInfoTests {
  /// As Terraform 1.15.5 wrote it.
  static let detail = """
    Error message: resource temporarily unavailable
    Lock Info:
      ID:        9ce74214-e166-9460-0b84-b26b755cb834
      Path:      terraform.tfstate
      Operation: OperationTypeApply
      Who:       root@vm
      Version:   1.15.5
      Created:   2026-11-24 21:58:17.540219502 +0000 UTC
      Info:      


    Terraform acquires a state lock to protect the state from being written
    by multiple users at the same time.
    """

  @Test func readsTheHolder() {
    #expect(
      LockInfo(readingFrom: Self.detail)
        == LockInfo(
          id: "9ce74214-e166-9460-0b84-b26b755cb834", operation: "apply", who: "root@vm",
          created: "2026-11-24 21:58:17 UTC"))
  }

  @Test func readsItInABoxToo() {
    let boxed = Self.detail.split(separator: "\n", omittingEmptySubsequences: false).map { "│ \($0)" }
      .joined(separator: "\n")
    #expect(LockInfo(readingFrom: boxed)?.who == "root@vm")
  }

  @Test(arguments: ["", "Lock Info:", "Lock Info:\n  Who: root@vm\n", "Error acquiring the state lock"])
  func findsNoneWhereNoneIs(text: String) {
    #expect(LockInfo(readingFrom: text) == nil)
  }
}
