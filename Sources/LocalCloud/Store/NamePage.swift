import AWSWire
import Foundation

/// A page of things that are in the order of their names or places; the token is that of the last thing of the page
/// before, so that a deletion between two pages makes the reader miss nothing.
struct NamePage<Item> {
  let items: [Item]
  let nextToken: String?

  /// Cuts a page out of a list that is in order.
  ///
  /// - Throws: `invalid` for a token that no page gave.
  init<Name: Comparable & LosslessStringConvertible>(
    _ all: [Item], token: String?, size: Int, isDescending: Bool = false, name: (Item) -> Name,
    invalid: @autoclosure () -> AWSError
  ) throws(AWSError) {
    var rest = all[...]
    if let token {
      guard let data = Data(base64Encoded: token), let last = String(data: data, encoding: .utf8).flatMap(Name.init)
      else { throw invalid() }
      rest = rest.drop { isDescending ? name($0) >= last : name($0) <= last }
    }
    items = Array(rest.prefix(size))
    nextToken = rest.count > size ? items.last.map { Data(name($0).description.utf8).base64EncodedString() } : nil
  }
}
