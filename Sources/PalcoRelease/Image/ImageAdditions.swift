import OCIImages

/// What is put into an image of files beyond its recipe.
public struct ImageAdditions: Sendable {
  /// More files.
  public var files: [ImageFile]
  /// Environment variables of the image; a task definition's win over them.
  public var environment: [(String, String)]

  /// Describes additions.
  public init(files: [ImageFile] = [], environment: [(String, String)] = []) {
    self.files = files
    self.environment = environment
  }
}
