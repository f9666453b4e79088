import AWSWire

/// A filter of `DescribeParameters` and `GetParametersByPath`.
///
/// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html
struct ParameterFilter: Sendable {
  private let key: String
  private let option: String
  private let values: [String]

  /// - Throws: ``AWSError`` for a key or an option that there is not.
  init(_ filter: SSM.ParameterStringFilter) throws(AWSError) {
    let key = filter.key ?? ""
    guard ["Name", "Type", "Path", "DataType", "Tier", "KeyId"].contains(key) || key.hasPrefix("tag:") else {
      throw SSMError.filterKey
    }
    let option = filter.option ?? (key == "Path" ? "OneLevel" : "Equals")
    let options =
      key == "Path"
      ? ["OneLevel", "Recursive"] : key == "Name" ? ["Equals", "BeginsWith", "Contains"] : ["Equals", "BeginsWith"]
    guard options.contains(option) else { throw SSMError.filterOption }
    self.key = key
    self.option = option
    values = filter.values ?? []
  }

  func matches(_ record: ParameterRecord) -> Bool {
    let last = record.versions.last
    let candidates: [String] =
      switch key {
      case "Path": []
      case "Name": [record.name]
      case "Type": [record.type]
      case "DataType": [last?.dataType ?? ""]
      case "Tier": [last?.tier ?? ""]
      case "KeyId": [last?.keyID].compactMap { $0 }
      default: record.tags.filter { $0.key == String(key.dropFirst(4)) }.map { $0.value ?? "" }
      }
    // A tag without values only needs to be there.
    if key.hasPrefix("tag:"), values.isEmpty { return !candidates.isEmpty }
    return values.contains { value in
      switch option {
      case "OneLevel", "Recursive": Self.isBelow(record.name, value, isRecursive: option == "Recursive")
      case "BeginsWith": candidates.contains { $0.hasPrefix(value) }
      case "Contains": candidates.contains { $0.contains(value) }
      default: candidates.contains(value) || key == "Name" && candidates.contains("/" + value)
      }
    }
  }

  /// Whether a name is below a path, directly or on any level.
  static func isBelow(_ name: String, _ path: String, isRecursive: Bool) -> Bool {
    let prefix = path.hasSuffix("/") ? path : path + "/"
    // At the root are the names without a level, too.
    guard name.hasPrefix(prefix) || path == "/" && !name.contains("/") else { return false }
    return isRecursive || !name.dropFirst(name.hasPrefix(prefix) ? prefix.count : 0).contains("/")
  }
}
