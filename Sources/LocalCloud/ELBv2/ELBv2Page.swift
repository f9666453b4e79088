import AWSWire

/// One page of a list.
struct ELBv2Page<Item> {
  var items: [Item]
  var nextMarker: String?

  /// Cuts a page out of a list.
  ///
  /// - Parameters:
  ///   - items: Everything, in order.
  ///   - place: Where an item stands in the order. The marker names the place of the last item and not its index, so
  ///     that a deletion between two pages makes the reader miss nothing.
  init(_ items: [Item], marker: String?, size: Int?, place: (Item) -> Int) throws(AWSError) {
    try ELBv2Error.check(size, "pageSize", in: 1...400)
    var rest = items[...]
    if let marker {
      guard let last = Int(marker) else { throw ELBv2Error.validation("The marker '\(marker)' is not valid") }
      rest = rest.drop { place($0) <= last }
    }
    self.items = Array(rest.prefix(size ?? 400))
    nextMarker = self.items.count < rest.count ? self.items.last.map { String(place($0)) } : nil
  }
}
