import Foundation

/// Something that commands list: a header and a row for people, `Encodable` for machines.
protocol Listable: Encodable, Sendable {
  /// The column titles.
  static var header: [String] { get }
  /// The cells, as many as the header has.
  var row: [String] { get }
}

/// A table for people: columns as wide as their widest cell, the last one cut where the terminal ends.
struct Table {
  var header: [String]
  var rows: [[String]]

  init<Item: Listable>(_ items: [Item]) {
    header = Item.header
    rows = items.map(\.row)
  }

  init(header: [String], rows: [[String]]) {
    self.header = header
    self.rows = rows
  }

  /// The table's lines.
  func rendered(on terminal: Terminal) -> String {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      var text = ""
      for (index, cell) in cells.enumerated() {
        let isLast = index == cells.count - 1
        text += isLast ? cell : cell.padding(toLength: widths[index] + 2, withPad: " ", startingAt: 0)
      }
      guard terminal.isInteractive, text.count > terminal.width else { return text }
      return text.prefix(terminal.width - 1) + "…"
    }
    return ([terminal.styled(line(header), .bold)] + rows.map(line)).joined(separator: "\n")
  }
}

/// Prints a list as a table, or as JSON when machines read.
enum Listing {
  static func print<Item: Listable>(_ items: [Item], json: Bool, empty: String) throws {
    if json {
      try JSONOutput.print(items)
    } else if items.isEmpty {
      Console.note(empty)
    } else {
      Console.out(Table(items).rendered(on: .detect(descriptor: 1)))
    }
  }
}

/// Prints values as JSON: sorted keys, ISO 8601 dates, two spaces.
enum JSONOutput {
  static func print(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    Console.out(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}
