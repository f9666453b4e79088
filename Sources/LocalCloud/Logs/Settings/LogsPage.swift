import AWSWire

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
    let page = try NamePage(
      items.sorted { (name($0) ?? "") < (name($1) ?? "") }, token: token, size: size, name: { name($0) ?? "" },
      invalid: LogsError.invalidToken)
    self.items = page.items
    nextToken = page.nextToken
  }
}
