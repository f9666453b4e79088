import Foundation
import Testing

@testable import AWSWire

@Suite struct EventStreamMessageTests {
  /// The first two vectors of the tests of AWS's own clients.
  @Test func messagesHaveLengthsAndChecksums() {
    #expect(
      EventStreamMessage(headers: [], payload: Data()).bytes
        == Data([0, 0, 0, 0x10, 0, 0, 0, 0, 0x05, 0xC2, 0x48, 0xEB, 0x7D, 0x98, 0xC8, 0xFF]))
    #expect(
      EventStreamMessage(headers: [], payload: Data("{'foo':'bar'}".utf8)).bytes
        == Data([0, 0, 0, 0x1D, 0, 0, 0, 0, 0xFD, 0x52, 0x8C, 0x5A]) + Data("{'foo':'bar'}".utf8)
        + Data([0xC3, 0x65, 0x39, 0x36]))
  }

  @Test func headersAreTexts() {
    let bytes = EventStreamMessage(headers: [(name: "content-type", value: "application/json")], payload: Data()).bytes
    let header = Data([12]) + Data("content-type".utf8) + Data([7, 0, 16]) + Data("application/json".utf8)
    #expect(bytes.count == 16 + header.count)
    #expect(bytes[12..<(12 + header.count)] == header)
    #expect(bytes.prefix(8) == Data([0, 0, 0, UInt8(16 + header.count), 0, 0, 0, UInt8(header.count)]))
  }
}
