import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A port of 127.0.0.1 that is kept from others until the front door listens on it.
///
/// Services need the port before they can be made (the registry's addresses name it), and the front door needs the
/// services before it can listen.
struct PortReservation: ~Copyable {
  /// The port.
  let port: Int
  private let descriptor: Int32

  /// Reserves a port.
  ///
  /// - Parameters:
  ///   - port: The port that is wanted; 0 for any.
  ///   - isFixed: Whether no other port will do.
  /// - Throws: ``DaemonError/portTaken(_:)``, ``DaemonError/portUnusable(_:_:)``.
  init(_ port: Int, isFixed: Bool) throws {
    do {
      self = try PortReservation(exactly: port)
    } catch DaemonError.portTaken where !isFixed {
      self = try PortReservation(exactly: 0)
    }
  }

  private init(exactly wanted: Int) throws {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { throw DaemonError.portUnusable(wanted, String(cString: strerror(errno))) }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(clamping: wanted)).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isBound else {
      let code = errno
      close(descriptor)
      throw code == EADDRINUSE
        ? DaemonError.portTaken(wanted) : DaemonError.portUnusable(wanted, String(cString: strerror(code)))
    }
    self.descriptor = descriptor
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  /// Gives the port up, for the one who listens on it now.
  consuming func release() {}

  deinit { close(descriptor) }
}
