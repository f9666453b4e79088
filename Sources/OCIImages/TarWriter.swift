import Foundation

/// Writes a POSIX tar (ustar, with PAX records for what does not fit) and its digest, in one pass.
struct TarWriter {
  private let file: URL
  private let handle: FileHandle
  private var hasher = Digest.Hasher()
  private var size = 0

  init(_ file: URL) throws {
    self.file = file
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw OCIImageError(.unwritable, "\(file.path) cannot be written: \(String(cString: strerror(errno)))")
    }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  mutating func append(_ entry: LayerEntry) throws {
    switch entry.kind {
    case .directory:
      try header(entry.path + "/", type: "5", mode: 0o755)
    case .symbolicLink(let target):
      try header(entry.path, type: "2", mode: 0o777, link: target)
    case .data(let data):
      try header(entry.path, type: "0", mode: entry.isExecutable ? 0o755 : 0o644, size: data.count)
      try write(data)
      try pad()
    case .file(let source, let size):
      try header(entry.path, type: "0", mode: entry.isExecutable ? 0o755 : 0o644, size: size)
      let reader = try FileSource(source)
      var rest = size
      while let chunk = try reader.next() {
        rest -= chunk.count
        guard rest >= 0 else { break }
        try write(chunk)
      }
      guard rest == 0 else {
        throw OCIImageError(.changed, "\(source.path) changed while it was read; build the image when it is complete")
      }
      try pad()
    }
  }

  /// Ends the archive.
  mutating func finish() throws -> (digest: String, size: Int) {
    try write(Data(count: 2 * Tar.blockSize))
    do { try handle.close() } catch { throw unwritable(error) }
    return (hasher.finish(), size)
  }

  private mutating func header(_ path: String, type: Character, mode: Int, size: Int = 0, link: String = "") throws {
    var records = ""
    if path.utf8.count > 100 { records += Tar.record("path", path) }
    if link.utf8.count > 100 { records += Tar.record("linkpath", link) }
    if size > Tar.largestOctalSize { records += Tar.record("size", String(size)) }
    if !records.isEmpty {
      let bytes = Data(records.utf8)
      try write(Tar.header("pax", type: "x", mode: 0o644, size: bytes.count))
      try write(bytes)
      try pad()
    }
    try write(Tar.header(path, type: type, mode: mode, size: size, link: link))
  }

  private mutating func pad() throws {
    let rest = size % Tar.blockSize
    if rest > 0 { try write(Data(count: Tar.blockSize - rest)) }
  }

  private mutating func write(_ bytes: Data) throws {
    do { try handle.write(contentsOf: bytes) } catch { throw unwritable(error) }
    hasher.update(bytes)
    size += bytes.count
  }

  private func unwritable(_ error: any Error) -> OCIImageError {
    OCIImageError(.unwritable, "\(file.path) cannot be written: \(error.localizedDescription)")
  }
}
