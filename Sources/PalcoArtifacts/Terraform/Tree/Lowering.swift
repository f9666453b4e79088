extension TerraformModule {
  /// An older dialect, for tests with a provider that can be had offline. Users get the module as it is.
  public enum Dialect: Sendable {
    /// terraform-provider-aws 5: ECS-native deployments came with 6.4.
    case aws5
  }

  /// What was left out of a module, and where.
  public struct Dropped: Sendable, Equatable {
    /// The resource.
    public var address: String
    /// The block in it, with the blocks around it: `load_balancer.advanced_configuration`.
    public var path: String
  }

  /// The module as an older provider reads it: exactly `deployment_configuration` of `aws_ecs_service` and
  /// `advanced_configuration` of its `load_balancer` blocks are dropped, and nothing else is touched. A literal of
  /// `ignore_changes` that points into a dropped block goes with it.
  public func lowered(to dialect: Dialect) -> (module: TerraformModule, dropped: [Dropped]) {
    var module = self
    var dropped: [Dropped] = []
    for file in module.files.indices {
      for index in module.files[file].blocks.indices {
        let block = module.files[file].blocks[index]
        guard let address = block.address, address.mode == .resource, address.resourceType == "aws_ecs_service" else {
          continue
        }
        module.files[file].blocks[index].body = block.body.compactMap { item in
          guard case .block(var inner) = item else { return item }
          if inner.type == "deployment_configuration" {
            dropped.append(Dropped(address: address.description, path: inner.type))
            return nil
          }
          if inner.type == "lifecycle" { return .block(Self.withoutDropped(inner, address: address, &dropped)) }
          guard inner.type == "load_balancer" else { return item }
          inner.body.removeAll { nested in
            guard case .block(let found) = nested, found.type == "advanced_configuration" else { return false }
            dropped.append(Dropped(address: address.description, path: "load_balancer.advanced_configuration"))
            return true
          }
          return .block(inner)
        }
      }
    }
    return (module, dropped)
  }

  private static func withoutDropped(
    _ lifecycle: TerraformBlock, address: TerraformAddress, _ dropped: inout [Dropped]
  ) -> TerraformBlock {
    var lifecycle = lifecycle
    lifecycle.body = lifecycle.body.map { item in
      guard case .argument(var argument) = item, argument.name == "ignore_changes",
        case .list(let words) = argument.value
      else { return item }
      argument.value = .list(
        words.filter { word in
          guard case .word(let path) = word, path.hasPrefix("deployment_configuration") else { return true }
          dropped.append(Dropped(address: address.description, path: "lifecycle.ignore_changes \(path)"))
          return false
        })
      return .argument(argument)
    }
    return lifecycle
  }
}
