/// What `terraform show -json PLAN` prints, as far as Palco reads it
/// (https://developer.hashicorp.com/terraform/internals/json-format).
public struct PlanDocument: Decodable, Sendable {
  /// A resource, what it is and what it becomes.
  public struct ResourceChange: Decodable, Sendable {
    public var address: String
    /// Where it was until now, when it only got another address.
    public var previous_address: String?
    /// `managed` or `data`.
    public var mode: String
    public var type: String
    public var change: Change
    /// Why Terraform wants this, as in `replace_because_cannot_update`.
    public var action_reason: String?
  }

  /// What is done, and the values before and after.
  public struct Change: Decodable, Sendable {
    /// `no-op`, `create`, `read`, `update`, `delete`, `forget`; two for a replacement.
    public var actions: [String]
    public var before: PlanValue?
    public var after: PlanValue?
    public var after_unknown: PlanValue?
    public var before_sensitive: PlanValue?
    public var after_sensitive: PlanValue?
    /// The attributes that cannot be changed in place; a path is made of names and indexes.
    public var replace_paths: [[PlanValue]]?
  }

  /// What is to be done.
  public var resource_changes: [ResourceChange]?
  /// What is other than Terraform left it.
  public var resource_drift: [ResourceChange]?
  /// Whether Terraform could not finish the plan.
  public var errored: Bool?
}
