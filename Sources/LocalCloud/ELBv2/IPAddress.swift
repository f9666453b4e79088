import Foundation

/// Texts that are addresses.
enum IPAddress {
  /// Whether a text is an IPv4 address.
  static func isIPv4(_ text: String) -> Bool { width(of: text) == 32 }

  /// Whether a text is a CIDR block.
  static func isBlock(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = width(of: String(parts[0])), let length = Int(parts[1]) else { return false }
    return (0...width).contains(length)
  }

  /// How many bits the address has.
  private static func width(of text: String) -> Int? {
    var v4 = in_addr()
    if inet_pton(AF_INET, text, &v4) == 1 { return 32 }
    var v6 = in6_addr()
    if inet_pton(AF_INET6, text, &v6) == 1 { return 128 }
    return nil
  }
}
