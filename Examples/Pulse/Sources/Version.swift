import Foundation

/// Which Pulse this is: what it is called, and the colour that shows it.
enum Version {
  /// The version of a build that nobody named.
  static let unknown = "dev"

  /// The first line of the file `VERSION` beside the program or in the working directory.
  static func read() -> String {
    let besideProgram = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    for folder in [besideProgram, here].compactMap({ $0 }) {
      guard let text = try? String(contentsOf: folder.appendingPathComponent("VERSION"), encoding: .utf8) else {
        continue
      }
      let line = text.split(whereSeparator: \.isNewline).first?.trimmingCharacters(in: .whitespaces) ?? ""
      if !line.isEmpty { return line }
    }
    return unknown
  }

  /// A hue from 0 to 359, always the same for a version, and far from that of the next one.
  static func hue(of version: String) -> Int {
    // Neighbours such as v1 and v2 differ by one here, and the golden angle (137.5 degrees) then parts them.
    let number = version.utf8.reduce(UInt32(0)) { $0 &* 31 &+ UInt32($1) }
    return Int((Double(number) * 137.508).truncatingRemainder(dividingBy: 360))
  }

  /// A CSS colour that is dark enough for white text.
  static func colour(of version: String) -> String { "hsl(\(hue(of: version)) 60% 32%)" }
}
