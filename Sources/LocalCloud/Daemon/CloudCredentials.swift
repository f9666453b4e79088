import Foundation
import PalcoCore

/// The key pair that a cloud accepts when it verifies signatures, in a file that AWS clients read.
struct CloudCredentials: Sendable {
  /// The access key.
  static let accessKey = "palco"

  /// The secret key.
  let secretKey: String

  /// The file below a state folder, for `AWS_SHARED_CREDENTIALS_FILE`.
  static func file(stateDirectory: URL) -> URL { stateDirectory.appendingPathComponent("credentials") }

  /// Reads the key pair of a state folder, and makes it the first time.
  ///
  /// - Throws: ``StoreError`` when the file cannot be read or made.
  init(stateDirectory: URL, ids: IDSource) throws {
    let file = Self.file(stateDirectory: stateDirectory)
    if FileManager.default.fileExists(atPath: file.path) {
      let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n") ?? []
      let name = "aws_secret_access_key"
      let value = lines.first { $0.hasPrefix(name) }?.dropFirst(name.count)
        .drop { $0 == " " || $0 == "=" }.trimmingCharacters(in: .whitespaces)
      guard let value, !value.isEmpty else {
        throw StoreError.unusable(file.path, "it holds no \(name); remove it, and a new one is made")
      }
      secretKey = value
      return
    }
    secretKey = ids.urlSafe(40)
    let text = """
      # What this local cloud accepts with --verify-signatures. Use it as AWS_SHARED_CREDENTIALS_FILE.
      [default]
      aws_access_key_id = \(Self.accessKey)
      aws_secret_access_key = \(secretKey)

      """
    // Made with its mode: there is no moment in which others could read it.
    let isMade = FileManager.default.createFile(
      atPath: file.path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    guard isMade else { throw StoreError.unwritable(stateDirectory.path) }
  }
}
