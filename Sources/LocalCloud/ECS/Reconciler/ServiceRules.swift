import AWSWire

/// The listener rules that a service shifts traffic with, as they were seen.
///
/// Colours alternate: the live target group is the one that the production rule forwards to when a deployment starts.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html
struct ServiceRules {
  /// One load balancer of the service.
  private struct Entry {
    var primary: String
    var alternate: String
    var productionRule: String
    var testRule: String?
    var production: RuleView?
    var test: RuleView?

    var groups: [String] { [primary, alternate] }

    func other(than group: String) -> String { group == primary ? alternate : primary }
  }

  private let entries: [Entry]

  init(_ loadBalancers: [ECS.LoadBalancer], seen rules: [String: RuleView]) {
    entries = loadBalancers.compactMap { balancer in
      guard let primary = balancer.targetGroupArn, let advanced = balancer.advancedConfiguration,
        let alternate = advanced.alternateTargetGroupArn, let rule = advanced.productionListenerRule
      else { return nil }
      return Entry(
        primary: primary, alternate: alternate, productionRule: rule, testRule: advanced.testListenerRule,
        production: rules[rule], test: advanced.testListenerRule.flatMap { rules[$0] })
    }
  }

  /// The rules' ARNs, to look at.
  static func ruleARNs(_ loadBalancers: [ECS.LoadBalancer]) -> [String] {
    loadBalancers.compactMap(\.advancedConfiguration).flatMap {
      [$0.productionListenerRule, $0.testListenerRule].compactMap(\.self)
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// The group that serves, for each load balancer; `nil` when that cannot be said of one.
  var liveGroups: [String]? {
    var groups: [String] = []
    for entry in entries {
      let serving = (entry.production?.weights ?? []).filter { $0.weight > 0 }
      guard serving.count == 1, entry.groups.contains(serving[0].targetGroupARN) else { return nil }
      groups.append(serving[0].targetGroupARN)
    }
    return groups.isEmpty ? nil : groups
  }

  func otherGroups(than live: [String]) -> [String] {
    zip(entries, live).map { $0.other(than: $1) }
  }

  /// What makes a deployment impossible at any time.
  var fault: String? {
    for entry in entries {
      if entry.production == nil { return "productionListenerRule \(entry.productionRule) was not found." }
      if let rule = entry.testRule, entry.test == nil { return "testListenerRule \(rule) was not found." }
    }
    return nil
  }

  /// What makes the start of a deployment impossible.
  ///
  /// - Parameter maySplit: Whether traffic may be on both sides, as a superseded release leaves it.
  func faultAtStart(maySplit: Bool) -> String? {
    if let fault { return fault }
    for entry in entries {
      let weights = entry.production?.weights ?? []
      let associated = Set((weights + (entry.test?.weights ?? [])).map(\.targetGroupARN))
      guard associated.isSuperset(of: entry.groups) else {
        return "Both targetGroup and alternateTargetGroup must be associated with the productionListenerRule or "
          + "testListenerRule."
      }
      if let stranger = weights.first(where: { !entry.groups.contains($0.targetGroupARN) }) {
        return "Production listener rule is forwarding traffic to unexpected target group \(stranger.targetGroupARN)."
      }
      let serving = weights.filter { $0.weight > 0 }
      guard serving.count == 1 || maySplit && serving.count == 2 else {
        return "productionListenerRule \(entry.productionRule) should have exactly one target group serving traffic "
          + "but found \(serving.count)."
      }
    }
    return nil
  }

  /// The share of production traffic that goes to a revision's groups, in percent; `nil` without rules.
  func productionShare(of groups: [String]) -> Double? { share(of: groups, \.production) }

  /// The share of test traffic that goes to a revision's groups, in percent; `nil` without test rules.
  func testShare(of groups: [String]) -> Double? { share(of: groups, \.test) }

  private func share(of groups: [String], _ rule: KeyPath<Entry, RuleView?>) -> Double? {
    let shares = zip(entries, groups).compactMap { entry, group -> Double? in
      guard let weights = entry[keyPath: rule]?.weights else { return nil }
      let sum = weights.reduce(0) { $0 + $1.weight }
      // Forwarding to nothing is no share that anything could wait for.
      guard sum > 0 else { return -1 }
      return TrafficShift.tenths(
        Double(weights.first { $0.targetGroupARN == group }?.weight ?? 0) / Double(sum) * 100)
    }
    guard let first = shares.first else { return nil }
    return shares.allSatisfy { $0 == first } ? first : -1
  }

  /// What gives a revision's groups their share of production traffic.
  func productionWeights(_ share: Double, for groups: [String]) -> [(rule: String, weights: [TargetGroupWeight])] {
    zip(entries, groups).map { ($0.productionRule, weights($0, share, $1)) }
  }

  /// What gives a revision's groups their share of test traffic.
  func testWeights(_ share: Double, for groups: [String]) -> [(rule: String, weights: [TargetGroupWeight])] {
    zip(entries, groups).compactMap { entry, group in
      entry.testRule.map { ($0, weights(entry, share, group)) }
    }
  }

  /// Weights are whole numbers up to 999: percents, or tenths of them when the share has some.
  private func weights(_ entry: Entry, _ share: Double, _ group: String) -> [TargetGroupWeight] {
    let scale = share == share.rounded() ? 1.0 : 10.0
    return entry.groups.map {
      TargetGroupWeight(targetGroupARN: $0, weight: Int((($0 == group ? share : 100 - share) * scale).rounded()))
    }
  }
}
