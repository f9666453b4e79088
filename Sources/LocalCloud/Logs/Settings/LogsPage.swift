import AWSWire
import Foundation

/// One page of a list that is kept in memory.
struct LogsPage<Item> {
  var items: [Item]
  var nextToken: String?

  /// - Parameters:
  ///   - items: Everything, in the order of their names.
  ///   - name: A text that is unique. The token names the last item's, so that a deletion between two pages makes the
  ///     reader miss nothing.
  init(_ items: [Item], token: String?, limit: Int?, maximum: Int = 50, name: (Item) -> String?) throws(AWSError) {
    let size = try LogsError.checkedLimit(limit, maximum: maximum)
    var rest = items.sorted { (name($0) ?? "") < (name($1) ?? "") }[...]
    if let token {
      guard let bytes = Data(base64Encoded: token) else { throw LogsError.invalidToken }
      let last = String(decoding: bytes, as: UTF8.self)
      rest = rest.drop { (name($0) ?? "") <= last }
    }
    self.items = Array(rest.prefix(size))
    nextToken =
      self.items.count < rest.count
      ? self.items.last.map { Data((name($0) ?? "").utf8).base64EncodedString() } : nil
  }
}
