import Foundation

/// The folder that an image is unpacked into. Every path is followed here, component by component, so that no link of
/// the image can lead a later entry out of it.
struct UnpackedTree {
  private let root: URL
  /// What the present layer made, with the folders above: whiteouts hide only what lower layers made.
  private var madeInLayer: Set<[String]> = []
  private var links: Set<[String]> = []

  init(_ root: URL) throws {
    self.root = root
    do {
      try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    } catch {
      throw OCIImageError(.unwritable, "\(root.path) cannot be made: \(error.localizedDescription)")
    }
  }

  mutating func beginLayer() { madeInLayer = [] }

  /// Applies one entry, taking the bytes of a file from the reader.
  mutating func apply(_ entry: TarEntry, from reader: ByteReader) throws {
    let components = try split(entry.path, of: "the entry")
    guard let name = components.last else {
      // The root itself, `./`: nothing to do, but a file cannot be it.
      guard case .directory = entry.kind else {
        throw OCIImageError(.badPath, "the entry '\(entry.path)' names no file")
      }
      return
    }
    let parent = try place(components.dropLast(), making: true)
    if name.hasPrefix(Self.whiteout) {
      if case .file(let size) = entry.kind { try reader.forward(size) { _ in } }
      return try applyWhiteout(name, in: parent)
    }
    let target = parent + [name]
    switch entry.kind {
    case .special: return
    case .directory:
      if kind(target) != S_IFDIR {
        try remove(target)
        try check(mkdir(path(target), 0o755), target)
      }
      // The owner must be able to fill and to remove it.
      try check(chmod(path(target), mode_t(entry.mode & 0o777 | 0o700)), target)
    case .file(let size):
      try remove(target)
      try write(size, to: target, mode: entry.mode & 0o777 | 0o600, from: reader)
    case .symbolicLink(let link):
      let relative = try relativeLink(link, from: parent, entry: entry.path)
      try remove(target)
      try check(symlink(relative, path(target)), target)
      links.insert(target)
    case .hardLink(let link):
      let source = try split(link, of: "the hard link '\(entry.path)' to")
      guard let last = source.last else { throw leaves(entry.path, link) }
      let original = try place(source.dropLast(), making: false) + [last]
      guard original != target else { break }
      guard kind(original) == S_IFREG || kind(original) == S_IFLNK else {
        throw OCIImageError(.corrupt, "the hard link '\(entry.path)' leads to '\(link)', which is not in the image")
      }
      try remove(target)
      try check(linkat(AT_FDCWD, path(original), AT_FDCWD, path(target), 0), target)
      if kind(target) == S_IFLNK { links.insert(target) }
    }
    note(target)
  }

  /// Refuses symbolic links that lead out of the folder through one another.
  func checkLinks() throws {
    for link in links where kind(link) == S_IFLNK { _ = try place(link[...], making: false) }
  }

  // MARK: Paths

  /// The components of a path in the image.
  private func split(_ path: String, of what: String) throws -> [String] {
    let components = path.split(separator: "/").filter { $0 != "." }.map(String.init)
    guard !components.contains("..") else {
      throw OCIImageError(
        .badPath, "\(what) '\(path)' climbs with '..', which no image needs; the image is not unpacked")
    }
    return components
  }

  /// Where a path leads when the links on it are followed, links at its end included.
  ///
  /// - Throws: ``OCIImageError`` when a link climbs above the root, or links go round in circles.
  private func place(_ path: ArraySlice<String>, making: Bool) throws -> [String] {
    var place: [String] = []
    var rest = Array(path.reversed())
    var hops = 0
    while let component = rest.popLast() {
      if component == "." { continue }
      if component == ".." {
        guard place.popLast() != nil else { throw leaves(path.joined(separator: "/"), "above the root") }
        continue
      }
      let next = place + [component]
      switch kind(next) {
      case S_IFLNK:
        hops += 1
        guard hops <= 40 else {
          throw OCIImageError(.linkLeavesRoot, "the links on '\(path.joined(separator: "/"))' go round in circles")
        }
        rest += try readLink(next).split(separator: "/").map(String.init).reversed()
      case S_IFDIR: place = next
      case nil where making:
        try check(mkdir(self.path(next), 0o755), next)
        place = next
      case S_IFREG where making:
        throw OCIImageError(.corrupt, "'\(next.joined(separator: "/"))' is a file, and an entry lies below it")
      // What is not there, and what is below a file, leads nowhere.
      default: place = next
      }
    }
    return place
  }

