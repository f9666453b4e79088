import NIOCore

/// A CIDR block of IPv4 or IPv6 addresses.
struct AddressBlock: Sendable {
  private let bytes: [UInt8]
  private let bits: Int

  /// `nil` when the text is no block.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let bits = Int(parts[1]),
      let address = try? SocketAddress(ipAddress: String(parts[0]), port: 0),
      let bytes = Self.bytes(of: address), (0...bytes.count * 8).contains(bits)
    else { return nil }
    self.bytes = bytes
    self.bits = bits
  }

  /// Whether an address, as ``bytes(of:)`` gives it, is in the block.
  func contains(_ address: [UInt8]) -> Bool {
    guard address.count == bytes.count else { return false }
    let whole = bits / 8
    guard address[..<whole] == bytes[..<whole] else { return false }
    guard bits % 8 > 0 else { return true }
    let mask = ~(UInt8.max >> UInt8(bits % 8))
    return address[whole] & mask == bytes[whole] & mask
  }

  /// The 4 or 16 bytes of an IP address.
  static func bytes(of address: SocketAddress) -> [UInt8]? {
    switch address {
    case .v4(let address): withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
    case .v6(let address): withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
    case .unixDomainSocket: nil
    }
  }
}
