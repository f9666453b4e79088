/// Why an image cannot be built, read or unpacked.
public struct OCIImageError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Stable codes.
  public enum Code: String, Sendable {
    /// A file or folder that was named is not there or cannot be read.
    case unreadable
    /// A file or folder cannot be written.
    case unwritable
    /// A path in the image is relative, leaves the image's root, or is named twice.
    case badPath
    /// A symbolic or hard link leads out of the image or the folder it was taken from.
    case linkLeavesRoot
    /// Something that no image can hold (a socket), or that this module does not read (zstd, sparse files).
    case unsupported
    /// A file changed while it was read.
    case changed
    /// A text is no image reference.
    case badReference
    /// Bytes are not what their digest or size says.
    case digestMismatch
    /// Bytes are no image layout, manifest, configuration, gzip stream or tar archive, or end too early.
    case corrupt
    /// Compressed bytes hold more than is wanted.
    case tooLarge
    /// An image has nothing for the wanted platform.
    case platformNotFound
  }

  /// What kind of failure.
  public var code: Code
  /// What is wrong, where, and what to do.
  public var message: String

  /// Makes an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
