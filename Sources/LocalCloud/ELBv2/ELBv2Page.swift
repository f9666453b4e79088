import AWSWire

/// One page of a list.
struct ELBv2Page<Item> {
  var items: [Item]
  var nextMarker: String?

  /// Cuts a page out of a list.
  ///
  /// - Parameters:
  ///   - items: Everything, in order.
  ///   - place: Where an item stands in the order.
  init(_ items: [Item], marker: String?, size: Int?, place: (Item) -> Int) throws(AWSError) {
    try ELBv2Error.check(size, "pageSize", in: 1...400)
    let page = try NamePage(
      items, token: marker, size: size ?? 400, name: place,
      invalid: ELBv2Error.validation("The marker '\(marker ?? "")' is not valid"))
    self.items = page.items
    nextMarker = page.nextToken
  }
}
