import Foundation

/// The folders in which programs are looked for, as `PATH` lists them.
public struct SearchPath: Sendable, Equatable {
  /// The folders, in order. One that is not absolute would be another one in each working directory, and is left out.
  public let folders: [String]

  /// Reads a list of folders with colons between them.
  ///
  /// - Parameter list: As the variable `PATH` has it; `nil` for none.
  public init(_ list: String?) {
    folders = (list ?? "").split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
  }

  /// The path of the first program of a name; `nil` when there is none that may be run.
  public func program(named name: String) -> String? {
    folders.lazy.map { "\($0)/\(name)" }.first { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
        && FileManager.default.isExecutableFile(atPath: path)
    }
  }
}
