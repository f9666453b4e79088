import Foundation
import NIOCore

/// Why a listener cannot be opened.
public enum LoadBalancingError: Error, Equatable, CustomStringConvertible {
  /// Another program, or another listener, has the port.
  case addressInUse(host: String, port: Int)
  /// The machine has no such address.
  case addressNotAvailable(host: String, port: Int)
  /// The port is for privileged programs.
  case permissionDenied(host: String, port: Int)
  /// There is a listener of this identifier already.
  case duplicateListener(String)
  /// Anything else that the system says.
  case cannotListen(host: String, port: Int, reason: String)

  init(_ error: any Error, host: String, port: Int) {
    switch (error as? IOError)?.errnoCode {
    case EADDRINUSE: self = .addressInUse(host: host, port: port)
    case EADDRNOTAVAIL: self = .addressNotAvailable(host: host, port: port)
    case EACCES: self = .permissionDenied(host: host, port: port)
    default: self = .cannotListen(host: host, port: port, reason: "\(error)")
    }
  }

  public var description: String {
    switch self {
    case .addressInUse(let host, let port): "the address \(host):\(port) is in use"
    case .addressNotAvailable(let host, _): "this machine has no address \(host)"
    case .permissionDenied(let host, let port): "listening on \(host):\(port) is not permitted; take a port above 1023"
    case .duplicateListener(let id): "the listener \(id) is open already"
    case .cannotListen(let host, let port, let reason): "\(host):\(port) cannot be listened on: \(reason)"
    }
  }
}
