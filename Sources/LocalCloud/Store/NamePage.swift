import AWSWire
import Foundation

/// A page of things in the order of their names; the token is the last name of the page before.
struct NamePage<Item> {
  let items: [Item]
  let nextToken: String?

  /// Cuts a page out of a list that is in order.
  ///
  /// - Throws: `invalid` for a token that no page gave.
  init(
    _ all: [Item], token: String?, size: Int, isDescending: Bool = false, name: (Item) -> String,
    invalid: @autoclosure () -> AWSError
  ) throws(AWSError) {
    var rest = all[...]
    if let token {
      guard let data = Data(base64Encoded: token), let last = String(data: data, encoding: .utf8) else {
        throw invalid()
      }
      rest = rest.drop { isDescending ? name($0) >= last : name($0) <= last }
    }
    items = Array(rest.prefix(size))
    nextToken = rest.count > size ? items.last.map { Data(name($0).utf8).base64EncodedString() } : nil
  }
}
