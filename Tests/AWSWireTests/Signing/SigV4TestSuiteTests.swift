import AWSWire
import Foundation
import Testing

@Suite struct SigV4TestSuiteTests {
  private let host = [(name: "Host", value: "example.amazonaws.com")]

  private func signer(of vector: SigV4Published) -> SigV4Signer {
    SigV4Signer(
      credentials: SigV4Credentials(
        accessKey: "AKIDEXAMPLE", secretKey: SigV4SignerTests.secret, sessionToken: vector.token),
      region: "us-east-1", service: "service")
  }

  private let verifier = SigV4Verifier { $0 == "AKIDEXAMPLE" ? SigV4SignerTests.secret : nil }

  @Test(arguments: SigV4Published.all) func signsInTheHeaderAsPublished(_ vector: SigV4Published) throws {
    let hash = SigV4Signer.hash(of: Data(vector.body.utf8))
    let fields = vector.headers + host + (vector.signsBody ? [(name: "x-amz-content-sha256", value: hash)] : [])
    let added = signer(of: vector).sign(
      method: vector.method, path: vector.path, query: vector.query, headers: fields, bodyHash: hash,
      date: SigV4SignerTests.date)
    #expect(added.last?.value.hasSuffix("Signature=\(vector.inHeader)") == true)
    #expect(throws: Never.self) {
      try verifier.verify(
        method: vector.method, path: vector.path, query: vector.query, headers: fields + added, bodyHash: hash,
        date: SigV4SignerTests.date)
    }
  }

  /// The query of the URL that the vector's signature was published for: it holds for an hour.
  private func presignedQuery(_ vector: SigV4Published, _ fields: [(name: String, value: String)]) -> String {
    var parameters = [
      ("Algorithm", "AWS4-HMAC-SHA256"), ("Credential", "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request"),
      ("Date", "20150830T123600Z"), ("Expires", "3600"),
      ("SignedHeaders", Set(fields.map { $0.name.lowercased() }).sorted().joined(separator: ";")),
    ]
    if let token = vector.token { parameters.append(("Security-Token", token)) }
    parameters.append(("Signature", vector.inQuery))
    let unreserved = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_.~"))
    let added = parameters.map {
      "X-Amz-\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "")"
    }
    return ((vector.query.isEmpty ? [] : [vector.query]) + added).joined(separator: "&")
  }

  @Test(arguments: SigV4Published.all) func verifiesAPresignedURLAsPublished(_ vector: SigV4Published) throws {
    let fields = vector.headers + host
    let hash = SigV4Signer.hash(of: Data(vector.body.utf8))
    func verify(_ query: String) throws {
      try verifier.verify(
        method: vector.method, path: vector.path, query: query, headers: fields, bodyHash: hash,
        date: SigV4SignerTests.date + 3600)
    }
    let query = presignedQuery(vector, fields)
    #expect(throws: Never.self) { try verify(query) }
    #expect(throws: SigV4Failure.self) { try verify(query + "0") }
  }
}
