/// The control side of the data path. The implementation replaces the `fatalError`-free skeleton below:
/// this file fixes the names that the local cloud's ELBv2 service calls.
///
///     public actor LoadBalancer {
///       public init(eventLoopGroup: any EventLoopGroup, time: TimeSource = .live, logger: Logger)
///
///       /// Adds or changes a target group. Never fails a request in flight or a new one.
///       public func setTargetGroup(_ configuration: TargetGroupConfiguration)
///       public func removeTargetGroup(_ id: String)
///       /// Registering again is no error; a draining target that is registered again is revived.
///       public func register(_ targets: [TargetAddress], in targetGroupID: String)
///       /// Stops new requests at once; gone after the in-flight ones ended or the deregistration delay.
///       public func deregister(_ targets: [TargetAddress], from targetGroupID: String)
///       public func health(of targetGroupID: String) -> [TargetHealth]   // address, state, reason, description
///
///       /// Opens a listener and returns its bound port. Throws `LoadBalancingError.addressInUse(host, port)` and so on.
///       @discardableResult public func open(_ listener: ListenerConfiguration) async throws -> Int
///       /// Swaps rules atomically; host and port stay. Returns once new requests on every loop follow.
///       public func setRules(_ rules: [ListenerRule], idleTimeout: Duration?, ofListener id: String) async
///       /// Stops accepting, lets requests in flight finish (up to `grace`), then closes.
///       public func close(listener id: String, grace: Duration) async
///
///       /// Counters since start, per listener and per target group (requests, 2xx…5xx of targets, the balancer's own
///       /// 4xx/5xx, in flight, bytes, response time histogram).
///       public func statistics() -> LoadBalancerStatistics
///       public func shutdown(grace: Duration) async
///     }
enum PlannedLoadBalancer {}
