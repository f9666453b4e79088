import Foundation

/// What a path below `/v2/` names. A repository's name may hold slashes, so a path is read from its end.
///
/// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#endpoints
enum RegistryPath: Equatable {
  case ping
  case blob(repository: String, digest: String)
  case uploads(repository: String)
  case upload(repository: String, id: String)
  case manifest(repository: String, reference: String)
  case tags(repository: String)
  case referrers(repository: String, digest: String)

  init?(_ path: String) {
    let parts = path.split(separator: "/").map { String($0).removingPercentEncoding ?? String($0) }
    guard parts.first == "v2" else { return nil }
    let rest = Array(parts.dropFirst())
    func name(droppingLast count: Int) -> String { rest.dropLast(count).joined(separator: "/") }
    guard let last = rest.last else {
      self = .ping
      return
    }
    guard rest.count >= 3 else { return nil }
    let kind = rest[rest.count - 2]
    if rest.count >= 4, rest[rest.count - 3] == "blobs", kind == "uploads" {
      self = .upload(repository: name(droppingLast: 3), id: last)
    } else if kind == "blobs", last == "uploads" {
      self = .uploads(repository: name(droppingLast: 2))
    } else if kind == "blobs" {
      self = .blob(repository: name(droppingLast: 2), digest: last)
    } else if kind == "manifests" {
      self = .manifest(repository: name(droppingLast: 2), reference: last)
    } else if kind == "tags", last == "list" {
      self = .tags(repository: name(droppingLast: 2))
    } else if kind == "referrers" {
      self = .referrers(repository: name(droppingLast: 2), digest: last)
    } else {
      return nil
    }
  }
}
