import AWSWire
import Foundation
import Hummingbird
import HummingbirdTesting
import OCIImages
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct RegistryStreamTests {
  @Test func anUploadWhoseConnectionBreaksGoesOnWhereItStood() async throws {
    try await ECRFixture.run { fixture in
      let router = Router(context: BasicRequestContext.self)
      fixture.service.addRoutes(to: router)
      try await Application(router: router, logger: fixture.context.logger).test(.live) { client in
        let registry = Registry(client: client)
        let location = try #require(try await registry.send(.post, "/v2/web/blobs/uploads/").header("Location"))
        let id = try #require(location.split(separator: "/").last.map(String.init))
        // Promises eleven bytes, sends six and goes away.
        try sendAndHangUp(
          "PATCH \(location) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11\r\n\r\nhello ", to: client.port ?? 0)
        #expect(try await eventually { try await fixture.service.uploads.size(id, in: "web") == 6 })
        #expect(try await registry.send(.get, location).header("Range") == "0-5")
        let digest = Digest.sha256(Data("hello world".utf8))
        let done = try await registry.send(.put, "\(location)?digest=\(digest)", "world", [.contentRange: "6-10"])
        #expect(done.status == 201)
        #expect(try await registry.send(.get, "/v2/web/blobs/\(digest)").text == "hello world")
      }
    }
  }

  private func sendAndHangUp(_ text: String, to port: Int) throws {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0, send(socket, text, text.utf8.count, 0) == text.utf8.count else { throw ECRFixture.Missing() }
  }
}
