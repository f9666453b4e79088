import Testing

@testable import OCIImages

@Suite struct ImageReferenceTests {
  static let digest = "sha256:" + String(repeating: "0a", count: 32)

  @Test(arguments: [
    ("nginx", ImageReference(repository: "nginx")),
    ("library/nginx:1.27", ImageReference(repository: "library/nginx", tag: "1.27")),
    ("localhost/web", ImageReference(registry: "localhost", repository: "web")),
    ("localhost:4650/web:v1", ImageReference(registry: "localhost:4650", repository: "web", tag: "v1")),
    (
      "127.0.0.1:4650/team/web@" + digest,
      ImageReference(registry: "127.0.0.1:4650", repository: "team/web", digest: digest)
    ),
    (
      "000000000000.dkr.ecr.us-east-1.localhost:4650/pulse:a_B.c-1@" + digest,
      ImageReference(
        registry: "000000000000.dkr.ecr.us-east-1.localhost:4650", repository: "pulse", tag: "a_B.c-1", digest: digest)
    ),
    ("[::1]:5000/web", ImageReference(registry: "[::1]:5000", repository: "web")),
    ("a__b/c---d.e", ImageReference(repository: "a__b/c---d.e")),
  ])
  func aReferenceIsReadAndWrittenBack(text: String, expected: ImageReference) throws {
    let reference = try ImageReference(parsing: text)
    #expect(reference == expected)
    #expect(reference.description == text)
  }

  @Test(arguments: [
    "", "/", "web:", "web@", "web@sha256:12", "web@md5:abc", "Web", "example.com/", "example.com:x/web",
    "example.com:99999/web", "web//a", "-web", "web-", "a___b", "a._b", "web:-v1",
    "web:" + String(repeating: "a", count: 129),
    String(repeating: "a", count: 256), "../etc/passwd", "a b", "-.com/web", "web@" + digest + "0", "ä/web",
  ])
  func whatIsNoReferenceIsRefused(text: String) {
    #expect(throws: OCIImageError.self) { try ImageReference(parsing: text) }
  }

  @Test func theErrorSaysWhichPartIsWrong() throws {
    let error = try fault { try ImageReference(parsing: "example.com/Web:v1") }
    #expect(error?.code == .badReference)
    #expect(error?.message.contains("the repository 'Web'") == true)
  }
}
