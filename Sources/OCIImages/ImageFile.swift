import Foundation

/// One file of a layer, or a folder with everything in it.
public struct ImageFile: Sendable {
  /// Where the bytes come from.
  public enum Content: Sendable {
    /// A file of this machine, or a folder, which is walked: its executable files stay executable, its symbolic links
    /// stay links and must not lead out of it.
    case file(URL)
    /// Bytes.
    case data(Data)
  }

  /// The absolute path in the image. For a folder, where its contents go.
  public var path: String
  /// Where the bytes come from.
  public var content: Content
  /// The permissions. An image has two kinds only: 0755 when any execute bit is set, else 0644. Ignored for a folder.
  public var mode: Int

  /// Makes a file.
  public init(path: String, content: Content, mode: Int = 0o644) {
    self.path = path
    self.content = content
    self.mode = mode
  }
}
