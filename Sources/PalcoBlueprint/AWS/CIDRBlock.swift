/// A block of IPv4 addresses in CIDR notation (https://www.rfc-editor.org/rfc/rfc4632), as in `10.0.0.0/16`.
public struct CIDRBlock: Sendable, Hashable {
  /// The first address; the bits behind the prefix are 0.
  public let address: UInt32
  /// How many bits all addresses of the block share, 0–32.
  public let prefix: Int

  /// Every address.
  public static let everywhere = CIDRBlock(address: 0, prefix: 0)

  /// Makes a block; the address's bits behind the prefix are dropped.
  public init(address: UInt32, prefix: Int) {
    self.prefix = min(max(prefix, 0), 32)
    self.address = address & Self.mask(self.prefix)
  }

  /// Reads a block, or nil when the text is none. Bits behind the prefix are dropped: compare `description` with the
  /// text to see whether there were any.
  public init?(_ text: some StringProtocol) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    let parts = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count == 2, parts.count == 4, let prefix = Self.decimal(halves[1], upTo: 32) else { return nil }
    var address: UInt32 = 0
    for part in parts {
      guard let octet = Self.decimal(part, upTo: 255) else { return nil }
      address = address << 8 | UInt32(octet)
    }
    self.init(address: address, prefix: prefix)
  }

  /// How many addresses the block has.
  public var count: Int { 1 << (32 - prefix) }

  /// Whether all addresses of another block are in this one.
  public func contains(_ other: CIDRBlock) -> Bool {
    prefix <= other.prefix && other.address & Self.mask(prefix) == address
  }

  /// Whether the blocks share an address.
  public func overlaps(_ other: CIDRBlock) -> Bool { contains(other) || other.contains(self) }

  /// One of the equal parts of the block: part `index` of 2^`bits`, as Terraform's `cidrsubnet` counts them.
  public func part(_ index: Int, bits: Int) -> CIDRBlock {
    CIDRBlock(address: address + UInt32(index) << UInt32(32 - prefix - bits), prefix: prefix + bits)
  }

  /// Whether all of its addresses are for private networks: RFC 1918, or RFC 6598's shared space.
  public var isPrivate: Bool {
    [
      CIDRBlock(address: 0x0A00_0000, prefix: 8), CIDRBlock(address: 0xAC10_0000, prefix: 12),
      CIDRBlock(address: 0xC0A8_0000, prefix: 16), CIDRBlock(address: 0x6440_0000, prefix: 10),
    ].contains { $0.contains(self) }
  }

  private static func mask(_ prefix: Int) -> UInt32 { prefix == 0 ? 0 : ~0 << UInt32(32 - prefix) }

  private static func decimal(_ text: some StringProtocol, upTo limit: Int) -> Int? {
    guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
      text.utf8.count == 1 || !text.hasPrefix("0"), let number = Int(text), number <= limit
    else { return nil }
    return number
  }
}

extension CIDRBlock: CustomStringConvertible {
  /// As it is written.
  public var description: String {
    let octets = [24, 16, 8, 0].map { String(address >> UInt32($0) & 0xFF) }
    return octets.joined(separator: ".") + "/\(prefix)"
  }
}

extension CIDRBlock: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let block = CIDRBlock(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no CIDR block")
    }
    self = block
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
