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

  /// An issuer of the tokens that pipelines sign in with. IAM knows each of them once per account.
  public struct Issuer: Sendable, Equatable {
    /// What follows `https://` in its URL, and the last part of its ARN.
    public var name: String
    /// What makes it in this module.
    public var address: String { made.description }
    let made: TerraformAddress
    let why: String?
    let client: String
    let tag: String
  }

  /// The issuers that the deploy roles trust.
  public var issuers: [Issuer] {
    var issuers: [Issuer] = []
    func add(_ name: String, _ label: String, client: String, tag: String, why: String? = nil) {
      guard !issuers.contains(where: { $0.name == name }) else { return }
      let made = TerraformAddress("aws_iam_openid_connect_provider", label)
      issuers.append(Issuer(name: name, made: made, why: why, client: client, tag: tag))
    }
    if deployRoles.contains(where: { $0.aws.pipeline.github != nil }) {
      add(
        Self.githubHost, "github", client: "sts.amazonaws.com", tag: "github",
        why: "GitHub says by a signed token which repository and environment a job runs for.")
    }
    // Each organisation of Azure DevOps is an issuer of its own.
    for azure in deployRoles.compactMap(\.aws.pipeline.azure) {
      let count = issuers.count { $0.tag == "azure" }
      add(
        Self.name(of: azure), count == 0 ? "azure" : "azure_\(count + 1)", client: "api://AzureADTokenExchange",
        tag: "azure")
    }
    return issuers
  }

  private static func name(of azure: AWSInfrastructure.AzureConnection) -> String {
    "vstoken.dev.azure.com/\(azure.organizationID)"
  }

  /// Where the ARN of an issuer comes from: this module, or the account.
  private func place(of name: String) -> TerraformAddress? {
    issuers.first { $0.name == name }.map { issuer in
      foundIssuers.contains(name) ? .data(issuer.made.resourceType, issuer.made.label) : issuer.made
    }
  }

  func pipeline() -> TerraformFile {
    var blocks: [TerraformBlock] = []
    for issuer in issuers {
      guard let place = place(of: issuer.name) else { continue }
      if place.mode == .data {
        blocks.append(
          resource(place, why: "The account has it already, by another region or another project.") {
            set("url", .text("https://\(issuer.name)"))
          })
      } else {
        blocks.append(
          resource(place, why: issuer.why) {
            set("url", .text("https://\(issuer.name)"))
            set("client_id_list", [.text(issuer.client)])
            set("tags", ["Name": .text("\(project)-\(issuer.tag)")])
          })
      }
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
    if let repository = role.aws.pipeline.github, let place = place(of: Self.githubHost) {
      statements.append(
        PolicyStatement(
          sid: "GitHub", principals: ("Federated", [place.arn]), actions: ["sts:AssumeRoleWithWebIdentity"],
          conditions: [
            ("StringEquals", "\(Self.githubHost):aud", ["sts.amazonaws.com"]),
            (
              "StringEquals", "\(Self.githubHost):sub", [.text("repo:\(repository):environment:\(role.environment)")]
            ),
          ]))
    }
    if let azure = role.aws.pipeline.azure, let place = place(of: Self.name(of: azure)) {
      let issuer = Self.name(of: azure)
      statements.append(
        PolicyStatement(
          sid: "AzureDevOps", principals: ("Federated", [place.arn]),
          actions: ["sts:AssumeRoleWithWebIdentity"],
          conditions: [
            ("StringEquals", "\(issuer):aud", ["api://AzureADTokenExchange"]),
            ("StringEquals", "\(issuer):sub", [.text("sc://\(azure.connection)")]),
          ]))
    }
    return statements
  }
}
