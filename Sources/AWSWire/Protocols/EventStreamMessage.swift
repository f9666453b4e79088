import CZlib
import Foundation

/// One message of an event stream, as bytes.
///
/// https://smithy.io/2.0/aws/amazon-eventstream.html
public struct EventStreamMessage: Sendable, Equatable {
  /// The media type of a stream of messages.
  public static let contentType = "application/vnd.amazon.eventstream"

  /// The headers, all of them texts.
  public var headers: [(name: String, value: String)]
  /// What the message says.
  public var payload: Data

  /// Makes a message.
  public init(headers: [(name: String, value: String)], payload: Data) {
    self.headers = headers
    self.payload = payload
  }

  /// An event.
  ///
  /// - Parameters:
  ///   - type: The name of the event's member in the stream's union, or `initial-response`.
  ///   - payload: A JSON document.
  public static func event(_ type: String, _ payload: Data) -> EventStreamMessage {
    EventStreamMessage(
      headers: [
        (":message-type", "event"), (":event-type", type), (":content-type", "application/json"),
      ], payload: payload)
  }

  /// The end of a stream that did not end well.
  ///
  /// - Parameters:
  ///   - type: The name of the exception's member in the stream's union.
  ///   - payload: A JSON document with `message`.
  public static func exception(_ type: String, _ payload: Data) -> EventStreamMessage {
    EventStreamMessage(
      headers: [
        (":message-type", "exception"), (":exception-type", type), (":content-type", "application/json"),
      ], payload: payload)
  }

  /// The message as it is sent. A header's name has up to 255 bytes and its value up to 65,535; more is cut off.
  public var bytes: Data {
    var fields = Data()
    for (name, value) in headers {
      let (name, value) = (Data(name.utf8.prefix(255)), Data(value.utf8.prefix(65_535)))
      fields.append(UInt8(name.count))
      fields.append(name)
      // A text.
      fields.append(7)
      fields.append(UInt8(value.count >> 8))
      fields.append(UInt8(value.count & 0xFF))
      fields.append(value)
    }
    var message = Data()
    message.appendBigEndian(UInt32(fields.count + payload.count + 16))
    message.appendBigEndian(UInt32(fields.count))
    message.appendBigEndian(message.checksum)
    message.append(fields)
    message.append(payload)
    message.appendBigEndian(message.checksum)
    return message
  }

  /// Whether two messages say the same.
  public static func == (left: EventStreamMessage, right: EventStreamMessage) -> Bool {
    left.payload == right.payload && left.headers.elementsEqual(right.headers) { $0 == $1 }
  }
}

extension Data {
  /// The CRC-32 of all bytes.
  fileprivate var checksum: UInt32 {
    withUnsafeBytes { bytes in
      UInt32(truncatingIfNeeded: crc32(0, bytes.bindMemory(to: Bytef.self).baseAddress, uInt(bytes.count)))
    }
  }

  fileprivate mutating func appendBigEndian(_ number: UInt32) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }
}
