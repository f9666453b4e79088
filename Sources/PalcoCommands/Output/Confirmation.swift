import Foundation

/// Asks a person for the name of what is about to change.
enum Confirmation {
  /// - Throws: ``CommandError`` with exit code 13 when nobody can be asked, or the answer is another.
  static func ask(_ what: String, name: String) throws {
    guard Terminal.detect(descriptor: 0).isInteractive else {
      throw CommandError(.refused, "'\(name)' is not touched without being asked; add --yes to mean it")
    }
    Console.note("\(what) Type its name to go on:")
    guard readLine()?.trimmingCharacters(in: .whitespaces) == name else {
      throw CommandError(.refused, "not confirmed; nothing was changed")
    }
  }
}
