import AWSWire

/// One page of a list.
struct ECSPage<Item> {
  var items: [Item]
  var nextToken: String?

  /// Cuts a page out of a list.
  ///
  /// - Parameters:
  ///   - items: Everything, in order.
  ///   - size: How many at most; `limit` is the default and the maximum.
  ///   - key: What names an item.
  init(_ items: [Item], token: String?, size: Int?, limit: Int = 100, key: (Item) -> String) throws(AWSError) {
    try ECSError.check(size, "maxResults", in: 1...limit)
    let page = try KeyPage(
      items, token: token, size: size ?? limit, key: key,
      invalid: ECSError.invalid("Invalid token. Begin again without nextToken."))
    self.items = page.items
    nextToken = page.nextToken
  }
}
