import Foundation
import PalcoBlueprint
import Testing

@Suite struct CIDRBlockTests {
  @Test(arguments: ["0.0.0.0/0", "10.0.0.0/16", "255.255.255.255/32", "192.168.4.0/22"])
  func aBlockIsWrittenAsItIsRead(_ text: String) throws {
    let block = try #require(CIDRBlock(text))
    #expect(block.description == text)
    #expect(try JSONDecoder().decode([CIDRBlock].self, from: JSONEncoder().encode([block])) == [block])
  }

  @Test(arguments: [
    "", "10.0.0.0", "10.0.0/8", "10.0.0.0/33", "256.0.0.0/8", "10.0.0.0/", "/8", "10.0.0.01/32", "10.0.0.0/08",
    "a.b.c.d/8",
    "10.0.0.0/8/8", "-1.0.0.0/8", "10.0.0.0.0/8", "10..0.0/8",
  ])
  func whatIsNoneIsRefused(_ text: String) {
    #expect(CIDRBlock(text) == nil)
  }

  @Test func bitsBehindThePrefixAreDropped() {
    #expect(CIDRBlock("10.1.2.3/16")?.description == "10.1.0.0/16")
  }

  @Test(arguments: [
    ("10.0.0.0/16", "10.0.255.0/24", true), ("10.0.0.0/16", "10.1.0.0/16", false), ("0.0.0.0/0", "10.0.0.0/8", true),
    ("10.0.0.0/32", "10.0.0.1/32", false), ("10.0.0.0/32", "10.0.0.0/32", true),
  ])
  func blocksThatShareAnAddressOverlap(_ left: String, _ right: String, _ expected: Bool) throws {
    let (one, other) = (try #require(CIDRBlock(left)), try #require(CIDRBlock(right)))
    #expect(one.overlaps(other) == expected && other.overlaps(one) == expected)
  }

  @Test func partsAreCountedAsTerraformCountsThem() throws {
    let block = try #require(CIDRBlock("10.20.0.0/16"))
    #expect(block.part(0, bits: 4).description == "10.20.0.0/20")
    #expect(block.part(9, bits: 4).description == "10.20.144.0/20")
    #expect(block.part(15, bits: 4).description == "10.20.240.0/20")
    #expect(block.part(1, bits: 4).count == 4096)
  }

  @Test(arguments: [
    ("10.0.0.0/8", true), ("172.16.0.0/12", true), ("172.32.0.0/16", false), ("192.168.9.0/24", true),
    ("100.64.0.0/16", true), ("0.0.0.0/0", false), ("10.0.0.0/7", false), ("8.8.8.0/24", false),
  ])
  func privateNetworksAreKnown(_ text: String, _ expected: Bool) {
    #expect(CIDRBlock(text)?.isPrivate == expected)
  }
}
