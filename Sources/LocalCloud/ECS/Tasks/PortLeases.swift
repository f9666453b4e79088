import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The ports of 127.0.0.1 that tasks have.
///
/// They are taken from below the range that the system gives to connections that programs open: a port of that range
/// could be gone again before the task's program listens on it.
actor PortLeases {
  private static let range = 20_000..<32_000

  private var owners: [Int: String] = [:]
  private var next: Int

  init() {
    // Two clouds on one machine shall not try the same ports in the same order.
    next = Int.random(in: Self.range)
  }

  /// A port that nobody listens on, for as long as its owner keeps it; `nil` when none is left.
  func lease(for owner: String) -> Int? {
    for _ in Self.range {
      let port = next
      next = next + 1 < Self.range.upperBound ? next + 1 : Self.range.lowerBound
      guard owners[port] == nil, Self.isFree(port) else { continue }
      owners[port] = owner
      return port
    }
    return nil
  }

  /// Takes note of ports that an owner has from an earlier daemon.
  func adopt(_ ports: [Int], for owner: String) {
    for port in ports { owners[port] = owner }
  }

  /// Gives back what an owner has.
  func release(_ owner: String) {
    owners = owners.filter { $0.value != owner }
  }

  private static func isFree(_ port: Int) -> Bool {
    #if canImport(Glibc)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    let descriptor = socket(AF_INET, stream, 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // Old connections that linger do not keep a server from listening, so they are none of our business.
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
