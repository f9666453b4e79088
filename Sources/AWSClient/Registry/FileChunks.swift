import Foundation
import NIOCore

/// The bytes of a file in pieces, so that a layer never is in memory as a whole.
struct FileChunks: AsyncSequence, Sendable {
  static let size = 256 << 10

  let file: URL

  struct AsyncIterator: AsyncIteratorProtocol {
    let file: URL
    var handle: FileHandle?

    mutating func next() async throws -> ByteBuffer? {
      let open = try handle ?? FileHandle(forReadingFrom: file)
      handle = open
      guard let piece = try open.read(upToCount: FileChunks.size), !piece.isEmpty else {
        try open.close()
        return nil
      }
      return ByteBuffer(bytes: piece)
    }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(file: file) }
}
