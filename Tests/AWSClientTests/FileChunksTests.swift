import Foundation
import PalcoTestSupport
import Testing

@testable import AWSClient

@Suite struct FileChunksTests {
  @Test(arguments: [0, 1, FileChunks.size, FileChunks.size + 1, 3 * FileChunks.size + 17])
  func aFileComesInSmallPieces(_ size: Int) async throws {
    try await withTemporaryDirectory { folder in
      let bytes = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      let file = folder.appending(path: "blob")
      try bytes.write(to: file)
      // A retry reads from the start.
      for _ in 1...2 {
        var read = Data()
        for try await piece in FileChunks(file: file) {
          #expect((1...FileChunks.size).contains(piece.readableBytes))
          read.append(contentsOf: piece.readableBytesView)
        }
        #expect(read == bytes)
      }
    }
  }

  @Test func aFileThatIsGoneIsAnError() async throws {
    await #expect(throws: (any Error).self) {
      for try await _ in FileChunks(file: URL(filePath: "/nowhere/blob")) {}
    }
  }
}
