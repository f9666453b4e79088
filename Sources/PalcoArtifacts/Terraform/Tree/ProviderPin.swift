extension TerraformModule {
  /// The module with one exact version of the AWS provider, for machines that have no other.
  ///
  /// - Parameter version: As in `6.62.0`. One of version 5 gets the module in its own dialect (``lowered(to:)``).
  /// - Returns: The module, and what it had to leave out.
  /// - Throws: ``ArtifactError`` with `unusableProvider` for what is neither a version 5 nor a version 6
  public func pinned(toProvider version: String) throws(ArtifactError) -> (module: TerraformModule, dropped: [Dropped])
  {
    let numbers = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 3, !numbers.contains(nil), let major = numbers[0], [5, 6].contains(major) else {
      throw .unusableProvider(version)
    }
    var (module, dropped) = major == 5 ? lowered(to: .aws5) : (self, [])
    for file in module.files.indices {
      for index in module.files[file].blocks.indices where module.files[file].blocks[index].type == "terraform" {
        module.files[file].blocks[index].body = module.files[file].blocks[index].body.map { item in
          guard case .block(var providers) = item, providers.type == "required_providers" else { return item }
          providers.body = [set("aws", ["source": "hashicorp/aws", "version": .text(version)])]
          return .block(providers)
        }
      }
    }
    return (module, dropped)
  }
}
