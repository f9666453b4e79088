/// How a watcher of a deployment (circuit breaker, alarms) stands.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeploymentCircuitBreaker.html
enum MonitorStatus: String, Sendable {
  case disabled = "DISABLED"
  case monitoring = "MONITORING"
  case monitoringComplete = "MONITORING_COMPLETE"
  case triggered = "TRIGGERED"
}
