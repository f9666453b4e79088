/// A block: `resource "aws_vpc" "main" { … }`, and the blocks in it.
public struct TerraformBlock: Sendable, Equatable {
  /// The block's type: `resource`, `lifecycle`, `health_check`.
  public var type: String
  /// The labels after it.
  public var labels: [String]
  /// Why it is as it is, for whoever reviews it.
  public var comment: String?
  /// Lines right above the block that programs read, such as a scanner's exceptions.
  public var pragmas: [String]
  /// What is in it, in this order.
  public var body: [TerraformItem]

  /// Makes a block.
  public init(
    _ type: String, _ labels: [String] = [], comment: String? = nil, pragmas: [String] = [],
    body: [TerraformItem] = []
  ) {
    self.type = type
    self.labels = labels
    self.comment = comment
    self.pragmas = pragmas
    self.body = body
  }

  /// The address of a resource or data source.
  public var address: TerraformAddress? {
    guard let mode = TerraformAddress.Mode(rawValue: type), labels.count == 2 else { return nil }
    return TerraformAddress(labels[0], labels[1], mode: mode)
  }

  /// The value of an argument.
  public subscript(argument: String) -> TerraformValue? {
    for case .argument(let found) in body where found.name == argument { return found.value }
    return nil
  }

  /// The blocks in it of a type.
  public func blocks(_ type: String) -> [TerraformBlock] {
    body.compactMap { item in
      if case .block(let block) = item, block.type == type { block } else { nil }
    }
  }
}

/// One thing in a block's body. Terraform's schema says which of the two a name is, and only JSON hides it.
public enum TerraformItem: Sendable, Equatable {
  /// `name = value`
  case argument(TerraformArgument)
  /// `name { … }`
  case block(TerraformBlock)
  /// A comment that programs read, such as `checkov:skip=…`; JSON cannot hold it.
  case pragma(String)
}

/// An argument of a block.
public struct TerraformArgument: Sendable, Equatable {
  /// The name.
  public var name: String
  /// The value.
  public var value: TerraformValue
  /// Why it is as it is.
  public var comment: String?
}

/// Builds a body from statements, with `if` and `for`.
@resultBuilder
public enum TerraformBody {
  public static func buildExpression(_ item: TerraformItem) -> [TerraformItem] { [item] }
  public static func buildExpression(_ items: [TerraformItem]) -> [TerraformItem] { items }
  public static func buildBlock(_ parts: [TerraformItem]...) -> [TerraformItem] { parts.flatMap { $0 } }
  public static func buildOptional(_ part: [TerraformItem]?) -> [TerraformItem] { part ?? [] }
  public static func buildEither(first part: [TerraformItem]) -> [TerraformItem] { part }
  public static func buildEither(second part: [TerraformItem]) -> [TerraformItem] { part }
  public static func buildArray(_ parts: [[TerraformItem]]) -> [TerraformItem] { parts.flatMap { $0 } }
}

/// An argument.
func set(_ name: String, _ value: TerraformValue, why comment: String? = nil) -> TerraformItem {
  .argument(TerraformArgument(name: name, value: value, comment: comment))
}

/// A block in a block.
func block(
  _ type: String, why comment: String? = nil, @TerraformBody _ body: () -> [TerraformItem]
) -> TerraformItem {
  .block(TerraformBlock(type, comment: comment, body: body()))
}

/// A resource or data source.
func resource(
  _ address: TerraformAddress, why comment: String? = nil, @TerraformBody _ body: () -> [TerraformItem]
) -> TerraformBlock {
  TerraformBlock(address.mode.rawValue, [address.resourceType, address.label], comment: comment, body: body())
}

/// `locals { name = value }`
func local(_ name: String, _ value: TerraformValue, why comment: String? = nil) -> TerraformBlock {
  TerraformBlock("locals", comment: comment, body: [set(name, value)])
}

/// `lifecycle { ignore_changes = […] }`: what others than Terraform change, and nothing more.
func ignoring(_ attributes: [String], why comment: String) -> TerraformItem {
  block("lifecycle", why: comment) { set("ignore_changes", .words(attributes)) }
}

/// `depends_on = […]`: what no reference tells.
func depends(on addresses: [TerraformAddress], why comment: String? = nil) -> TerraformItem {
  set("depends_on", .words(addresses.map(\.description)), why: comment)
}
