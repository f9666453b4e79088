extension ScannerExceptions {
  /// The findings that are accepted. A reason says why the resource is right, or what the user can set to change it.
  static let all: [Entry] = [
    // The load balancer is where the internet comes in.
    Entry(.trivy, "AWS-0053", "aws_lb", "main", "The load balancer is open to the internet by purpose: it is the way in."),
    Entry(
      .trivy, "AWS-0107", "aws_vpc_security_group_ingress_rule", "balancer_from_internet_*",
      "The load balancer is open to the internet by purpose: it is the way in."),
    Entry(
      .checkov, "CKV_AWS_260", "aws_vpc_security_group_ingress_rule", "balancer_from_internet_80",
      "Port 80 of the load balancer is open by purpose: it redirects, or is all there is without a domain."),
    Entry(
      .trivy, "AWS-0054", "aws_lb_listener", when: .withoutDomain,
      "Without a domain there is no certificate; set `domain` in palco.yml."),
  ]
}
