/// One value of a message on its way out, in the four forms that the Query protocol knows.
///
/// `Encodable` values are written into nodes once; ``QueryForm`` and ``XMLWriter`` then spell the nodes as a form or as
/// XML. A reference type, because the containers of an `Encoder` fill their part after handing out others.
final class QueryNode {
  enum Content {
    case nothing
    case text(String)
    case structure([(name: String, value: QueryNode)])
    case list([QueryNode])
    case map([(key: String, value: QueryNode)])
  }

  var content: Content

  init(_ content: Content = .nothing) {
    self.content = content
  }

  /// Adds a member to a structure, or an entry to a map.
  func add(_ name: String) -> QueryNode {
    let child = QueryNode()
    switch content {
    case .map(var entries):
      content = .nothing  // gives the array up, so that appending copies nothing
      entries.append((name, child))
      content = .map(entries)
    case .structure(var members):
      content = .nothing
      members.append((name, child))
      content = .structure(members)
    default: content = .structure([(name, child)])
    }
    return child
  }

  /// Adds an item to a list.
  func append() -> QueryNode {
    let child = QueryNode()
    if case .list(var items) = content {
      content = .nothing
      items.append(child)
      content = .list(items)
    } else {
      content = .list([child])
    }
    return child
  }

  var itemCount: Int {
    if case .list(let items) = content { items.count } else { 0 }
  }
}
