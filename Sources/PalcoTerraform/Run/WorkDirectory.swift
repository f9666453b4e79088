import Foundation

/// A generated file of a root module.
public struct WorkFile: Sendable, Equatable {
  /// Its name, without a folder: `network.tf`.
  public var name: String
  /// Its text.
  public var text: String

  /// Describes a file.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// The folder in which Terraform runs for one environment: the generated files, and what Terraform keeps beside them.
///
/// It is readable by its owner only, because plans and states hold secrets.
public struct WorkDirectory: Sendable, Equatable {
  /// The folder.
  public let url: URL

  /// Names a folder; it is made by ``write(_:)``.
  public init(_ url: URL) { self.url = url }

  /// The plan that is applied next.
  var plan: URL { url.appendingPathComponent("palco.tfplan") }
  /// Everything that Terraform said in the last run.
  public var log: URL { url.appendingPathComponent("terraform.log") }
  /// Where Terraform leaves a state that it could not store.
  var unsavedState: URL { url.appendingPathComponent("errored.tfstate") }
  /// The state of the backend `local`.
  public var localState: URL { url.appendingPathComponent("terraform.tfstate") }
  private var inventory: URL { url.appendingPathComponent(".palco-files") }

  /// Writes the files, and takes away those of an earlier time that are not among them. Files that Palco did not write
  /// (the provider's lock file, overrides) are left alone.
  public func write(_ files: [WorkFile]) throws {
    let manager = FileManager.default
    try manager.createDirectory(
      at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let names = Set(files.map(\.name))
    let written = (try? String(contentsOf: inventory, encoding: .utf8))?.split(separator: "\n").map(String.init) ?? []
    // The list is written first: a run that is cut short leaves no file that nobody takes away.
    try Data(names.union(written).sorted().joined(separator: "\n").utf8).write(to: inventory, options: .atomic)
    for name in written where !names.contains(name) && !name.contains("/") {
      try? manager.removeItem(at: url.appendingPathComponent(name))
    }
    for file in files {
      let path = url.appendingPathComponent(file.name)
      let content = Data(file.text.utf8)
      if (try? Data(contentsOf: path)) != content { try content.write(to: path, options: .atomic) }
    }
    try Data(names.sorted().joined(separator: "\n").utf8).write(to: inventory, options: .atomic)
  }

  /// Takes away the plan, which holds secrets in clear.
  func removePlan() { try? FileManager.default.removeItem(at: plan) }
}
