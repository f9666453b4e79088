import Testing

@testable import PalcoArtifacts

@Suite struct ProviderPinTests {
  private func versions(_ module: TerraformModule) -> String { module.rendered()[0].contents }

  @Test func anotherVersion6IsPinnedAndNothingElseChanges() throws {
    let module = try ManifestMatrix.module("full", "production")
    let (pinned, dropped) = try module.pinned(toProvider: "6.62.0")
    #expect(dropped.isEmpty)
    #expect(versions(module).contains("\">= 6.4, < 7.0\""))
    #expect(versions(pinned) == versions(module).replacing("\">= 6.4, < 7.0\"", with: "\"6.62.0\""))
    #expect(pinned.rendered().dropFirst() == module.rendered().dropFirst())
  }

  @Test func version5GetsItsOwnDialect() throws {
    let module = try ManifestMatrix.module("full", "production")
    let (pinned, dropped) = try module.pinned(toProvider: "5.100.0")
    #expect(versions(pinned).contains("\"5.100.0\""))
    #expect(dropped == module.lowered(to: .aws5).dropped)
    #expect(pinned.rendered().dropFirst() == module.lowered(to: .aws5).module.rendered().dropFirst())
  }

  @Test(arguments: ["", "6", "6.62", "3.39.0", "7.0.0", "~> 6.4", "6.x.0", "6.62.0.1"])
  func whatIsNoVersionOfItsIsRefused(version: String) throws {
    let module = try ManifestMatrix.module("short", "stage")
    #expect(throws: ArtifactError.unusableProvider(version)) { try module.pinned(toProvider: version) }
  }
}

@Suite struct UnprotectedTests {
  @Test func whatRefusesToBeDeletedLetsGoAndNothingElseChanges() throws {
    let module = try ManifestMatrix.module("full", "production")
    let (open, addresses) = module.unprotected()
    #expect(addresses == ["aws_lb.main", "aws_s3_bucket.access_logs", "aws_db_instance.main"])
    let (before, after) = (module.rendered().map(\.contents).joined(), open.rendered().map(\.contents).joined())
    let changed = zip(before.split(separator: "\n"), after.split(separator: "\n")).filter { $0 != $1 }.map {
      $1.split(separator: " ").joined(separator: " ")
    }
    #expect(changed == ["enable_deletion_protection = false", "force_destroy = true", "deletion_protection = false"])
    // The last snapshot stays.
    #expect(open[Addresses.database]?["skip_final_snapshot"] == false)
  }

  @Test func theVolumeOfADatabaseOnEC2LetsGo() throws {
    var blueprint = try ManifestMatrix.blueprint("ec2-instance-ec2-bastion", "stage")
    guard case .ec2(var database) = blueprint.aws?.database else { Issue.record("no database on EC2"); return }
    database.deletionProtection = true
    blueprint.aws?.database = .ec2(database)
    let module = try EnvironmentTerraform(blueprint).module()
    #expect(module[Addresses.databaseVolume]?.blocks("lifecycle").first?["prevent_destroy"] == true)
    let open = module.unprotected().module
    #expect(open[Addresses.databaseVolume]?.blocks("lifecycle").first?["prevent_destroy"] == false)
    #expect(open[Addresses.databaseHost]?["disable_api_termination"] == false)
  }

  @Test func protectedInstancesGoWithTheirGroup() throws {
    let module = try ManifestMatrix.module("ec2-none-rds", "production")
    #expect(module[Addresses.instances]?["force_delete"] == nil)
    let (open, addresses) = module.unprotected()
    #expect(open[Addresses.instances]?["force_delete"] == true)
    #expect(addresses.contains("aws_autoscaling_group.instances"))
  }

  @Test func anEnvironmentThatMayGoHasNothingToTakeOff() throws {
    #expect(try ManifestMatrix.module("short", "stage").unprotected().addresses == [])
  }
}
