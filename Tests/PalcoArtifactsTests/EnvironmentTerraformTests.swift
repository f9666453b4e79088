import Foundation
import PalcoBlueprint
import Testing

@testable import PalcoArtifacts

@Suite struct EnvironmentTerraformTests {
  @Test func thereIsAMatrix() {
    #expect(ManifestMatrix.cases.count >= 10)
  }

  @Test(arguments: ManifestMatrix.cases)
  func theSameBlueprintGivesTheSameBytes(of item: ManifestMatrix.Case) throws {
    for format in TerraformModule.Format.allCases {
      let first = try EnvironmentTerraform(item.blueprint).module().rendered(as: format)
      #expect(try EnvironmentTerraform(item.blueprint).module().rendered(as: format) == first)
    }
  }

  @Test(arguments: ManifestMatrix.cases)
  func everyReferenceIsToSomethingThatIsThere(in item: ManifestMatrix.Case) throws {
    let module = try EnvironmentTerraform(item.blueprint).module()
    let addresses = Set(module.resources.compactMap { $0.address?.description })
    #expect(addresses.count == module.resources.count, "an address is there twice")
    let text = module.rendered().map(\.contents).joined()
    for match in text.matches(of: /(?:data\.)?\baws_[a-z0-9_]+\.[a-z][a-z0-9_]*/) {
      #expect(addresses.contains(String(match.output)), "\(match.output)")
    }
    let locals = Set(
      module.files.flatMap(\.blocks).filter { $0.type == "locals" }.flatMap(\.body).compactMap { item -> String? in
        if case .argument(let argument) = item { argument.name } else { nil }
      })
    for match in text.matches(of: /\blocal\.([a-z0-9_]+)/) {
      #expect(locals.contains(String(match.output.1)), "\(match.output.0)")
    }
  }

  @Test(arguments: ManifestMatrix.cases)
  func loweringDropsTwoBlocksAndNothingElse(of item: ManifestMatrix.Case) throws {
    let module = try EnvironmentTerraform(item.blueprint).module()
    let (lowered, dropped) = module.lowered(to: .aws5)
    var expected = ["deployment_configuration"]
    if item.blueprint.release.movesTraffic { expected.append("load_balancer.advanced_configuration") }
    #expect(Set(dropped.map(\.address)) == ["aws_ecs_service.main"])
    #expect(dropped.map(\.path).filter { !$0.hasPrefix("lifecycle") } == expected.sorted())
    // What is left differs in the service alone, and there by whole lines that went.
    for (before, after) in zip(module.rendered(), lowered.rendered()) where before.name != "service.tf" {
      #expect(before == after)
    }
    let before = try #require(module[Addresses.service])
    let after = try #require(lowered[Addresses.service])
    let kept = before.body.filter { item in
      guard case .block(let block) = item else { return true }
      return !["deployment_configuration", "load_balancer", "lifecycle"].contains(block.type)
    }
    let left = after.body.filter { item in
      guard case .block(let block) = item else { return true }
      return !["load_balancer", "lifecycle"].contains(block.type)
    }
    #expect(kept == left)
    #expect(after.blocks("load_balancer").first?["target_group_arn"] == Addresses.blue.arn)
  }

