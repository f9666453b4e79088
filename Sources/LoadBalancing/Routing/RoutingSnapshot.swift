import NIOCore

/// What all loops are to do from one moment on; each takes it over at once and whole.
struct RoutingSnapshot: Sendable {
  struct Listener: Sendable {
    var rules: [CompiledRule]
    var idleTimeout: TimeAmount
    var dropsInvalidFields: Bool
    var port: Int
  }

  struct Group: Sendable {
    /// The targets that get new requests.
    var targets: [Target]
    /// Seconds that a client stays with its target; `nil` is off.
    var stickiness: Int?
  }

  struct Target: Sendable {
    var address: TargetAddress
    /// `nil` when the host has no address.
    var socket: SocketAddress?
  }

  var listeners: [String: Listener] = [:]
  var groups: [String: Group] = [:]
}
