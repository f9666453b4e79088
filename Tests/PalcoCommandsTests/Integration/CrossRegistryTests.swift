import Foundation
import OCIImages
import PalcoBlueprint
import Testing

@testable import PalcoCommands
@testable import PalcoRelease

/// Stage and production in two clouds, as in two accounts or regions.
@Suite(.enabled(if: LocalCloudFixture.program != nil, "the sample service was not built")) struct CrossRegistryTests {
  @Test(.timeLimit(.minutes(2))) func anImageIsCopiedByteForByteWhereTheOtherEnvironmentPullsFrom() async throws {
    try await LocalCloudFixture.run { here in
      try await LocalCloudFixture.run { there in
        let (stage, production) = (here.blueprint("stage"), there.blueprint("production"))
        _ = try await Provisioner(access: here.access, blueprint: stage).up { _ in }
        _ = try await Provisioner(access: there.access, blueprint: production).up { _ in }
        let source = Publisher(access: here.access, blueprint: stage)
        let target = Publisher(access: there.access, blueprint: production)
        let proven = try await here.publish("v1", to: stage)
        await #expect(throws: ReleaseError.self) { try await target.find(proven.digest, label: nil) }

        let brought = try await target.bring(proven, from: source) { _ in }
        #expect(brought.digest == proven.digest && brought.version == "v1")
        #expect(brought.repositoryURI != proven.repositoryURI)
        #expect(try await target.find("v1-\(PublishedImage.short(proven.digest))", label: nil) == brought)
        // It is whole: tasks start from it.
        #expect(try await there.release(brought, to: production).outcome == .released)
        // What is there is not copied again, and at home nothing is copied at all.
        #expect(try await target.bring(proven, from: source) { Issue.record("copied again: \($0)") } == brought)
        #expect(try await source.bring(proven, from: source) { Issue.record("copied: \($0)") } == proven)
      }
    }
  }
}
