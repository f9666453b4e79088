import AWSWire
import Foundation

/// A page of things that have unique keys and are in another order; the token is the key of the next page's first thing.
/// When that is gone meanwhile, the reader has to begin again.
struct KeyPage<Item> {
  let items: [Item]
  let nextToken: String?

  /// Cuts a page out of a list.
  ///
  /// - Throws: `invalid` for a token whose thing is not there.
  init(
    _ all: [Item], token: String?, size: Int, key: (Item) -> String, invalid: @autoclosure () -> AWSError
  ) throws(AWSError) {
    var rest = all[...]
    if let token {
      let name = Data(base64Encoded: token).map { String(decoding: $0, as: UTF8.self) }
      rest = rest.drop { key($0) != name }
      guard !rest.isEmpty else { throw invalid() }
    }
    items = Array(rest.prefix(size))
    nextToken = rest.dropFirst(size).first.map { Data(key($0).utf8).base64EncodedString() }
  }
}
