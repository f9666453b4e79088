/// The arithmetic of a rolling deployment: how many tasks may be started and stopped now.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
struct RollingPlan: Sendable, Equatable {
  /// The tasks of one side. Tasks that were asked to stop count no more.
  struct Tasks: Sendable, Equatable {
    /// Running and healthy.
    var healthy = 0
    /// Starting, or running and not judged yet.
    var pending = 0
    /// Running and failing their health checks.
    var unhealthy = 0

    /// All that run or are being started.
    var active: Int { healthy + pending + unhealthy }
  }

  /// What to do now.
  struct Step: Sendable, Equatable {
    /// New tasks of the revision that comes.
    var startIncoming = 0
    /// Unhealthy tasks of the revision that comes.
    var stopIncoming = 0
    /// New tasks of the revision that goes, because too few of it were left to keep the service up.
    var startOutgoing = 0
    /// Tasks of the revision that goes.
    var stopOutgoing = 0
    /// Nothing may be done, and nothing is on its way.
    var isStalled = false
  }

  /// The desired count.
  let desired: Int
  /// The least number of healthy tasks.
  let lower: Int
  /// The greatest number of tasks, running or starting.
  let upper: Int

  init(desired: Int, minimumHealthyPercent: Int, maximumPercent: Int) {
    self.desired = desired
    lower = (desired * minimumHealthyPercent + 99) / 100
    upper = desired * maximumPercent / 100
  }

  /// What may be done now.
  ///
  /// - Parameter replaced: How many tasks of the revision that goes have been replaced by healthy ones: they do not come
  ///   back, even if those that took their places are lost. `nil` when that revision gets no tasks any more.
  func step(incoming: Tasks, outgoing: Tasks, replaced: Int?) -> Step {
    var step = Step()
    let room = max(0, upper - incoming.active - outgoing.active)
    // Tasks that start are no promise: a bad revision's never become healthy.
    let missing = replaced.map { max(0, lower - outgoing.healthy - outgoing.pending - max($0, incoming.healthy)) } ?? 0
    let wanted = max(0, desired - incoming.healthy - incoming.pending)
    step.startOutgoing = min(room, missing)
    step.startIncoming = min(room - step.startOutgoing, wanted)
    // An unhealthy task goes once another one is healthy in its place, or when there is no room for another one.
    let isMoving = step.startIncoming + step.startOutgoing + incoming.pending + outgoing.pending > 0
    let lacking = isMoving ? 0 : missing + wanted
    step.stopIncoming = incoming.healthy >= desired || lacking > 0 ? incoming.unhealthy : 0
    let healthy = incoming.healthy + outgoing.healthy
    if incoming.healthy >= desired {
      step.stopOutgoing = outgoing.active
    } else {
      let needless = min(outgoing.unhealthy, max(lacking, healthy + outgoing.unhealthy - desired, 0))
      let spare = healthy >= lower && step.startOutgoing == 0 ? outgoing.pending + healthy - lower : 0
      step.stopOutgoing = min(outgoing.active, needless + spare)
    }
    step.isStalled =
      step == Step() && incoming.active < desired && incoming.pending == 0 && outgoing.pending == 0
    return step
  }
}
