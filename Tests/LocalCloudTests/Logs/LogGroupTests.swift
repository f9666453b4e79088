import AWSWire
import Foundation
import Testing

@testable import LocalCloud

@Suite struct LogGroupTests {
  @Test func groupsAreMadeOnceAndGoWithAllTheyHold() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      try await logs.put([(0, "m")])
      #expect(
        try await logs.refusal(of: Logs.CreateLogGroupRequest(logGroupName: "g"))
          == AWSError("ResourceAlreadyExistsException", "The specified log group already exists"))
      #expect(
        try await logs.refusal(of: Logs.CreateLogStreamRequest(logGroupName: "g", logStreamName: "s"))?.code
          == "ResourceAlreadyExistsException")
      try await logs.send(Logs.DeleteLogGroupRequest(logGroupName: "g"))
      #expect(
        try await logs.refusal(of: Logs.DeleteLogGroupRequest(logGroupName: "g"))
          == AWSError("ResourceNotFoundException", "The specified log group does not exist."))
      try await logs.group()
      #expect(try await logs.get().messages == [])
      #expect(try await logs.filter() == [])
    }
  }

  @Test func groupsAreListedByPrefixAndInPages() async throws {
    try await LogsFixture.run { logs in
      for name in ["/p/c", "/p/a", "/q", "/p/b"] { try await logs.group(name, streams: []) }
      var names: [String] = []
      var token: String?
      repeat {
        let page = try await logs.send(
          Logs.DescribeLogGroupsRequest(logGroupNamePrefix: "/p/", nextToken: token, limit: 2))
        names += page.logGroups?.compactMap(\.logGroupName) ?? []
        token = page.nextToken
      } while token != nil
      #expect(names == ["/p/a", "/p/b", "/p/c"])
      let group = try await logs.send(Logs.DescribeLogGroupsRequest(logGroupNamePattern: "q")).logGroups?.first
      #expect(group?.arn == "arn:aws:logs:us-east-1:000000000000:log-group:/q:*")
      #expect(group?.creationTime == logs.now)
      #expect(group?.storedBytes == 0)
      for request in [
        Logs.DescribeLogGroupsRequest(logGroupNamePrefix: "a", logGroupNamePattern: "b"),
        .init(limit: 0), .init(limit: 51), .init(nextToken: "%"),
      ] {
        #expect(try await logs.refusal(of: request)?.code == "InvalidParameterException")
      }
    }
  }

  @Test func theKeyOfAGroupIsAnsweredAsItWasGiven() async throws {
    try await LogsFixture.run { logs in
      func key() async throws -> String? {
        try await logs.send(Logs.DescribeLogGroupsRequest(logGroupNamePrefix: "k")).logGroups?.first?.kmsKeyId
      }
      try await logs.send(Logs.CreateLogGroupRequest(logGroupName: "k", kmsKeyId: "arn:key"))
      #expect(try await key() == "arn:key")
      try await logs.send(Logs.DisassociateKmsKeyRequest(logGroupName: "k"))
      #expect(try await key() == nil)
      try await logs.send(
        Logs.AssociateKmsKeyRequest(
          kmsKeyId: "arn:other", resourceIdentifier: "arn:aws:logs:us-east-1:000000000000:log-group:k"))
      #expect(try await key() == "arn:other")
      #expect(
        try await logs.refusal(of: Logs.AssociateKmsKeyRequest(logGroupName: "absent", kmsKeyId: "arn:key"))?.code
          == "ResourceNotFoundException")
      try await logs.send(Logs.DeleteLogGroupRequest(logGroupName: "k"))
      try await logs.send(Logs.CreateLogGroupRequest(logGroupName: "k"))
      #expect(try await key() == nil)
    }
  }

  @Test(arguments: ["", "a b", "g*", "é", String(repeating: "x", count: 513)])
  func badGroupNamesAreRefused(name: String) async throws {
    try await LogsFixture.run { logs in
      let refusal = try await logs.refusal(of: Logs.CreateLogGroupRequest(logGroupName: name))
      #expect(refusal?.code == "InvalidParameterException")
    }
  }

  @Test func streamsAreListedByNameOrByLastEvent() async throws {
    try await LogsFixture.run { logs in
      try await logs.group(streams: ["web/1", "web/2", "job/1", "web/3"])
      try await logs.put([(10, "m")], stream: "web/1")
      try await logs.put([(30, "m")], stream: "web/2")
      try await logs.put([(20, "m"), (40, "m")], stream: "job/1")
      func names(_ request: Logs.DescribeLogStreamsRequest) async throws -> [String] {
        var (request, names) = (request, [String]())
        repeat {
          let page = try await logs.send(request)
          names += page.logStreams?.compactMap(\.logStreamName) ?? []
          request.nextToken = page.nextToken
        } while request.nextToken != nil
        return names
      }
      #expect(try await names(.init(logGroupName: "g", limit: 1)) == ["job/1", "web/1", "web/2", "web/3"])
      #expect(
        try await names(.init(logGroupName: "g", logStreamNamePrefix: "web/", descending: true))
          == ["web/3", "web/2", "web/1"])
      #expect(
        try await names(.init(logGroupName: "g", orderBy: "LastEventTime", descending: true, limit: 1))
          == ["job/1", "web/2", "web/1", "web/3"])
      let request = Logs.DescribeLogStreamsRequest(
        logGroupName: "g", logStreamNamePrefix: "web", orderBy: "LastEventTime")
      #expect(
        try await logs.refusal(of: request)?.message == "Cannot order by LastEventTime with a logStreamNamePrefix.")
      let job = try await logs.send(Logs.DescribeLogStreamsRequest(logGroupName: "g", limit: 1)).logStreams?.first
      #expect(job?.firstEventTimestamp == logs.now + 20)
      #expect(job?.lastEventTimestamp == logs.now + 40)
      #expect(job?.arn == "arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:job/1")
    }
  }

  @Test func deletingAStreamDeletesItsEvents() async throws {
    try await LogsFixture.run { logs in
      try await logs.group(streams: ["s", "t"])
      try await logs.put([(0, "s")])
      try await logs.put([(0, "t")], stream: "t")
      try await logs.send(Logs.DeleteLogStreamRequest(logGroupName: "g", logStreamName: "s"))
      #expect(try await logs.filter() == ["t"])
    }
  }

  @Test func retentionIsOneOfAWSsDaysAndDeletesWhatIsOlder() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      try await logs.put([(0, "old")])
      #expect(
        try await logs.refusal(of: Logs.PutRetentionPolicyRequest(logGroupName: "g", retentionInDays: 2))?.code
          == "InvalidParameterException")
      try await logs.send(Logs.PutRetentionPolicyRequest(logGroupName: "g", retentionInDays: 1))
      try await logs.service.sweep()
      #expect(try await logs.get().messages == ["old"])
      logs.clock.advance(by: .seconds(86_400) + .milliseconds(1))
      try await logs.put([(0, "new")])
      try await logs.service.sweep()
      #expect(try await logs.get().messages == ["new"])
      let group = try await logs.send(Logs.DescribeLogGroupsRequest()).logGroups?.first
      #expect(group?.retentionInDays == 1)
      #expect(group?.storedBytes == 3 + 26)
      try await logs.send(Logs.DeleteRetentionPolicyRequest(logGroupName: "g"))
      #expect(try await logs.send(Logs.DescribeLogGroupsRequest()).logGroups?.first?.retentionInDays == nil)
    }
  }

  @Test func theSweepComesByItself() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      try await logs.put([(0, "old")])
      try await logs.send(Logs.PutRetentionPolicyRequest(logGroupName: "g", retentionInDays: 1))
      let sweeping = Task { try await logs.service.run() }
      await logs.clock.sleepers(1)
      logs.clock.advance(by: .seconds(86_401))
      await logs.clock.sleepers(1)
      #expect(try await logs.get().messages == [])
      sweeping.cancel()
      try await sweeping.value
    }
  }

  @Test func tagsAreKept() async throws {
    try await LogsFixture.run { logs in
      try await logs.send(Logs.CreateLogGroupRequest(logGroupName: "g", tags: ["a": "1"]))
      let arn = "arn:aws:logs:us-east-1:000000000000:log-group:g"
      try await logs.send(Logs.TagResourceRequest(resourceArn: arn, tags: ["b": "2"]))
      try await logs.send(Logs.TagLogGroupRequest(logGroupName: "g", tags: ["c": "3"]))
      try await logs.send(Logs.UntagResourceRequest(resourceArn: arn, tagKeys: ["a"]))
      #expect(try await logs.send(Logs.ListTagsForResourceRequest(resourceArn: arn)).tags == ["b": "2", "c": "3"])
      try await logs.send(Logs.UntagLogGroupRequest(logGroupName: "g", tags: ["b"]))
      #expect(try await logs.send(Logs.ListTagsLogGroupRequest(logGroupName: "g")).tags == ["c": "3"])
      #expect(
        try await logs.refusal(of: Logs.ListTagsForResourceRequest(resourceArn: arn + "x"))?.code
          == "ResourceNotFoundException")
    }
  }
}
