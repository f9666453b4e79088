import Foundation

/// A shell script in the place of a program.
enum Script {
  static func write(_ text: String, to url: URL) throws {
    try Data("#!/bin/sh\n\(text)\n".utf8).write(to: url)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
  }
}
