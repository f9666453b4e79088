import AWSWire
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import OCIImages
import PalcoCore
import PalcoTestSupport

@testable import LocalCloud

/// A registry on a folder of its own, spoken to as the front door does: through the table and the codec, and through the
/// routes of `/v2/`.
struct ECRFixture {
  let directory: URL
  let clock: TestClock
  let context: CloudContext
  let service: ECRService

  /// - Parameter directory: A folder that another fixture may have used, to be its next start.
  init(_ directory: URL, clock: TestClock = TestClock(), scanner: (any ImageScanner)? = nil) async throws {
    self.directory = directory
    self.clock = clock
    context = CloudContext(
      accountID: "123456789012", region: "eu-west-1", port: 4650, stateDirectory: directory, time: clock.timeSource,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    service = try await ECRService(
      context: context, store: Store(directory: directory), scanner: scanner)
  }

  /// Runs a test with a registry that has the repository `web`.
  static func run(_ body: (ECRFixture) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      let fixture = try await ECRFixture(directory)
      try await fixture.send(ECR.CreateRepositoryRequest(repositoryName: "web"))
      try await body(fixture)
    }
  }

  @discardableResult func send<R: AWSRequest>(_ request: R) async throws -> R.Response {
    let codec = JSONCodec(version: "1.1", targetPrefix: "AmazonEC2ContainerRegistry_V20150921")
    guard let handler = service.operations()[R.operation] else { throw Missing() }
    let body = try codec.encodeRequest(request).body
    let answer = try await handler(codec, body, CallContext(requestID: "r", accessKey: nil, logger: context.logger))
    return try codec.decodeResponse(to: R.self, from: answer.body)
  }

  /// The error that a request is refused with.
  func refusal<R: AWSRequest>(of request: R) async throws -> AWSError? {
    do {
      try await send(request)
      return nil
    } catch let error as AWSError { return error }
  }

  /// Puts a blob into a repository through the API, as a client does it.
  @discardableResult func upload(_ text: String, to repository: String = "web") async throws -> Descriptor {
    let bytes = Data(text.utf8)
    let digest = Digest.sha256(bytes)
    let id = try await send(ECR.InitiateLayerUploadRequest(repositoryName: repository)).uploadId ?? ""
    _ = try await send(
      ECR.UploadLayerPartRequest(
        repositoryName: repository, uploadId: id, partFirstByte: 0, partLastByte: bytes.count - 1, layerPartBlob: bytes)
    )
    _ = try await send(
      ECR.CompleteLayerUploadRequest(repositoryName: repository, uploadId: id, layerDigests: [digest]))
    return Descriptor(mediaType: ImageMediaType.layer, digest: digest, size: bytes.count)
  }

  /// A manifest whose one layer and configuration are in the repository.
  func manifest(_ text: String, in repository: String = "web", subject: Descriptor? = nil, artifactType: String? = nil)
    async throws -> ManifestText
  {
    var config = try await upload("config of \(text)", to: repository)
    config.mediaType = ImageMediaType.configuration
    let layer = try await upload("layer of \(text)", to: repository)
    return try ManifestText(
      ImageManifest(artifactType: artifactType, config: config, layers: [layer], subject: subject))
  }

  /// Puts an image.
  @discardableResult func push(_ text: String, tag: String? = nil, to repository: String = "web") async throws -> String
  {
    let manifest = try await manifest(text, in: repository)
    return try await put(manifest, tag: tag, to: repository)
  }

  @discardableResult
  func put(_ manifest: ManifestText, tag: String? = nil, to repository: String = "web") async throws -> String {
    let answer = try await send(
      ECR.PutImageRequest(
        repositoryName: repository, imageManifest: manifest.text, imageManifestMediaType: manifest.mediaType,
        imageTag: tag))
    return answer.image?.imageId?.imageDigest ?? ""
  }

  /// The tags of all images of `web`, by digest.
  func tags(of repository: String = "web") async throws -> [String: [String]] {
    let details = try await send(ECR.DescribeImagesRequest(repositoryName: repository)).imageDetails ?? []
    return Dictionary(uniqueKeysWithValues: details.map { ($0.imageDigest ?? "", $0.imageTags ?? []) })
  }

  /// Talks to the routes of `/v2/`.
  func registry(_ body: @Sendable (Registry) async throws -> Void) async throws {
    let router = Router(context: BasicRequestContext.self)
    service.addRoutes(to: router)
    try await Application(router: router, logger: context.logger).test(.router) { client in
      try await body(Registry(client: client))
    }
  }

  struct Missing: Error {}
}

/// A manifest as text.
struct ManifestText: Sendable {
  let text: String
  let mediaType: String
  var digest: String { Digest.sha256(Data(text.utf8)) }
  var descriptor: Descriptor { Descriptor(mediaType: mediaType, digest: digest, size: text.utf8.count) }

  init(_ manifest: ImageManifest) throws {
    text = String(decoding: try JSONEncoder().encode(manifest), as: UTF8.self)
    mediaType = ImageMediaType.manifest
  }

  init(_ index: ImageIndex) throws {
    text = String(decoding: try JSONEncoder().encode(index), as: UTF8.self)
    mediaType = ImageMediaType.index
  }
}

/// A client of the registry protocol.
struct Registry: Sendable {
  let client: any TestClientProtocol

  struct Answer {
    var status: Int
    var headers: HTTPFields
    var body: Data
    /// The first error's code.
    var code: String? {
      struct Body: Decodable {
        struct Entry: Decodable {
          var code: String
          var message: String
        }
        var errors: [Entry]
      }
      return try? JSONDecoder().decode(Body.self, from: body).errors.first?.code
    }
    var text: String { String(decoding: body, as: UTF8.self) }
    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
  }

  func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: String = "", _ headers: HTTPFields = [:]
  ) async throws -> Answer {
    try await client.execute(
      uri: path, method: method, headers: headers, body: body.isEmpty ? nil : ByteBuffer(string: body)
    ) { response in
      Answer(
        status: response.status.code, headers: response.headers, body: Data(response.body.readableBytesView))
    }
  }

  /// Pushes a blob in one request.
  @discardableResult func push(_ text: String, to repository: String = "web") async throws -> String {
    let digest = Digest.sha256(Data(text.utf8))
    let answer = try await send(.post, "/v2/\(repository)/blobs/uploads/?digest=\(digest)", text)
    guard answer.status == 201 else { throw ECRFixture.Missing() }
    return digest
  }
}
