import AWSWire
import Testing

@Suite struct S3TargetTests {
  @Test(arguments: [
    ("127.0.0.1:4650", false, nil), ("localhost:4650", false, nil), ("s3.localhost:4650", true, nil),
    ("s3.eu-west-1.localhost", true, nil), ("states.s3.localhost:4650", true, "states"),
    ("a.b.s3.eu-west-1.localhost:4650", true, "a.b"), ("states.localhost:4650", false, "states"),
    ("s3.s3.localhost", true, "s3"), ("000000000000.dkr.ecr.us-east-1.localhost:4650", false, nil),
  ])
  func hosts(authority: String, isS3: Bool, bucket: String?) {
    let found = S3Target.host(authority)
    #expect(found.isS3 == isS3 && found.bucket == bucket)
  }

  @Test func thePathNamesBucketAndKey() {
    let target = S3Target(virtualHost: nil, target: "/states/a%20b//c+d/%2Fe?versionId=x%2By&acl")
    #expect(target.bucket == "states" && target.key == "a b//c+d//e")
    #expect(target.query == ["versionId": "x+y", "acl": ""])
    #expect(S3Target(virtualHost: nil, target: "/") == S3Target(virtualHost: nil, target: "?x").with(query: [:]))
    let bucket = S3Target(virtualHost: nil, target: "/states/")
    #expect(bucket.bucket == "states" && bucket.key == nil)
    let hosted = S3Target(virtualHost: "states", target: "/a/b")
    #expect(hosted.bucket == "states" && hosted.key == "a/b")
  }
}

extension S3Target {
  fileprivate func with(query: [String: String]) -> S3Target {
    var copy = self
    copy.query = query
    return copy
  }
}