  /// The text of a link that means inside of the folder what the image means.
  private func relativeLink(_ link: String, from parent: [String], entry: String) throws -> String {
    guard !link.isEmpty else { throw OCIImageError(.corrupt, "the link '\(entry)' leads nowhere") }
    guard link.hasPrefix("/") else {
      guard LinkPath.resolve(link, from: parent) != nil else { throw leaves(entry, link) }
      return link
    }
    guard let target = LinkPath.resolve(link, from: []) else { throw leaves(entry, link) }
    let climb = Array(repeating: "..", count: parent.count)
    let components = climb + target
    return components.isEmpty ? "." : components.joined(separator: "/")
  }

  private func leaves(_ entry: String, _ link: String) -> OCIImageError {
    OCIImageError(
      .linkLeavesRoot, "the link '\(entry)' leads to '\(link)', out of the image; the image is not unpacked")
  }

  private func path(_ components: [String]) -> String {
    components.isEmpty ? root.path : root.path + "/" + components.joined(separator: "/")
  }

  private func kind(_ components: [String]) -> mode_t? {
    var status = stat()
    return lstat(path(components), &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  private func readLink(_ components: [String]) throws -> String {
    do {
      return try FileManager.default.destinationOfSymbolicLink(atPath: path(components))
    } catch {
      throw OCIImageError(.unreadable, "\(path(components)) cannot be read: \(error.localizedDescription)")
    }
  }

  // MARK: Files

  private func write(_ size: Int, to target: [String], mode: Int, from reader: ByteReader) throws {
    let descriptor = open(path(target), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_t(mode))
    try check(descriptor < 0 ? -1 : 0, target)
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    try reader.forward(size) { piece in
      do { try handle.write(contentsOf: piece) } catch {
        throw OCIImageError(.unwritable, "\(path(target)) cannot be written: \(error.localizedDescription)")
      }
    }
    // The mask of this process does not apply to the image's modes.
    try check(fchmod(descriptor, mode_t(mode)), target)
  }

  private func remove(_ target: [String]) throws {
    guard let kind = kind(target) else { return }
    if kind != S_IFDIR { return try check(unlink(path(target)), target) }
    do {
      try FileManager.default.removeItem(atPath: path(target))
    } catch {
      throw OCIImageError(.unwritable, "\(path(target)) cannot be removed: \(error.localizedDescription)")
    }
  }

  private func check(_ result: Int32, _ target: [String]) throws {
    guard result != 0 else { return }
    let code = errno
    throw OCIImageError(
      code == ENAMETOOLONG ? .badPath : .unwritable,
      "\(path(target).prefix(500)) cannot be written: \(String(cString: strerror(code)))")
  }

  // MARK: Whiteouts

  private static let whiteout = ".wh."
  private static let opaque = ".wh..wh..opq"

  private mutating func note(_ target: [String]) {
    var path = target
    while !path.isEmpty, madeInLayer.insert(path).inserted { path.removeLast() }
  }

  private func applyWhiteout(_ name: String, in parent: [String]) throws {
    if name == Self.opaque { return try removeLower(in: parent) }
    let hidden = String(name.dropFirst(Self.whiteout.count))
    // Other names of this kind are marks that aufs leaves.
    guard !hidden.hasPrefix(Self.whiteout) else { return }
    guard !["", ".", ".."].contains(hidden) else {
      throw OCIImageError(.badPath, "the whiteout '\(name)' hides no file")
    }
    let target = parent + [hidden]
    if !madeInLayer.contains(target) {
      try remove(target)
    } else if kind(target) == S_IFDIR {
      try removeLower(in: target)
    }
  }

  private func removeLower(in folder: [String]) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path(folder))) ?? []
    for name in names {
      let target = folder + [name]
      if !madeInLayer.contains(target) {
        try remove(target)
      } else if kind(target) == S_IFDIR {
        try removeLower(in: target)
      }
    }
  }
}
