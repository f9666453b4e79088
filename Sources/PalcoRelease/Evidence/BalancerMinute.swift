import PalcoReliability

/// What a load balancer's metrics say of two target groups in one period, and what that is in requests and failures.
///
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
struct BalancerMinute: Sendable, Equatable {
  /// One target group.
  struct Group: Sendable, Equatable {
    /// Requests for which a target was chosen (`RequestCount`).
    var requests = 0
    /// Answers of the targets with 5xx.
    var targetErrors = 0
    /// Connections that targets refused or broke.
    var connectionErrors = 0
    /// Targets that do not answer their health checks.
    var unhealthy = 0
    /// Answers whose time was taken.
    var timed = 0
    /// How many of them came within each bound of the buckets, in percent.
    var ranks: [Double] = []

    /// The timed answers per bucket; not cumulative.
    var latency: [Int] {
      var counts: [Int] = []
      var before = 0
      for rank in ranks {
        // Rounding may not let a bucket have less than none.
        let within = min(timed, max(before, Int((Double(timed) * rank / 100).rounded())))
        counts.append(within - before)
        before = within
      }
      return counts + [timed - before]
    }
  }

  var blue = Group()
  var green = Group()
  /// Answers with 5xx that the load balancer gave itself; it does not say for which group.
  var ownErrors = 0

  /// Both colours' counts.
  ///
  /// Connection errors are failures, and each made an answer of the load balancer's own. Its other ones (no target,
  /// time-outs) belong to the colour that has targets which do not answer. Where both have, or none, they are divided as
  /// the requests are: an incident of both must be evidence against neither.
  func counts(latency: Bool) -> (blue: RevisionCounts, green: RevisionCounts) {
    let rest = max(0, ownErrors - blue.connectionErrors - green.connectionErrors)
    let greens =
      switch (isSuspect(blue), isSuspect(green)) {
      case (false, true): rest
      case (true, false): 0
      default:
        blue.requests + green.requests > 0
          ? Int((Double(rest) * Double(green.requests) / Double(blue.requests + green.requests)).rounded()) : 0
      }
    return (counts(blue, own: rest - greens, latency), counts(green, own: greens, latency))
  }

  private func isSuspect(_ group: Group) -> Bool { group.requests > 0 && group.unhealthy > 0 }

  private func counts(_ group: Group, own: Int, _ latency: Bool) -> RevisionCounts {
    let bad = group.targetErrors + group.connectionErrors + own
    // A request without a target is no request of a group's.
    let events = EventCounts(bad: bad, total: max(group.requests, bad)) ?? .none
    return RevisionCounts(errors: events, latency: latency ? group.latency : [])
  }
}
