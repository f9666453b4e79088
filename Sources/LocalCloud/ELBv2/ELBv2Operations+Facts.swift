import AWSWire

// What clients ask about the account, and about certificates, which HTTP listeners have not.
extension ELBv2Service {
  /// AWS's quotas for an account that has asked for no more.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
  private static let limits: [(name: String, maximum: Int)] = [
    ("application-load-balancers", 50), ("target-groups", 3000), ("listeners-per-application-load-balancer", 50),
    ("rules-per-application-load-balancer", 100), ("target-groups-per-application-load-balancer", 100),
    ("targets-per-application-load-balancer", 1000), ("certificates-per-application-load-balancer", 25),
    ("target-groups-per-action-on-application-load-balancer", 5), ("condition-values-per-alb-rule", 5),
    ("condition-wildcards-per-alb-rule", 5),
  ]

  nonisolated func addFacts(to table: inout OperationTable) {
    table.on(ELBv2.DescribeAccountLimitsRequest.self) { _, _ in
      .init(limits: Self.limits.map { .init(name: $0.name, max: String($0.maximum)) })
    }
    table.on(ELBv2.DescribeCapacityReservationRequest.self) { request, _ in
      // Nobody reserves capacity on this machine.
      _ = try await self.state.loadBalancer(request.loadBalancerArn)
      return .init(capacityReservationState: [])
    }
    table.on(ELBv2.DescribeListenerCertificatesRequest.self) { request, _ in
      _ = try await self.state.listener(request.listenerArn)
      return .init(certificates: [])
    }
    table.on(ELBv2.AddListenerCertificatesRequest.self) { request, _ in
      _ = try await self.state.listener(request.listenerArn)
      throw ELBv2Error.validation("A certificate cannot be specified for HTTP listeners")
    }
    table.on(ELBv2.RemoveListenerCertificatesRequest.self) { request, _ in
      _ = try await self.state.listener(request.listenerArn)
      return EmptyResponse()
    }
  }
}
