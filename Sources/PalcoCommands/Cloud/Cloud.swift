import ArgumentParser

/// `palco cloud`: the local cloud's daemon.
struct Cloud: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the local cloud: ECS, ELB, ECR, Logs and STS on this machine.",
    discussion: """
      The local cloud answers unmodified AWS clients on one port of 127.0.0.1, runs tasks as processes and balances \
      their traffic. All it knows is in one folder.

        palco cloud start
        export AWS_ENDPOINT_URL=http://127.0.0.1:4650 AWS_ACCESS_KEY_ID=palco AWS_SECRET_ACCESS_KEY=palco
        aws ecs list-clusters
        palco cloud stop
      """,
    subcommands: [CloudRun.self, CloudStart.self, CloudStop.self, CloudStatus.self])
}
