import Foundation

/// The folder that a program sees as `/`: finds files in it without ever leaving it through `..` or a symbolic link.
struct ImageRoot: Sendable {
  /// The folder, without a trailing slash.
  let path: String

  /// As many links as Linux follows before it answers `ELOOP`.
  private static let linkLimit = 40

  init(_ root: URL) {
    let path = root.standardizedFileURL.path
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The host's path of an image's path, whether or not something is there. Links are followed as the image means them:
  /// an absolute one starts again at the root, `..` stops at it.
  ///
  /// - Returns: `nil` when the links go round in a circle.
  func hostPath(of imagePath: String) -> String? {
    var pending = Array(imagePath.split(separator: "/").reversed())
    var resolved: [Substring] = []
    var links = 0
    while let component = pending.popLast() {
      if component == "." { continue }
      if component == ".." {
        _ = resolved.popLast()
        continue
      }
      let candidate = join(resolved + [component])
      guard let target = SymbolicLink.target(candidate) else {
        resolved.append(component)
        continue
      }
      links += 1
      guard links <= Self.linkLimit else { return nil }
      if target.hasPrefix("/") { resolved = [] }
      pending += target.split(separator: "/").reversed()
    }
    return join(resolved)
  }

  private func join(_ components: [Substring]) -> String {
    components.reduce(into: path) { $0 += "/" + $1 }
  }
}
