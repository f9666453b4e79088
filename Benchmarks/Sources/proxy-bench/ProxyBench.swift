import Foundation
import LoadBalancing
import Logging
import NIOPosix

/// A load balancer before two targets, 127.0.0.1:18081 with weight 90 and 127.0.0.1:18082 with weight 10, with
/// everything on that the local cloud has on.
///
///     proxy-bench [PORT]
@main
struct ProxyBench {
  static func main() async throws {
    let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 18200
    // The peers run with one worker or thread, so this does too.
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let balancer = LoadBalancer(eventLoopGroup: group, logger: Logger(label: "proxy-bench"))
    for (id, target) in [("blue", 18081), ("green", 18082)] {
      let check = HealthCheckConfiguration(interval: .seconds(5))
      await balancer.setTargetGroup(TargetGroupConfiguration(id: id, healthCheck: check))
      await balancer.register([TargetAddress(host: "127.0.0.1", port: target)], in: id)
    }
    let parts = [
      WeightedTargetGroup(targetGroupID: "blue", weight: 90), WeightedTargetGroup(targetGroupID: "green", weight: 10),
    ]
    try await balancer.open(
      ListenerConfiguration(
        id: "bench", host: "127.0.0.1", port: port,
        rules: [
          ListenerRule(
            id: "redirect", conditions: [.pathPattern(["/old/*"])],
            action: .redirect(RedirectAction(status: 301, path: "/new"))),
          ListenerRule(id: "default", action: .forward(parts, stickiness: nil)),
        ]))
    // Not `print`, which keeps the line to itself when nobody sits at a terminal.
    FileHandle.standardOutput.write(Data("ready on 127.0.0.1:\(port)\n".utf8))
    try await Task.sleep(for: .seconds(86400))
  }
}
