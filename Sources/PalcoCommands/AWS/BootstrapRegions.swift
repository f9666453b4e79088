import PalcoBlueprint

/// The regions that a project's environments on AWS are in. Each has a bootstrap of its own: a state lies in the region
/// of what it describes, and images are pulled from near by.
struct BootstrapRegions {
  private let blueprints: [Blueprint]
  /// In the order of the environments.
  let names: [String]

  /// - Parameter blueprints: All environments; those of the local cloud are passed over
  init(_ blueprints: [Blueprint]) {
    self.blueprints = blueprints.filter { $0.aws != nil }
    names = self.blueprints.compactMap(\.aws?.region).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The environments in a region.
  func blueprints(in region: String) -> [Blueprint] { blueprints.filter { $0.aws?.region == region } }

  /// The environments of the region that is meant, which need not be named where there is only one.
  ///
  /// - Throws: ``CommandError`` with exit code 64 when it must be named, or is none of theirs
  func only(_ region: String?) throws(CommandError) -> [Blueprint] {
    guard let region else {
      if names.count > 1 {
        throw CommandError(
          .usage,
          "the environments are in \(names.joined(separator: " and ")); say with --region which bootstrap is meant")
      }
      return blueprints
    }
    guard names.contains(region) else {
      throw CommandError(
        .usage, "no environment of palco.yml is in \(region); they are in \(names.joined(separator: ", "))")
    }
    return blueprints(in: region)
  }
}
