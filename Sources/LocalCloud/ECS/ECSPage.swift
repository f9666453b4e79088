import AWSWire
import Foundation

/// One page of a list.
struct ECSPage<Item> {
  var items: [Item]
  var nextToken: String?

  /// Cuts a page out of a list.
  ///
  /// - Parameters:
  ///   - items: Everything, in order.
  ///   - size: How many at most; `limit` is the default and the maximum.
  ///   - key: What names an item. The token names the first item of the next page; when that is gone meanwhile, the
  ///     reader is told to begin again.
  init(_ items: [Item], token: String?, size: Int?, limit: Int = 100, key: (Item) -> String) throws(AWSError) {
    try ECSError.check(size, "maxResults", in: 1...limit)
    var rest = items[...]
    if let token {
      let name = Data(base64Encoded: token).map { String(decoding: $0, as: UTF8.self) }
      rest = rest.drop { key($0) != name }
      guard !rest.isEmpty else { throw ECSError.invalid("Invalid token. Begin again without nextToken.") }
    }
    self.items = Array(rest.prefix(size ?? limit))
    rest = rest.dropFirst(self.items.count)
    nextToken = rest.first.map { Data(key($0).utf8).base64EncodedString() }
  }
}
