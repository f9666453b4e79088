import AWSWire
import PalcoCore

// Listeners.
extension ELBv2State {
  mutating func create(_ request: ELBv2.CreateListenerRequest, in cloud: CloudContext) throws(AWSError)
    -> ListenerRecord
  {
    let loadBalancer = try loadBalancer(request.loadBalancerArn)
    if loadBalancer.type == "gateway" {
      if request.port != nil { throw ELBv2Error.validation("A port cannot be specified for gateway listeners") }
      if request.protocol != nil { throw ELBv2Error.validation("A protocol cannot be specified for gateway listeners") }
      throw Self.unavailable("gateway")
    }
    guard let port = request.port else { throw ELBv2Error.validation("A listener port must be specified") }
    guard let wire = request.protocol else { throw ELBv2Error.validation("A listener protocol must be specified") }
    try Self.check(port: port, protocol: wire, of: loadBalancer)
    let action = try action(request.defaultActions, of: loadBalancer.arn)
    let tags = try ELBv2Tags.added(request.tags ?? [], to: [:])
    let others = listeners(of: loadBalancer.arn)
    if let existing = others.first(where: { $0.port == port }) {
      // Asking for the same again succeeds.
      guard defaultRule(of: existing)?.action == action, existing.tags == tags else {
        throw Self.duplicate(port, loadBalancer)
      }
      return existing
    }
    guard others.count < 50 else {
      throw AWSError("TooManyListeners", "A load balancer can have at most 50 listeners")
    }
    let record = ListenerRecord(
      arn: loadBalancer.arn.replacing(":loadbalancer/", with: ":listener/") + "/" + cloud.ids.hexadecimal(16),
      sequence: nextSequence, loadBalancerARN: loadBalancer.arn, protocol: wire, port: port, tags: tags)
    listeners[record.arn] = record
    let rule = RuleRecord(
      arn: ruleARN(of: record, in: cloud), sequence: nextSequence, listenerARN: record.arn, priority: nil,
      conditions: [], action: action,
      tags: [:])
    rules[rule.arn] = rule
    return record
  }

  func describe(_ request: ELBv2.DescribeListenersRequest) throws(AWSError) -> ELBv2Page<ListenerRecord> {
    let found: [ListenerRecord]
    if let arns = request.listenerArns, !arns.isEmpty {
      guard arns.allSatisfy({ listeners[$0] != nil }) else {
        throw AWSError("ListenerNotFound", "One or more listeners not found")
      }
      found = Set(arns).compactMap { listeners[$0] }.sorted { $0.sequence < $1.sequence }
    } else {
      guard let arn = request.loadBalancerArn else {
        throw ELBv2Error.validation("You must specify either listener ARNs or a load balancer ARN")
      }
      found = listeners(of: try loadBalancer(arn).arn)
    }
    return try ELBv2Page(found, marker: request.marker, size: request.pageSize, place: \.sequence)
  }

  mutating func modify(_ request: ELBv2.ModifyListenerRequest) throws(AWSError) -> ListenerRecord {
    var record = try listener(request.listenerArn)
    let loadBalancer = try loadBalancer(record.loadBalancerARN)
    record.port = request.port ?? record.port
    record.protocol = request.protocol ?? record.protocol
    try Self.check(port: record.port, protocol: record.protocol, of: loadBalancer)
    guard !listeners(of: loadBalancer.arn).contains(where: { $0.port == record.port && $0.arn != record.arn }) else {
      throw Self.duplicate(record.port, loadBalancer)
    }
    if let actions = request.defaultActions, let rule = defaultRule(of: record) {
      let action = try action(actions, of: loadBalancer.arn)
      rules[rule.arn]?.action = action
    }
    listeners[record.arn] = record
    return record
  }

  mutating func delete(_ request: ELBv2.DeleteListenerRequest) throws(AWSError) {
    remove(try listener(request.listenerArn))
  }

  mutating func modify(_ request: ELBv2.ModifyListenerAttributesRequest) throws(AWSError) -> [ELBv2.Attribute] {
    var record = try listener(request.listenerArn)
    record.attributes = try AttributeCatalog.listener.applying(request.attributes, to: record.attributes)
    listeners[record.arn] = record
    return AttributeCatalog.listener.all(record.attributes)
  }

  /// Removes a listener with its rules.
  mutating func remove(_ listener: ListenerRecord) {
    rules = rules.filter { $0.value.listenerARN != listener.arn }
    listeners[listener.arn] = nil
  }

  func defaultRule(of listener: ListenerRecord) -> RuleRecord? {
    rules.values.first { $0.listenerARN == listener.arn && $0.isDefault }
  }

  /// A new ARN for a rule of a listener.
  func ruleARN(of listener: ListenerRecord, in cloud: CloudContext) -> String {
    listener.arn.replacing(":listener/", with: ":listener-rule/") + "/" + cloud.ids.hexadecimal(16)
  }

  /// A listener as AWS shows it.
  func shape(_ record: ListenerRecord) -> ELBv2.Listener {
    ELBv2.Listener(
      listenerArn: record.arn, loadBalancerArn: record.loadBalancerARN, port: record.port, protocol: record.protocol,
      defaultActions: defaultRule(of: record).map { [$0.action] } ?? [])
  }

  private static func check(
    port: Int, `protocol`: String, of loadBalancer: LoadBalancerRecord
  ) throws(AWSError) {
    try ELBv2Error.check(port, "port", in: 1...65535)
    try ELBv2Error.check(
      `protocol`, "protocol",
      among: ["HTTP", "HTTPS", "UDP", "TCP", "TLS", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"])
    let protocols = loadBalancer.type == nil ? ["HTTP", "HTTPS"] : ["UDP", "TCP", "TLS", "TCP_UDP"]
    guard protocols.contains(`protocol`) else {
      throw ELBv2Error.validation(
        "Listener protocol '\(`protocol`)' must be one of '\(protocols.joined(separator: ", "))'")
    }
    if let type = loadBalancer.type { throw unavailable(type) }
    guard `protocol` == "HTTP" else {
      throw AWSError(
        "UnsupportedProtocol", "HTTPS listeners are not available in this cloud; use protocol HTTP here")
    }
  }

  private static func unavailable(_ type: String) -> AWSError {
    ELBv2Error.configuration(
      "Listeners of load balancers of type '\(type)' are not available in this cloud; use type 'application'")
  }

  private static func duplicate(_ port: Int, _ loadBalancer: LoadBalancerRecord) -> AWSError {
    AWSError(
      "DuplicateListener", "A listener already exists on port \(port) for this load balancer '\(loadBalancer.arn)'")
  }
}
