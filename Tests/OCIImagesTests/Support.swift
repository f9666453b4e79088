import CZlib
import Foundation

@testable import OCIImages

/// A folder of a test, removed after it.
func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("palco-images-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// The error that something throws, when it is one of this module's.
func fault<Result>(_ body: () throws -> Result) throws -> OCIImageError? {
  do {
    _ = try body()
    return nil
  } catch let error as OCIImageError { return error }
}

/// Makes archives, the honest and the hostile ones.
struct Archive {
  var bytes = Data()

  static func of(_ build: (inout Archive) -> Void) -> Data {
    var archive = Archive()
    build(&archive)
    return archive.bytes + Data(count: 1024)
  }

  mutating func file(_ path: String, _ content: String, mode: Int = 0o644) {
    entry(path, type: "0", mode: mode, content: Data(content.utf8))
  }
  mutating func folder(_ path: String, mode: Int = 0o755) { entry(path, type: "5", mode: mode) }
  mutating func link(_ path: String, to target: String) { entry(path, type: "2", link: target) }
  mutating func hardLink(_ path: String, to target: String) { entry(path, type: "1", link: target) }
  mutating func records(_ text: String) { entry("pax", type: "x", content: Data(text.utf8)) }

  mutating func entry(
    _ path: String, type: Character, mode: Int = 0o644, link: String = "", content: Data = Data(), size: Int? = nil
  ) {
    bytes += Tar.header(path, type: type, mode: mode, size: size ?? content.count, link: link)
    bytes += content + Data(count: (512 - content.count % 512) % 512)
  }
}

/// Layers that are unpacked without an image around them.
struct Layers {
  let folder: URL
  private(set) var manifest = ImageManifest(
    config: Descriptor(mediaType: ImageMediaType.configuration, digest: Digest.sha256(Data()), size: 0), layers: [])

  init(_ folder: URL) { self.folder = folder }

  mutating func add(_ bytes: Data, mediaType: String = ImageMediaType.layer, digest: String? = nil) throws {
    let digest = digest ?? Digest.sha256(bytes)
    try bytes.write(to: file(digest))
    manifest.layers.append(Descriptor(mediaType: mediaType, digest: digest, size: bytes.count))
  }

  func file(_ digest: String) -> URL { folder.appendingPathComponent(String(digest.dropFirst(7))) }
  var root: URL { folder.appendingPathComponent("root") }

  func unpack() throws { try ImageUnpacker.unpack(manifest, blobs: file, into: root) }

  func text(_ path: String) -> String? { try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8) }
  func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(root.appendingPathComponent(path).path, &status) == 0
  }
  func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: root.appendingPathComponent(path).path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
  }

  /// Unpacks one archive into a new folder, and says what was refused.
  static func refusal(_ archive: Data) throws -> OCIImageError? {
    try withFolder { folder in
      var layers = Layers(folder)
      try layers.add(archive)
      return try fault { try layers.unpack() }
    }
  }
}

/// A gzip member.
func gzip(_ bytes: Data) -> Data {
  var stream = z_stream()
  deflateInit2_(
    &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  defer { deflateEnd(&stream) }
  var output = Data(count: bytes.count + 4096)
  output.withUnsafeMutableBytes { target in
    bytes.withUnsafeBytes { source in
      stream.next_in = UnsafeMutablePointer(mutating: source.bindMemory(to: UInt8.self).baseAddress)
      stream.avail_in = UInt32(source.count)
      stream.next_out = target.bindMemory(to: UInt8.self).baseAddress
      stream.avail_out = UInt32(target.count)
      deflate(&stream, Z_FINISH)
    }
  }
  return output.prefix(Int(stream.total_out))
}

/// A real program that tests talk to.
enum Counterpart {
  /// Whether to run a test that needs a program: always when the counterparts are required, so that it fails.
  static func isThere(_ program: String) -> Bool {
    ProcessInfo.processInfo.environment["PALCO_REQUIRE_COUNTERPARTS"] == "1" || path(program) != nil
  }

  static func path(_ program: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(program)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  struct Failure: Error { let text: String }

  @discardableResult static func run(_ program: String, _ arguments: String...) throws -> String {
    try run(program, arguments)
  }

  @discardableResult static func run(_ program: String, _ arguments: [String]) throws -> String {
    guard let path = path(program) else { throw Failure(text: "\(program) is not installed") }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(text: "\(program) \(arguments.joined(separator: " ")): \(text)")
    }
    return text
  }
}
