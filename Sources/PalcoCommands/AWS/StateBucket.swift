import AWSClient
import AWSWire
import AsyncHTTPClient
import Foundation

/// The bucket that holds the states: what is true of it now.
struct StateBucket: Sendable {
  let name: String
  let session: AWSSession

  /// What is found under the name.
  enum Condition: Sendable, Equatable {
    case absent
    /// It is there, and nobody but the account gets in.
    case isPrivate
    /// Anybody may read it, or may be let in: the reason.
    case isPublic(String)
    /// It belongs to somebody else, or these credentials may not see it.
    case forbidden
  }

  /// Asks S3.
  func condition() async throws -> Condition {
    let head = try await ask("HEAD")
    switch head.status {
    case 200: break
    case 404: return .absent
    case 403: return .forbidden
    case 301:
      throw CommandError(
        .refused, "the bucket \(name) is in another region than \(session.configuration.region)")
    default: throw CommandError(.failure, "S3 answers \(head.status) when asked for the bucket \(name)")
    }
    return Self.condition(
      accessBlock: try await ask("GET", query: "publicAccessBlock="),
      policyStatus: try await ask("GET", query: "policyStatus="),
      acl: try await ask("GET", query: "acl="))
  }

  /// Makes the bucket. From its first moment nobody but the account gets in, as S3 does with every new bucket; Terraform
  /// says so again, encrypts it with a key of its own and keeps versions. One that somebody has made meanwhile in this
  /// account will do.
  ///
  /// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
  ///
  /// - Throws: ``CommandError`` with exit code 13 when the name is taken by another account
  func make() async throws {
    let region = session.configuration.region
    let body =
      region == "us-east-1"
      ? ""
      : "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>\(region)"
        + "</LocationConstraint></CreateBucketConfiguration>"
    let answer = try await ask("PUT", body: body)
    if answer.status == 200 || answer.body.contains("<Code>BucketAlreadyOwnedByYou</Code>") { return }
    if answer.body.contains("<Code>BucketAlreadyExists</Code>") || answer.status == 403 { throw forbiddenRefusal }
    let code = answer.body.firstMatch(of: /<Code>(\w+)<\/Code>/).map { " (\($0.output.1))" } ?? ""
    throw CommandError(.failure, "S3 answers \(answer.status)\(code) when told to make the bucket \(name)")
  }

  /// Whether there is any object below other names than these.
  func holdsMore(than keys: Set<String>) async throws -> Bool {
    // One more than are known: if there are others, at least one of them is in the answer.
    let answer = try await ask("GET", query: "list-type=2&max-keys=\(keys.count + 1)")
    guard answer.status == 200 else {
      throw CommandError(.failure, "S3 answers \(answer.status) when asked what is in \(name)")
    }
    return answer.body.matches(of: /<Key>([^<]*)<\/Key>/).contains { !keys.contains(String($0.output.1)) }
  }

  /// Whether an object is there.
  func holds(_ key: String) async throws -> Bool {
    let answer = try await ask("HEAD", key: key)
    switch answer.status {
    case 200: return true
    case 404: return false
    default: throw CommandError(.failure, "S3 answers \(answer.status) when asked for \(key) in \(name)")
    }
  }

  /// An answer of S3.
  struct Answer: Sendable, Equatable {
    var status: Int
    var body: String
  }

  /// What the three answers mean. The elements are looked for by their text: there is no value in them that a person
  /// writes.
  ///
  /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
  static func condition(accessBlock: Answer, policyStatus: Answer, acl: Answer) -> Condition {
    let switches = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]
    // With all four on, no list and no policy opens anything.
    if accessBlock.status == 200, switches.allSatisfy({ accessBlock.body.contains("<\($0)>true</\($0)>") }) {
      return .isPrivate
    }
    if policyStatus.status == 200, policyStatus.body.lowercased().contains("<ispublic>true</ispublic>") {
      return .isPublic("its policy lets anybody in")
    }
    if acl.status == 200,
      ["global/AllUsers", "global/AuthenticatedUsers"].contains(where: {
        acl.body.contains("acs.amazonaws.com/groups/\($0)")
      })
    {
      return .isPublic("its access control list lets anybody in")
    }
    return .isPrivate
  }

  private func ask(
    _ method: String, key: String? = nil, query: String = "", body: String = ""
  ) async throws -> Answer {
    let base = try session.configuration.endpoint(of: Self.service)
    let host = base.host() ?? ""
    let authority = base.port.map { "\(host):\($0)" } ?? host
    // Keys are made of names that need no escapes.
    let path = "/\(name)" + (key.map { "/\($0)" } ?? "")
    let credentials = try await session.configuration.credentials.credentials(http: session.http, time: .live)
    let hash = SigV4Signer.hash(of: Data(body.utf8))
    let fields = [(name: "Host", value: authority), (name: "X-Amz-Content-Sha256", value: hash)]
    let signature = SigV4Signer(credentials: credentials, region: session.configuration.region, service: "s3")
      .sign(method: method, path: path, query: query, headers: fields, bodyHash: hash, date: Date())
    let target = "\(base.scheme ?? "https")://\(authority)\(path)" + (query.isEmpty ? "" : "?\(query)")
    var request = HTTPClientRequest(url: target)
    request.method = .init(rawValue: method)
    for (name, value) in fields + signature where name != "Host" { request.headers.add(name: name, value: value) }
    if !body.isEmpty { request.body = .bytes(Data(body.utf8)) }
    do {
      let response = try await session.http.execute(request, timeout: .seconds(30))
      let body = try await response.body.collect(upTo: 1 << 20)
      return Answer(status: Int(response.status.code), body: String(buffer: body))
    } catch {
      throw AWSClientError.unreachable(service: "S3", endpoint: "\(base)", reason: "\(error)")
    }
  }

  /// Only its endpoint is asked of this: S3 has a protocol of its own.
  private static let service = AWSService(
    name: "S3", signingName: "s3", endpointPrefix: "s3", wireProtocol: .query(version: "", namespace: ""))
}
