import AWSWire
import Foundation
import Testing

@Suite struct JSONCodecTests {
  private let codec = JSONCodec(version: "1.1", targetPrefix: "AmazonEC2ContainerServiceV20141113")

  private func fault<R: AWSRequest>(_ type: R.Type, _ body: String) -> AWSError? {
    do {
      _ = try codec.decodeRequest(R.self, from: Data(body.utf8))
      return nil
    } catch {
      return error as? AWSError
    }
  }

  @Test(arguments: ["[]", "null", "1", "\"a\"", "x", "{", "{\"maxResults\":}", " ", "\u{0}", "[{}]", "{}{}"])
  func refusesWhatIsNoObject(_ body: String) {
    #expect(fault(ECS.ListClustersRequest.self, body)?.code == "SerializationException")
  }

  @Test func anEmptyBodyIsAnEmptyObject() throws {
    #expect(try codec.decodeRequest(ECS.ListClustersRequest.self, from: Data()) == .init())
  }

  @Test(arguments: [
    (#"{"services":"a"}"#, "services is not a list."),
    (#"{"services":[1]}"#, "services[0] is not a string."),
    (#"{"services":["a"],"cluster":{}}"#, "cluster is not a string."),
  ])
  func namesTheMemberOfAWrongType(_ body: String, _ message: String) {
    #expect(fault(ECS.DescribeServicesRequest.self, body) == AWSError("SerializationException", message))
  }

  @Test(arguments: [
    (
      #"{"family":"f","containerDefinitions":[{"portMappings":[{"containerPort":"80"}]}]}"#,
      "containerDefinitions[0].portMappings[0].containerPort is not a whole number."
    ),
    (
      #"{"family":"f","containerDefinitions":[{"essential":1}]}"#,
      "containerDefinitions[0].essential is not true or false."
    ),
    (#"{"family":"f","containerDefinitions":[[]]}"#, "containerDefinitions[0] is not an object."),
  ])
  func namesTheMemberDeepInside(_ body: String, _ message: String) {
    #expect(fault(ECS.RegisterTaskDefinitionRequest.self, body) == AWSError("SerializationException", message))
  }

  @Test func namesAMemberThatIsMissing() {
    #expect(
      fault(ECS.RegisterTaskDefinitionRequest.self, #"{"family":"f"}"#)
        == AWSError("InvalidParameterException", "Missing required field: containerDefinitions"))
    #expect(
      fault(
        ECS.RegisterTaskDefinitionRequest.self,
        #"{"family":"f","containerDefinitions":[{"secrets":[{"name":"A"}]}]}"#)
        == AWSError("InvalidParameterException", "Missing required field: containerDefinitions[0].secrets[0].valueFrom")
    )
  }

  @Test func instantsAreSecondsWithMilliseconds() throws {
    let instant = Date(timeIntervalSince1970: 1_700_000_000.123)
    let response = ECS.DescribeServicesResponse(services: [.init(createdAt: instant)])
    let message = try codec.encodeResponse(response, to: ECS.DescribeServicesRequest.self, requestID: "r")
    #expect(String(decoding: message.body, as: UTF8.self) == #"{"services":[{"createdAt":1700000000.123}]}"#)
    #expect(try codec.decodeResponse(to: ECS.DescribeServicesRequest.self, from: message.body) == response)

    let precise = ECS.DescribeServicesResponse(services: [.init(createdAt: instant + 0.000_4)])
    let rounded = try codec.encodeResponse(precise, to: ECS.DescribeServicesRequest.self, requestID: "r")
    #expect(rounded.body == message.body)

    let whole = try codec.decodeRequest(
      ECS.ListServiceDeploymentsRequest.self, from: Data(#"{"service":"s","createdAt":{"after":1700000000}}"#.utf8))
    #expect(whole.createdAt?.after == Date(timeIntervalSince1970: 1_700_000_000))
  }

  @Test func documentsStayAsTheyAre() throws {
    let body = #"{"a":[1,2.5,"b",null,true,{}]}"#
    let value = try JSONDecoder().decode(JSONValue.self, from: Data(body.utf8))
    #expect(
      value == .object(["a": .array([.number(1), .number(2.5), .string("b"), .null, .bool(true), .object([:])])]))
    #expect(String(decoding: try JSONEncoder().encode(value), as: UTF8.self) == body)
  }

  @Test func blobsAreBase64() throws {
    let body = Data(
      #"{"repositoryName":"r","uploadId":"u","partFirstByte":0,"partLastByte":4,"layerPartBlob":"aGVsbG8="}"#.utf8)
    let request = try codec.decodeRequest(ECR.UploadLayerPartRequest.self, from: body)
    #expect(request.layerPartBlob == Data("hello".utf8))
    #expect(
      fault(
        ECR.UploadLayerPartRequest.self,
        #"{"repositoryName":"r","uploadId":"u","partFirstByte":0,"partLastByte":4,"layerPartBlob":"*"}"#)?.code
        == "SerializationException")
  }

  @Test(arguments: [
    (#"{"__type":"com.amazonaws.ecs#ClusterNotFoundException","message":"m"}"#, "ClusterNotFoundException", "m"),
    (#"{"__type":"ClusterNotFoundException","Message":"m"}"#, "ClusterNotFoundException", "m"),
    (#"<html>"#, "UnknownError", "HTTP 503"), ("", "UnknownError", "HTTP 503"),
  ])
  func readsErrorsOfEveryForm(_ body: String, _ code: String, _ message: String) {
    let error = codec.decodeError(status: 503, headers: [("X-Amzn-RequestId", "r")], body: Data(body.utf8))
    #expect(error == AWSError(code, message, httpStatus: 503, requestID: "r"))
  }
}
