import PalcoCore

/// The address of its own that each load balancer answers on, so that two of them can have the same port.
enum LoopbackAddress {
  /// An address that no other load balancer has.
  ///
  /// Linux answers on all of 127.0.0.0/8 without any set-up; macOS on 127.0.0.1 only. Drawn at random and not counted
  /// up, so that two clouds on one machine rarely meet.
  static func unused(by others: Set<String>, ids: IDSource) -> String {
    #if os(Linux)
      while true {
        let third = Int(ids.hexadecimal(2), radix: 16) ?? 0
        let fourth = (Int(ids.hexadecimal(4), radix: 16) ?? 0) % 254 + 1
        let address = "127.18.\(third).\(fourth)"
        if !others.contains(address) { return address }
      }
    #else
      return "127.0.0.1"
    #endif
  }
}
