extension TerraformModule {
  /// What AWS or Terraform would refuse to delete, and the value that lets it go.
  private static let protections: [String: TerraformValue] = [
    "enable_deletion_protection": false, "deletion_protection": false, "disable_api_termination": false,
    "prevent_destroy": false, "force_destroy": true,
  ]

  /// The module with everything that keeps resources from being deleted taken off, and the addresses of the resources
  /// that had any. What a database leaves behind, a last snapshot, stays as it is.
  public func unprotected() -> (module: TerraformModule, addresses: [String]) {
    var module = self
    var addresses: [String] = []
    for file in module.files.indices {
      for index in module.files[file].blocks.indices {
        let before = module.files[file].blocks[index]
        guard let address = before.address, address.mode == .resource else { continue }
        var after = Self.unprotected(before)
        // Its instances are protected from scaling in, and without this Terraform waits in vain for their end.
        if address.resourceType == "aws_autoscaling_group", before["force_delete"] == nil {
          after.body.append(set("force_delete", true))
        }
        guard after != before else { continue }
        module.files[file].blocks[index] = after
        addresses.append(address.description)
      }
    }
    return (module, addresses)
  }

  private static func unprotected(_ block: TerraformBlock) -> TerraformBlock {
    var block = block
    block.body = block.body.map { item in
      switch item {
      case .argument(var argument):
        if let value = protections[argument.name] { argument.value = value }
        return .argument(argument)
      case .block(let inner): return .block(inner.type == "lifecycle" ? unprotected(inner) : inner)
      case .pragma: return item
      }
    }
    return block
  }
}
