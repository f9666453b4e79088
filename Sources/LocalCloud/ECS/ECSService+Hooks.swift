import Foundation
import Logging
import PalcoCore

// Invokes the functions of lifecycle hooks.
extension ECSService {
  /// Invokes those of the last pass whose time has come and that are not at work. After a restart, those that were are invoked again.
  func invokeFunctions(in group: inout DiscardingTaskGroup) {
    let now = cloud.time.now()
    for deployment in looked.flatMap({ state.openDeployments(of: $0) }) {
      for run in deployment.machine.hooks.due(at: now) where !invoking.contains(run.id) {
        invoking.insert(run.id)
        group.addTask { await self.invoke(run, of: deployment.arn) }
      }
    }
  }

  private func invoke(_ run: LifecycleHooks.Run, of arn: String) async {
    defer {
      invoking.remove(run.id)
      if let service = state.deployments[arn]?.serviceARN { agenda.touch([service]) }
      wake()
    }
    guard let deployment = state.deployments[arn], let function = deployment.machine.hooks.hooks[run.hook].functionARN
    else { return }
    let answer: HookAnswer
    do {
      let payload = try JSONEncoder().encode(HookEvent(run, of: deployment))
      answer = HookAnswer(try await functions.invoke(function, payload: payload), from: function)
    } catch {
      // The daemon ends; the next one invokes it again.
      if Task.isCancelled { return }
      let reason = (error as? FunctionFailure)?.reason ?? "\(error)"
      logger.notice("a function could not be invoked", metadata: ["function": "\(function)", "reason": "\(reason)"])
      answer = .failed("Lifecycle hook target \(function) could not be invoked: \(reason).")
    }
    let (now, second) = (cloud.time.now(), cloud.interval(seconds: 1))
    await note { state in
      state.deployments[arn]?.machine.answer(function: run.id, answer, second: second, at: now)
    }
  }
}
