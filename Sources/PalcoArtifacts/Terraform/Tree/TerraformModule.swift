/// A root module: files that Terraform reads together, one per concern.
public struct TerraformModule: Sendable, Equatable {
  /// The files, in the order in which a person would read them.
  public var files: [TerraformFile]

  /// Makes a module. Files without blocks are left out.
  public init(files: [TerraformFile]) { self.files = files.filter { !$0.blocks.isEmpty } }

  /// All resources and data sources, in the order of the files.
  public var resources: [TerraformBlock] { files.flatMap(\.blocks).filter { $0.address != nil } }

  /// The resource or data source of an address.
  public subscript(address: TerraformAddress) -> TerraformBlock? { resources.first { $0.address == address } }

  /// How a module is written.
  public enum Format: String, Sendable, CaseIterable {
    /// Native HCL, for people and scanners.
    case hcl
    /// JSON of the same tree, for programs.
    case json
  }

  /// The files' names and contents. The same module always gives the same bytes.
  public func rendered(as format: Format = .hcl) -> [RenderedFile] {
    files.map { file in
      switch format {
      case .hcl: RenderedFile(name: file.name + ".tf", contents: NativeWriter.text(of: file))
      case .json: RenderedFile(name: file.name + ".tf.json", contents: JSONWriter.text(of: file))
      }
    }
  }
}

/// One file of a root module.
public struct TerraformFile: Sendable, Equatable {
  /// The name without its ending: `network`.
  public var name: String
  /// What the file is about.
  public var comment: String
  /// The blocks, in this order.
  public var blocks: [TerraformBlock]

  /// Makes a file.
  public init(_ name: String, comment: String, blocks: [TerraformBlock]) {
    self.name = name
    self.comment = comment
    self.blocks = blocks
  }
}

/// A file's name and what is in it.
public struct RenderedFile: Sendable, Equatable {
  /// The name: `network.tf`.
  public var name: String
  /// The text, which ends with a line break.
  public var contents: String

  /// Makes a file.
  public init(name: String, contents: String) {
    self.name = name
    self.contents = contents
  }
}
