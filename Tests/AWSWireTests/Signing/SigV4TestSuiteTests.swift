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

  @Test(arguments: SigV4Published.all) func presignsAsPublished(_ vector: SigV4Published) throws {
    let fields = vector.headers + host
    let hash = SigV4Signer.hash(of: Data(vector.body.utf8))
    let query = signer(of: vector).presign(
      method: vector.method, path: vector.path, query: vector.query, headers: fields, bodyHash: hash,
      date: SigV4SignerTests.date, expiresIn: 3600)
    #expect(query.hasSuffix("&X-Amz-Signature=\(vector.inQuery)"))
    #expect(throws: Never.self) {
      try verifier.verify(
        method: vector.method, path: vector.path, query: query, headers: fields, bodyHash: hash,
        date: SigV4SignerTests.date + 3600)
    }
  }
}
