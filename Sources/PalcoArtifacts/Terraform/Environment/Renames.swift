/// Addresses that resources had in the files of an earlier version, and where they are now.
///
/// Terraform destroys what has another address and makes it anew. So an address that changes comes into this table, and a
/// `moved` block tells Terraform that it is the same resource. An entry stays for good: people may come from any version.
///
/// https://developer.hashicorp.com/terraform/language/block/moved
struct Renames: Sendable {
  /// One resource that has another address than before.
  struct Rename: Sendable, Equatable {
    var from: TerraformAddress
    var to: TerraformAddress
  }

  var all: [Rename]

  /// What has changed since the first version: nothing yet.
  static let known = Renames(all: [])

  /// The file of a module, without blocks when none of its resources was renamed.
  func file(for module: TerraformModule) -> TerraformFile {
    let present = Set(module.resources.compactMap(\.address))
    return TerraformFile(
      "moved", comment: "What has another address than in the files of an earlier version: the same resources.",
      // Of two places that take turns in a module, the old one may be somebody else's now.
      blocks: all.filter { present.contains($0.to) && !present.contains($0.from) }.map { rename in
        TerraformBlock(
          "moved",
          body: [set("from", .word(rename.from.description)), set("to", .word(rename.to.description))])
      })
  }
}

extension TerraformModule {
  /// The module with `moved` blocks for what was renamed.
  func moving(_ renames: Renames = .known) -> TerraformModule {
    TerraformModule(files: files + [renames.file(for: self)])
  }
}
