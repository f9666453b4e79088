import AWSWire
import Foundation
import OCIImages
import Testing

@testable import LocalCloud

@Suite struct LifecycleTests {
  /// A policy whose rules have these selections, and the priorities 1, 2, …
  static func policy(_ selections: String...) -> String {
    let rules = selections.enumerated().map { index, selection in
      #"{"rulePriority": \#(index + 1), "selection": \#(selection), "action": {"type": "expire"}}"#
    }
    return #"{"rules": [\#(rules.joined(separator: ", "))]}"#
  }

  private static let day = 86_400.0
  private static let now = Date(timeIntervalSince1970: 1_700_000_000)

  /// Images that were pushed so many days ago, by the name that their digest gets.
  private func image(
    _ name: String, _ days: Double, _ tags: String..., type: String = ImageMediaType.manifest,
    of references: [String] = [],
    subject: String? = nil
  ) -> ImageRecord {
    ImageRecord(
      repository: "web", digest: name, mediaType: type, pushedAt: Self.now.addingTimeInterval(-days * Self.day),
      tags: tags, layerSize: 0, manifestSize: 0, subject: subject, references: references)
  }

  private func expired(_ policy: String, _ images: [ImageRecord]) throws -> [String] {
    LifecycleEvaluation(try LifecyclePolicy(policy), images: images, now: Self.now, day: Self.day).expiries.map {
      "\($0.image.digest) by \($0.rule)"
    }
  }

  @Test func allButTheNewestGo() throws {
    let images = [image("a", 5), image("b", 4, "v1"), image("c", 3), image("d", 2, "v2")]
    let any = Self.policy(#"{"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 2}"#)
    #expect(try expired(any, images) == ["a by 1", "b by 1"])
    let untagged = Self.policy(#"{"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 1}"#)
    #expect(try expired(untagged, images) == ["a by 1"])
  }

  @Test func oldOnesGo() throws {
    let images = [image("a", 15), image("b", 14), image("c", 14.5, "v1")]
    let policy = Self.policy(
      #"{"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 14}"#)
    #expect(try expired(policy, images) == ["a by 1"])
  }

  @Test func tagsAreMatchedByPrefixesAndPatternsAllOfThem() throws {
    let images = [
      image("a", 4, "prod-1", "web"), image("b", 3, "prod-2"), image("c", 2, "dev-1"), image("d", 1, "web-prod"),
    ]
    func policy(_ key: String, _ list: String) -> String {
      Self.policy(
        #"{"tagStatus": "tagged", "\#(key)": [\#(list)], "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 1}"#
      )
    }
    #expect(try expired(policy("tagPrefixList", #""prod""#), images) == ["a by 1", "b by 1"])
    #expect(try expired(policy("tagPrefixList", #""prod", "web""#), images) == ["a by 1"])
    #expect(try expired(policy("tagPatternList", #""*-1""#), images) == ["a by 1", "c by 1"])
    #expect(try expired(policy("tagPatternList", #""prod*", "w*b""#), images) == ["a by 1"])
    #expect(try expired(policy("tagPatternList", #""prod""#), images) == [])
  }

  /// AWS's own example: what one rule is for, a later one cannot expire.
  @Test func anEarlierRuleProtectsFromLaterOnes() throws {
    let images = [
      image("a", 9, "keep-1"), image("b", 8, "keep-2"), image("c", 7, "x"), image("d", 6), image("e", 1, "y"),
    ]
    let policy = Self.policy(
      #"{"tagStatus": "tagged", "tagPrefixList": ["keep"], "countType": "imageCountMoreThan", "countNumber": 1}"#,
      #"{"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 2}"#)
    #expect(try expired(policy, images) == ["a by 1", "c by 2"])
  }

  @Test func imagesOfListsAndReferrersFollowWhatTheyBelongTo() throws {
    let images = [
      image("arm", 9), image("index", 8, "v1", type: ImageMediaType.index, of: ["arm"]),
      image("signature", 7, subject: "index"), image("new", 1, "v2"),
    ]
    let policy = Self.policy(#"{"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1}"#)
    #expect(try expired(policy, images) == ["index by 1"])
    var state = ECRState(registryID: "1")
    for image in images { state.images[ECRState.key("web", image.digest)] = image }
    state.repositories["web"] = RepositoryRecord(
      name: "web", createdAt: Self.now, tagMutability: "MUTABLE", scanOnPush: false,
      encryption: .init(encryptionType: "AES256"), tags: [], lifecyclePolicy: policy)
    state.expireImages(at: Self.now, day: Self.day)
    #expect(Set(state.images.values.map(\.digest)) == ["arm", "new"])
    #expect(state.repositories["web"]?.lifecyclePolicySetAt == Self.now)
  }

  @Test(arguments: [
    "no", "{}", #"{"rules": []}"#,
    policy(#"{"tagStatus": "tagged", "countType": "imageCountMoreThan", "countNumber": 1}"#),
    policy(#"{"tagStatus": "untagged", "tagPrefixList": ["a"], "countType": "imageCountMoreThan", "countNumber": 1}"#),
    policy(#"{"tagStatus": "any", "countType": "sinceImagePushed", "countNumber": 1}"#),
    policy(#"{"tagStatus": "any", "countType": "imageCountMoreThan", "countUnit": "days", "countNumber": 1}"#),
    policy(#"{"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 0}"#),
    policy(#"{"tagStatus": "any", "countType": "sinceImagePulled", "countUnit": "days", "countNumber": 1}"#),
    policy(
      #"{"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1}"#,
      #"{"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 1}"#),
    policy(
      #"{"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 1}"#,
      #"{"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 2}"#),
  ])
  func whatIsNoPolicyIsRefused(text: String) {
    let error = #expect(throws: AWSError.self) { try LifecyclePolicy(text) }
    #expect(error?.code == "InvalidParameterException")
    #expect(error?.message.contains("Lifecycle policy validation failure: ") == true)
  }

  @Test func aPreviewTellsAndThePolicyDoes() async throws {
    try await ECRFixture.run { (registry: ECRFixture) async throws in
      let old = try await registry.push("one", tag: "v1")
      registry.clock.advance(by: .seconds(60))
      let new = try await registry.push("two", tag: "v2")
      let request = ECR.GetLifecyclePolicyPreviewRequest(repositoryName: "web")
      #expect(try await registry.refusal(of: request)?.code == "LifecyclePolicyPreviewNotFoundException")
      let start = ECR.StartLifecyclePolicyPreviewRequest(repositoryName: "web")
      #expect(try await registry.refusal(of: start)?.code == "LifecyclePolicyNotFoundException")
      let policy = Self.policy(#"{"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1}"#)
      try await registry.send(ECR.PutLifecyclePolicyRequest(repositoryName: "web", lifecyclePolicyText: policy))
      #expect(try await registry.send(start).status == "IN_PROGRESS")
      let preview = try await registry.send(request)
      #expect(preview.status == "COMPLETE" && preview.summary?.expiringImageTotalCount == 1)
      #expect(preview.previewResults?.map(\.imageDigest) == [old])
      #expect(preview.previewResults?.first?.appliedRulePriority == 1)
      #expect(try await registry.tags() == [old: ["v1"], new: ["v2"]], "a preview changes nothing")
      try await registry.service.applyLifecyclePolicies()
      #expect(try await registry.tags() == [new: ["v2"]])
    }
  }
}
