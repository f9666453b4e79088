import AWSWire

/// What CloudWatch Logs remembers besides groups and their events, as a value.
struct LogsSettings: Sendable {
  /// By group and name: ``key(_:_:)``.
  var metricFilters = RecordTable<Logs.MetricFilter>()
  /// By name.
  var resourcePolicies = RecordTable<Logs.ResourcePolicy>()
  /// By name.
  var destinations = RecordTable<DestinationRecord>()
  /// By name.
  var deliveryDestinations = RecordTable<DeliveryDestinationRecord>()
  /// By name.
  var deliverySources = RecordTable<Logs.DeliverySource>()
  /// By identifier.
  var deliveries = RecordTable<Logs.Delivery>()

  init() {}

  /// A filter of a group. Neither name can hold a colon.
  static func key(_ group: String, _ filter: String) -> String { group + ":" + filter }

  /// The metric filters of a group, by name.
  func metricFilters(of group: String) -> [Logs.MetricFilter] {
    metricFilters.values.values.filter { $0.logGroupName == group }
      .sorted { ($0.filterName ?? "") < ($1.filterName ?? "") }
  }

  /// Removes what belongs to a group.
  mutating func removeGroup(_ group: String) {
    for filter in metricFilters(of: group) { metricFilters[Self.key(group, filter.filterName ?? "")] = nil }
  }

  mutating func removeAll() {
    metricFilters.removeAll()
    resourcePolicies.removeAll()
    destinations.removeAll()
    deliveryDestinations.removeAll()
    deliverySources.removeAll()
    deliveries.removeAll()
  }

  mutating func written() {
    metricFilters.written()
    resourcePolicies.written()
    destinations.written()
    deliveryDestinations.written()
    deliverySources.written()
    deliveries.written()
  }
}

/// A destination, with what AWS shows of it elsewhere.
struct DestinationRecord: Codable, Sendable, Equatable {
  var shape: Logs.Destination
  var tags: [String: String]
}

/// A delivery destination and its policy.
struct DeliveryDestinationRecord: Codable, Sendable, Equatable {
  var shape: Logs.DeliveryDestination
  var policy: String?
}

/// The records of ``LogsSettings`` in the cloud's store, one row a thing.
struct LogsSettingsRecords: Sendable {
  private let metricFilters: Records<Logs.MetricFilter>
  private let resourcePolicies: Records<Logs.ResourcePolicy>
  private let destinations: Records<DestinationRecord>
  private let deliveryDestinations: Records<DeliveryDestinationRecord>
  private let deliverySources: Records<Logs.DeliverySource>
  private let deliveries: Records<Logs.Delivery>

  init(_ store: Store) {
    metricFilters = store.records("logs.metric-filter")
    resourcePolicies = store.records("logs.resource-policy")
    destinations = store.records("logs.destination")
    deliveryDestinations = store.records("logs.delivery-destination")
    deliverySources = store.records("logs.delivery-source")
    deliveries = store.records("logs.delivery")
  }

  /// What was written last.
  func settings() async throws -> LogsSettings {
    func all<Value>(_ records: Records<Value>) async throws -> RecordTable<Value> {
      RecordTable(Dictionary(uniqueKeysWithValues: try await records.all().map { ($0.key, $0.value) }))
    }
    var settings = LogsSettings()
    settings.metricFilters = try await all(metricFilters)
    settings.resourcePolicies = try await all(resourcePolicies)
    settings.destinations = try await all(destinations)
    settings.deliveryDestinations = try await all(deliveryDestinations)
    settings.deliverySources = try await all(deliverySources)
    settings.deliveries = try await all(deliveries)
    return settings
  }

  /// The changes to write.
  func changes(of settings: LogsSettings) throws -> [RecordChange] {
    var changes = try settings.metricFilters.changes(in: metricFilters)
    changes += try settings.resourcePolicies.changes(in: resourcePolicies)
    changes += try settings.destinations.changes(in: destinations)
    changes += try settings.deliveryDestinations.changes(in: deliveryDestinations)
    changes += try settings.deliverySources.changes(in: deliverySources)
    changes += try settings.deliveries.changes(in: deliveries)
    return changes
  }
}
