import Crypto
import Foundation

/// A content digest in OCI's form, `sha256:` and 64 hexadecimal digits.
public enum Digest {
  /// The digest of bytes.
  public static func sha256(_ bytes: some DataProtocol) -> String {
    "sha256:" + hexadecimal(SHA256.hash(data: bytes))
  }

  /// The digest of a file, read in chunks of 1 MiB.
  ///
  /// - Throws: ``OCIImageError`` when the file cannot be read.
  public static func sha256(of file: URL) throws -> String {
    let source = try FileSource(file)
    var hasher = Hasher()
    while let chunk = try source.next() { hasher.update(chunk) }
    return hasher.finish()
  }

  /// Whether a text is a digest that this module can check.
  public static func isValid(_ text: String) -> Bool {
    text.hasPrefix("sha256:") && text.utf8.count == 71
      && text.utf8.dropFirst(7).allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  /// The digest of bytes that arrive in pieces.
  public struct Hasher: Sendable {
    private var state = SHA256()

    /// A hasher that has seen nothing.
    public init() {}

    /// Takes the next bytes.
    public mutating func update(_ bytes: Data) { state.update(data: bytes) }

    /// Takes the next bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) { state.update(bufferPointer: bytes) }

    /// The digest of everything taken so far. The hasher can go on.
    public func finish() -> String { "sha256:" + Digest.hexadecimal(state.finalize()) }
  }

  static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
