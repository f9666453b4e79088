/// The address of a resource or data source in a root module. Its attributes are reached like properties:
/// `vpc.id` is the expression `aws_vpc.main.id`.
@dynamicMemberLookup
public struct TerraformAddress: Sendable, Hashable, CustomStringConvertible {
  /// Whether it is read (`data`) or managed (`resource`).
  public enum Mode: String, Sendable { case resource, data }

  /// Whether it is read or managed.
  public let mode: Mode
  /// The type, `aws_vpc`.
  public let resourceType: String
  /// The name in the module, `main`.
  public let label: String

  /// The address of a managed resource.
  public init(_ type: String, _ name: String, mode: Mode = .resource) {
    self.mode = mode
    resourceType = type
    label = name
  }

  /// The address of a data source.
  public static func data(_ type: String, _ name: String) -> TerraformAddress {
    TerraformAddress(type, name, mode: .data)
  }

  /// As it is written in expressions.
  public var description: String { mode == .data ? "data.\(resourceType).\(label)" : "\(resourceType).\(label)" }

  /// The value of an attribute.
  public subscript(dynamicMember attribute: String) -> TerraformValue { self[attribute] }

  /// The value of an attribute, or of what lies below it: `names[0]`.
  public subscript(attribute: String) -> TerraformValue { .expression("\(description).\(attribute)") }
}
