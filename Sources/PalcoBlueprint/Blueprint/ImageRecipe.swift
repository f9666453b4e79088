/// What an image is made of. Paths of the host are absolute once the manifest is loaded.
public enum ImageRecipe: Codable, Sendable, Equatable {
  /// Files of this machine, put into an image by Palco itself: no container engine is needed.
  case files([FileRecipe], command: [String], workingDirectory: String?)
  /// A Dockerfile, built by the container engine that is there.
  case dockerfile(context: String, file: String, arguments: [String: String])
}

/// One file or folder of a `files` image.
public struct FileRecipe: Codable, Sendable, Equatable {
  /// The file or folder on this machine.
  public var source: String
  /// Its absolute path in the image. Of a folder, everything below it goes along.
  public var path: String

  /// Makes a recipe of a host path and a path in the image.
  public init(source: String, path: String) {
    self.source = source
    self.path = path
  }
}
