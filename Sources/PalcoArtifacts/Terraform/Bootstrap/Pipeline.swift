import PalcoBlueprint

extension BootstrapTerraform {
  /// The role of one environment's pipeline.
  struct DeployRole {
    var environment: String
    var address: TerraformAddress
    var blueprint: Blueprint
    var aws: AWSInfrastructure
  }

  /// One role for each environment that a pipeline may deploy.
  var deployRoles: [DeployRole] {
    blueprints.compactMap { blueprint in
      guard let aws = blueprint.aws, aws.pipeline.github != nil || aws.pipeline.azure != nil else { return nil }
      return DeployRole(
        environment: blueprint.environment,
        address: TerraformAddress("aws_iam_role", "deploy_\(blueprint.environment)"), blueprint: blueprint, aws: aws)
    }
  }

  private static let githubHost = "token.actions.githubusercontent.com"

  /// The organisations of Azure DevOps, each an issuer of its own.
  private var azureOrganizations: [String] {
    deployRoles.compactMap(\.aws.pipeline.azure?.organizationID).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  func pipeline() -> TerraformFile {
    var blocks: [TerraformBlock] = []
    if deployRoles.contains(where: { $0.aws.pipeline.github != nil }) {
      blocks.append(
        resource(Places.github, why: "GitHub says by a signed token which repository and environment a job runs for.") {
          set("url", .text("https://\(Self.githubHost)"))
          set("client_id_list", ["sts.amazonaws.com"])
          set("tags", ["Name": .text("\(project)-github")])
        })
    }
    for (index, organization) in azureOrganizations.enumerated() {
      blocks.append(
        resource(Places.azure(index)) {
          set("url", .text("https://vstoken.dev.azure.com/\(organization)"))
          set("client_id_list", ["api://AzureADTokenExchange"])
          set("tags", ["Name": .text("\(project)-azure")])
        })
    }
    for role in deployRoles { blocks += self.role(role) }
    return TerraformFile(
      "pipeline",
      comment:
        "Pipelines sign in with tokens of their own; no key is kept anywhere. Each role is for one repository and one "
        + "environment, and may release there: push an image, register a task definition, update the service. It may "
        + "change no infrastructure.",
      blocks: blocks)
  }

  private func role(_ role: DeployRole) -> [TerraformBlock] {
    let name = "deploy_\(role.environment)"
    return [
      Policies.local("\(name)_trust", trust(role)),
      resource(role.address) {
        set("name", .text(role.aws.names.deployRole))
        set("description", .text("Pipelines release \(role.blueprint.project) to \(role.environment) with it"))
        set("assume_role_policy", .json("\(name)_trust"))
        set("max_session_duration", 7200, why: "A release may bake for long.")
        set("tags", ["Name": .text(role.aws.names.deployRole)])
      },
      Policies.local(
        "\(name)_policy",
        ReleasePermission.all(for: role.blueprint, role.aws).map {
          PolicyStatement($0, repository: Places.repository.arn)
        }),
      Policies.inline(
        TerraformAddress("aws_iam_role_policy", name), role: role.address, name: "deploy", policy: "\(name)_policy"),
    ]
  }

  private func trust(_ role: DeployRole) -> [PolicyStatement] {
    var statements: [PolicyStatement] = []
    if let repository = role.aws.pipeline.github {
      statements.append(
        PolicyStatement(
          sid: "GitHub", principals: ("Federated", [Places.github.arn]), actions: ["sts:AssumeRoleWithWebIdentity"],
          conditions: [
            ("StringEquals", "\(Self.githubHost):aud", ["sts.amazonaws.com"]),
            (
              "StringEquals", "\(Self.githubHost):sub", [.text("repo:\(repository):environment:\(role.environment)")]
            ),
          ]))
    }
    if let azure = role.aws.pipeline.azure, let index = azureOrganizations.firstIndex(of: azure.organizationID) {
      let issuer = "vstoken.dev.azure.com/\(azure.organizationID)"
      statements.append(
        PolicyStatement(
          sid: "AzureDevOps", principals: ("Federated", [Places.azure(index).arn]),
          actions: ["sts:AssumeRoleWithWebIdentity"],
          conditions: [
            ("StringEquals", "\(issuer):aud", ["api://AzureADTokenExchange"]),
            ("StringEquals", "\(issuer):sub", [.text("sc://\(azure.connection)")]),
          ]))
    }
    return statements
  }
}
