import Foundation
import Testing

@testable import AWSWire

@Suite struct CBORCodecTests {
  private let codec = CBORCodec(serviceName: "Granite", queryErrorCodes: ["ResourceNotFound": "NotFound"])

  /// A request as a client of another maker writes it: indefinite lengths, a half, a float, an instant as an integer.
  @Test func aHandMadeRequestIsRead() throws {
    var bytes: [UInt8] = [0xbf]  // an indefinite map
    func text(_ text: String) { bytes += [0x60 | UInt8(text.utf8.count)] + Array(text.utf8) }
    text("Namespace")
    bytes += [0x7f, 0x62, 0x6d, 0x79, 0x61, 0x41, 0xff]  // "my" and "A"
    text("MetricData")
    bytes += [0x9f, 0xbf]
    text("MetricName")
    text("m")
    bytes += [0x69] + Array("Timestamp".utf8) + [0xc1, 0x1a, 0x65, 0x53, 0xf1, 0x00]  // 1700000000
    text("Value")
    bytes += [0xf9, 0x3e, 0x00]  // 1.5 in sixteen bits
    text("Values")
    bytes += [0x83, 0x01, 0x20, 0xfa, 0x3f, 0x80, 0x00, 0x00]  // 1, -1, 1.0
    text("StorageResolution")
    bytes += [0xfb, 0x40, 0x4e, 0, 0, 0, 0, 0, 0]  // 60.0
    text("Unit")
    bytes += [0xf6]  // null
    text("Unknown")
    bytes += [0xa1, 0x61, 0x78, 0x80]
    bytes += [0xff, 0xff, 0xff]
    let request = try codec.decodeRequest(CloudWatch.PutMetricDataRequest.self, from: Data(bytes))
    #expect(
      request
        == CloudWatch.PutMetricDataRequest(
          namespace: "myA",
          metricData: [
            .init(
              metricName: "m", timestamp: Date(timeIntervalSince1970: 1_700_000_000), value: 1.5, values: [1, -1, 1],
              storageResolution: 60)
          ]))
  }

  @Test func requestsAndAnswersSurviveTheWay() throws {
    let request = CloudWatch.PutMetricDataRequest(
      namespace: "n",
      metricData: [
        .init(
          metricName: String(repeating: "x", count: 300), dimensions: [.init(name: "a", value: "ü")],
          timestamp: Date(timeIntervalSince1970: 1_700_000_000.123), value: 0.1, counts: [1, 70_000, -5, 1e300])
      ])
    let sent = try codec.encodeRequest(request)
    #expect(sent.headers.contains { $0.name == "smithy-protocol" && $0.value == "rpc-v2-cbor" })
    #expect(try codec.decodeRequest(CloudWatch.PutMetricDataRequest.self, from: sent.body) == request)

    let response = CloudWatch.GetMetricDataResponse(
      metricDataResults: [.init(id: "m1", timestamps: [Date(timeIntervalSince1970: 60)], values: [2.5])])
    let answer = try codec.encodeResponse(response, to: CloudWatch.GetMetricDataRequest.self, requestID: "r")
    #expect(try codec.decodeResponse(to: CloudWatch.GetMetricDataRequest.self, from: answer.body) == response)
  }

  @Test func whatAnswersNothingHasNoBody() throws {
    let nothing = try codec.encodeResponse(
      EmptyResponse(), to: CloudWatch.PutMetricDataRequest.self, requestID: "r")
    #expect(nothing.body.isEmpty)
    #expect(!nothing.headers.contains { $0.name == "Content-Type" })
    let empty = try codec.encodeResponse(.init(), to: CloudWatch.TagResourceRequest.self, requestID: "r")
    #expect(Array(empty.body) == [0xa0])
  }

  @Test func errorsTellTheirShapeAndTheirOldCode() {
    let error = AWSError("ResourceNotFound", "gone", httpStatus: 404)
    let message = codec.encodeError(error, requestID: "r")
    #expect(message.headers.contains { $0.name == "x-amzn-query-error" && $0.value == "NotFound;Sender" })
    var read = codec.decodeError(status: 404, headers: message.headers, body: message.body)
    #expect(read.requestID == "r")
    read.requestID = nil
    #expect(read == error)
    #expect(codec.decodeError(status: 502, headers: [], body: Data("<html>".utf8)).code == "UnknownError")
  }

  @Test(arguments: [
    [0xbf], [0xa1, 0x61], [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0xa0, 0x00], [0xa1, 0x01, 0x02],
    [0x5a, 0xff, 0xff, 0xff, 0xff], [0x1c], [0xf8, 0x18], [0xc1, 0x60], [0x61, 0xff],
    [UInt8](repeating: 0x81, count: 100),
    [0x80],
  ])
  func whatIsNoRequestIsRefused(bytes: [UInt8]) {
    #expect(throws: AWSError.self) {
      try codec.decodeRequest(CloudWatch.ListMetricsRequest.self, from: Data(bytes))
    }
  }

  @Test func aMissingMemberIsNamed() {
    let error = #expect(throws: AWSError.self) {
      try codec.decodeRequest(CloudWatch.SetAlarmStateRequest.self, from: Data([0xa0]))
    }
    #expect(error?.code == "ValidationException")
    #expect(error?.message.contains("'alarmName'") == true)
  }

  @Test func numbersTakeTheirShortestForm() {
    #expect(Array(CBORValue.integer(23).encoded) == [0x17])
    #expect(Array(CBORValue.integer(-500).encoded) == [0x39, 0x01, 0xf3])
    #expect(Array(CBORValue.integer(1_000_000_000_000).encoded) == [0x1b, 0, 0, 0, 0xe8, 0xd4, 0xa5, 0x10, 0])
    #expect(Array(CBORValue.double(1.5).encoded) == [0xfa, 0x3f, 0xc0, 0, 0])
    #expect(Array(CBORValue.double(1.1).encoded) == [0xfb, 0x3f, 0xf1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a])
    #expect(Array(CBORValue.instant(1.5).encoded) == [0xc1, 0xfa, 0x3f, 0xc0, 0, 0])
  }
}