  @Test func terraformIgnoresWhatECSChangesAndNothingMore() throws {
    func ignored(_ module: TerraformModule) -> [String: TerraformValue] {
      var found: [String: TerraformValue] = [:]
      for resource in module.resources {
        for lifecycle in resource.blocks("lifecycle") {
          guard let address = resource.address, let words = lifecycle["ignore_changes"] else { continue }
          found[address.description] = words
        }
      }
      return found
    }
    #expect(
      ignored(try ManifestMatrix.module("fargate-none-rds", "production")) == [
        "aws_ecs_service.main": .words(["desired_count", "task_definition"]),
        "aws_lb_listener_rule.production": .words(["action"]), "aws_lb_listener_rule.test": .words(["action"]),
        "aws_appautoscaling_target.service": .words(["min_capacity"]),
      ])
    // Rolling: nobody touches the rules.
    #expect(
      ignored(try ManifestMatrix.module("fargate-gateway-rds-bastion", "stage")) == [
        "aws_ecs_service.main": .words(["desired_count", "task_definition"]),
        "aws_instance.bastion": .words(["ami"]),
        "aws_appautoscaling_target.service": .words(["min_capacity"]),
      ])
    #expect(
      ignored(try ManifestMatrix.module("ec2-none-rds", "production"))["aws_autoscaling_group.instances"]
        == .words(["desired_capacity"]))
    // What moves traffic is ignored alike, whether in one step or in many.
    #expect(
      ignored(try ManifestMatrix.module("ec2-zones-ec2-bastion", "stage"))["aws_lb_listener_rule.production"]
        == .words(["action"]))
    #expect(
      ignored(try ManifestMatrix.module("full", "production"))["aws_ecs_service.main"]
        == .words(["desired_count", "task_definition", "deployment_configuration[0].lifecycle_hook"]))
  }

  @Test func blueGreenHasWhatECSNeedsToMoveTraffic() throws {
    let module = try ManifestMatrix.module("full", "production")
    let service = try #require(module[Addresses.service])
    let deployment = try #require(service.blocks("deployment_configuration").first)
    #expect(deployment["strategy"] == "BLUE_GREEN")
    // The schema has bake times as texts.
    #expect(deployment["bake_time_in_minutes"] == "10")
    let advanced = try #require(service.blocks("load_balancer").first?.blocks("advanced_configuration").first)
    #expect(advanced["alternate_target_group_arn"] == Addresses.green.arn)
    #expect(advanced["production_listener_rule"] == Addresses.productionRule.arn)
    #expect(advanced["role_arn"] == Addresses.infrastructureRole.arn)
    guard case .list(let dependencies) = service["depends_on"] else { Issue.record("no depends_on"); return }
    #expect(dependencies.contains(.word(Addresses.infrastructurePolicy.description)))
    for address in [Addresses.productionRule, Addresses.testRule] {
      let rule = try #require(module[address])
      let actions = rule.blocks("action")
      #expect(actions.count == 1)
      #expect(actions.first?["target_group_arn"] == nil)
      #expect(actions.first?.blocks("forward").first?.blocks("target_group").count == 2)
    }
  }

  @Test func canaryAndLinearSayTheirStepsAndNeedANewerProvider() throws {
    func deployment(_ module: TerraformModule) throws -> TerraformBlock {
      let service = try #require(module[Addresses.service])
      return try #require(service.blocks("deployment_configuration").first)
    }
    func provider(_ module: TerraformModule) throws -> String {
      let text = module.rendered().map(\.contents).joined()
      return String(try #require(text.firstMatch(of: /version\s+= "(>= 6[^"]+)"/)).output.1)
    }
    let canary = try ManifestMatrix.module("ec2-zones-ec2-bastion", "stage")
    #expect(try deployment(canary)["strategy"] == "CANARY")
    let first = try deployment(canary).blocks("canary_configuration")[0]
    #expect(first["canary_percent"] == .decimal(2.5))
    // The schema has bake times as texts.
    #expect(first["canary_bake_time_in_minutes"] == "15")
    #expect(try provider(canary) == ">= 6.21, < 7.0")
    let linear = try ManifestMatrix.module("fargate-none-ec2-bastion", "stage")
    #expect(try deployment(linear)["strategy"] == "LINEAR")
    let step = try deployment(linear).blocks("linear_configuration")[0]
    #expect(step["step_percent"] == .decimal(20))
    #expect(step["step_bake_time_in_minutes"] == "6")
    #expect(try provider(linear) == ">= 6.21, < 7.0")
    #expect(try provider(ManifestMatrix.module("full", "production")) == ">= 6.4, < 7.0")
  }

  @Test(arguments: ManifestMatrix.cases)
  func noSecretAndNoAccountIsInTheFiles(of item: ManifestMatrix.Case) throws {
    var blueprint = item.blueprint
    // A manifest may name a secret by its ARN, and so an account.
    blueprint.aws?.task.secrets.removeAll { if case .reference = $0.source { true } else { false } }
    let module = try EnvironmentTerraform(blueprint).module()
    let text = module.rendered().map(\.contents).joined()
    let account = text.firstMatch(of: /\b\d{12}\b/).map { String($0.output) }
    #expect(account == nil)
    for resource in module.resources {
      // Both would be in Terraform's state in clear.
      #expect(resource["password"] == nil && resource["secret_string"] == nil)
      #expect(resource.address?.resourceType != "random_password")
    }
  }

  @Test(arguments: ManifestMatrix.cases)
  func aStarStandsOnlyWhereAWSLetsNothingBeNamed(of item: ManifestMatrix.Case) throws {
    let unnameable: Set<String> = [
      "SignInToRegistry", "Sessions", "FindSessionLogs", "AccountDecides", "LogGroups", "Alarms",
    ]
    let module = try EnvironmentTerraform(item.blueprint).module()
    for value in module.files.flatMap(\.blocks).filter({ $0.type == "locals" }).flatMap(\.body) {
      guard case .argument(let argument) = value, case .map(let policy) = argument.value,
        case .list(let statements)? = policy.first(where: { $0.key == "Statement" })?.value
      else { continue }
      for case .map(let statement) in statements {
        let entries = Dictionary(uniqueKeysWithValues: statement.map { ($0.key, $0.value) })
        guard entries["Resource"] == "*", case .template(let parts)? = entries["Sid"],
          case .literal(let sid)? = parts.first
        else { continue }
        #expect(unnameable.contains(sid), "\(argument.name): \(sid)")
      }
    }
  }

  @Test func anEnvironmentElsewhereIsRefused() throws {
    var blueprint = try ManifestMatrix.blueprint("short", "stage")
    blueprint.aws = nil
    #expect(throws: ArtifactError.notOnAWS(environment: "stage")) { try EnvironmentTerraform(blueprint) }
    #expect(throws: ArtifactError.noEnvironmentOnAWS) { try BootstrapTerraform([blueprint], hasStateInBucket: false) }
  }

  @Test func secretsAreNamedInPoliciesWithoutTheirFields() {
    let secret = SecretARN("arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/key-AbCdEf:field::")
    #expect(secret.value == "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/key-AbCdEf")
    #expect(!secret.isParameter)
    let short = SecretARN("arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/key")
    #expect(short.value == "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/key-??????")
    let parameter = SecretARN("/shop/key")
    #expect(parameter.isParameter)
    #expect(
      parameter.value
        == "arn:\(TerraformValue.local("partition")):ssm:\(.local("region")):\(.local("account_id")):parameter/shop/key"
    )
  }

  @Test func oneEnvironmentTakesMilliseconds() throws {
    let blueprint = try ManifestMatrix.blueprint("full", "production")
    let clock = ContinuousClock()
    var best = Duration.seconds(60)
    for _ in 0..<5 {
      let taken = try clock.measure { _ = try EnvironmentTerraform(blueprint).module().rendered(as: .json) }
      best = min(best, taken)
    }
    print("Terraform of one environment: \(best)")
    // A debug build on a busy machine; a release build takes a tenth.
    #expect(best < .milliseconds(500))
  }
}

@Suite struct UserDataTests {
  /// Scripts run on machines that nobody watches: at least the shell must take them.
  @Test(arguments: ["nat_user_data", "database_user_data", "instances_user_data"])
  func theShellTakesTheScript(named name: String) throws {
    let module = try ManifestMatrix.module("ec2-instance-ec2-bastion", "stage")
    let value = try #require(
      module.files.flatMap(\.blocks).filter { $0.type == "locals" }.compactMap { $0[name] }.first)
    guard case .document(let parts) = value else {
      Issue.record("\(name) is no document")
      return
    }
    let script = parts.map { if case .literal(let text) = $0 { text } else { "value" } }.joined()
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/bash")
    shell.arguments = ["-n"]
    let input = Pipe()
    shell.standardInput = input
    try shell.run()
    try input.fileHandleForWriting.write(contentsOf: Data(script.utf8))
    try input.fileHandleForWriting.close()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0)
    #expect(script.hasPrefix("#!/bin/bash\n"))
  }
}
