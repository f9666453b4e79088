import Foundation

/// One entry of a layer that is being built.
struct LayerEntry {
  enum Kind {
    case directory
    case file(URL, size: Int)
    case data(Data)
    case symbolicLink(target: String)
  }

  /// Relative to the image's root, without a slash at either end.
  var path: String
  var kind: Kind
  var isExecutable = false
}

/// The entries of a layer: files and walked folders with all the folders above them, sorted, each path once.
struct LayerPlan {
  private var byPath: [String: LayerEntry] = [:]

  init(_ files: [ImageFile]) throws {
    for file in files {
      let path = try Self.normalised(file.path)
      switch file.content {
      case .data(let data):
        try add(
          LayerEntry(path: path, kind: .data(data), isExecutable: file.mode & 0o111 != 0), from: "the given bytes")
      case .file(let url):
        let status = try Self.status(url, followingLinks: true)
        switch status.st_mode & S_IFMT {
        case S_IFREG:
          try add(
            LayerEntry(
              path: path, kind: .file(url, size: Int(status.st_size)), isExecutable: file.mode & 0o111 != 0),
            from: url.path)
        case S_IFDIR:
          if !path.isEmpty { try add(LayerEntry(path: path, kind: .directory), from: url.path) }
          try walk(url, to: path, below: [])
        default:
          throw OCIImageError(.unsupported, "\(url.path) is neither a file nor a folder; an image cannot hold it")
        }
      }
    }
  }

  /// By the bytes of their paths, so that a folder comes before what is in it and no locale changes the order.
  var entries: [LayerEntry] {
    byPath.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private mutating func add(_ entry: LayerEntry, from source: String) throws {
    guard !entry.path.isEmpty else {
      throw OCIImageError(.badPath, "\(source) cannot be the image's root; give it a path such as /app/web")
    }
    var parent = ""
    for component in entry.path.split(separator: "/").dropLast() {
      parent += (parent.isEmpty ? "" : "/") + component
      try merge(LayerEntry(path: parent, kind: .directory), from: source)
    }
    try merge(entry, from: source)
  }

  private mutating func merge(_ entry: LayerEntry, from source: String) throws {
    guard let there = byPath[entry.path] else {
      byPath[entry.path] = entry
      return
    }
    if case .directory = there.kind, case .directory = entry.kind { return }
    throw OCIImageError(
      .badPath, "/\(entry.path) is in the image twice, the second time from \(source); give each file one path")
  }

  private mutating func walk(_ folder: URL, to path: String, below: [String]) throws {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    } catch {
      throw OCIImageError(.unreadable, "\(folder.path) cannot be listed: \(error.localizedDescription)")
    }
    for name in names {
      let source = folder.appendingPathComponent(name)
      let target = path.isEmpty ? name : "\(path)/\(name)"
      let status = try Self.status(source, followingLinks: false)
      switch status.st_mode & S_IFMT {
      case S_IFREG:
        try add(
          LayerEntry(
            path: target, kind: .file(source, size: Int(status.st_size)), isExecutable: status.st_mode & 0o111 != 0),
          from: source.path)
      case S_IFDIR:
        try add(LayerEntry(path: target, kind: .directory), from: source.path)
        try walk(source, to: target, below: below + [name])
      case S_IFLNK:
        let link = try FileManager.default.destinationOfSymbolicLink(atPath: source.path)
        guard !link.hasPrefix("/"), LinkPath.resolve(link, from: below) != nil else {
          throw OCIImageError(
            .linkLeavesRoot,
            "\(source.path) links to \(link), which is outside of the folder that goes into the image; "
              + "link inside of it, or copy the file there")
        }
        try add(LayerEntry(path: target, kind: .symbolicLink(target: link)), from: source.path)
      default:
        throw OCIImageError(
          .unsupported, "\(source.path) is a socket, pipe or device, which an image cannot hold; remove it")
      }
    }
  }

  private static func status(_ file: URL, followingLinks: Bool) throws -> stat {
    var status = stat()
    guard (followingLinks ? stat(file.path, &status) : lstat(file.path, &status)) == 0 else {
      throw errno == ENOENT
        ? OCIImageError(.unreadable, "\(file.path) does not exist; build it first, or correct the path")
        : OCIImageError(.unreadable, "\(file.path) cannot be read: \(String(cString: strerror(errno)))")
    }
    return status
  }

  private static func normalised(_ path: String) throws -> String {
    guard path.hasPrefix("/") else {
      throw OCIImageError(.badPath, "the path '\(path)' in the image is not absolute; write it as '/\(path)'")
    }
    guard !path.utf8.contains(0), let components = LinkPath.resolve(String(path.dropFirst()), from: []) else {
      throw OCIImageError(.badPath, "the path '\(path)' leaves the image's root")
    }
    return components.joined(separator: "/")
  }
}

/// Paths as texts, without a look at any file.
enum LinkPath {
  /// The components of a relative path seen from a folder; `nil` when it leads above the root.
  static func resolve(_ path: String, from folder: [String]) -> [String]? {
    var components = folder
    for component in path.split(separator: "/") where component != "." {
      if component == ".." {
        guard components.popLast() != nil else { return nil }
      } else {
        components.append(String(component))
      }
    }
    return components
  }
}
