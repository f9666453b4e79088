import Foundation
import OCIImages
import Testing

@Suite struct GzipTests {
  /// `printf hello | gzip -n`
  private static let hello = Data([
    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10, 0x36, 5, 0, 0, 0,
  ])

  @Test func aStreamIsInflatedUpToALimit() throws {
    #expect(try Gzip.inflate(Self.hello, limit: 5) == Data("hello".utf8))
    #expect(try Gzip.inflate(Self.hello + Self.hello, limit: 10) == Data("hellohello".utf8))
    let error = #expect(throws: OCIImageError.self) { try Gzip.inflate(Self.hello, limit: 4) }
    #expect(error?.code == .tooLarge)
  }

  @Test(arguments: [Data(), Data("hello".utf8), hello.prefix(20), hello.prefix(3)])
  func whatIsNoWholeStreamIsRefused(data: Data) {
    let error = #expect(throws: OCIImageError.self) { try Gzip.inflate(data, limit: 100) }
    #expect(error?.code == .corrupt)
  }
}
