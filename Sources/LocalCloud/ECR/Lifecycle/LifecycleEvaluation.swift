import Foundation
import OCIImages

/// What a lifecycle policy expires among the images of a repository.
///
/// All rules look at all images; then, in the order of priority, each marks what it expires. An image that a rule is for
/// is out of reach for the rules after it, whether it was marked or not.
struct LifecycleEvaluation: Sendable {
  /// An image that expires.
  struct Expiry: Sendable, Equatable {
    var image: ImageRecord
    /// The priority of the rule that expires it.
    var rule: Int
  }

  /// What expires, the oldest first.
  let expiries: [Expiry]

  /// - Parameters:
  ///   - images: All images of the repository.
  ///   - day: How long a day of AWS's own lasts, in seconds.
  init(_ policy: LifecyclePolicy, images: [ImageRecord], now: Date, day: Double) {
    // An image in a list goes after its list, and what refers to an image goes with it.
    let listed = Set(images.filter { ImageMediaType.isIndex($0.mediaType) }.flatMap(\.references))
    let candidates = images.filter { $0.subject == nil && !listed.contains($0.digest) }
      .sorted { ($0.pushedAt, $0.digest) > ($1.pushedAt, $1.digest) }
    var claimed: Set<String> = []
    var expiries: [Expiry] = []
    for rule in policy.rules {
      let selected = candidates.filter { rule.selection.contains($0) }
      let expired =
        switch rule.limit {
        case .count(let number): Array(selected.dropFirst(number))
        case .days(let days): selected.filter { now.timeIntervalSince($0.pushedAt) > Double(days) * day }
        }
      expiries += expired.filter { !claimed.contains($0.digest) }.map { Expiry(image: $0, rule: rule.priority) }
      claimed.formUnion(selected.map(\.digest))
    }
    self.expiries = expiries.sorted { ($0.image.pushedAt, $0.image.digest) < ($1.image.pushedAt, $1.image.digest) }
  }
}

extension LifecyclePolicy.Selection {
  fileprivate func contains(_ image: ImageRecord) -> Bool {
    switch self {
    case .any: true
    case .untagged: image.tags.isEmpty
    case .tagged(let patterns):
      patterns.allSatisfy { pattern in image.tags.contains { Wildcard.matches($0, pattern) } }
    }
  }
}

extension ECRState {
  /// Removes what the lifecycle policies of all repositories expire, and what refers to it.
  ///
  /// - Parameter day: How long a day of AWS's own lasts, in seconds.
  mutating func expireImages(at now: Date, day: Double) {
    for repository in repositories.values {
      guard let text = repository.lifecyclePolicy, let policy = try? LifecyclePolicy(text) else { continue }
      let evaluation = LifecycleEvaluation(policy, images: images(of: repository.name), now: now, day: day)
      for expiry in evaluation.expiries { remove(expiry.image) }
      repositories[repository.name]?.lifecyclePolicySetAt = now
    }
  }

  private mutating func remove(_ image: ImageRecord) {
    images[Self.key(image.repository, image.digest)] = nil
    scans[Self.key(image.repository, image.digest)] = nil
    for referrer in referrers(of: image.digest, in: image.repository) { remove(referrer) }
  }
}
