import PalcoBlueprint

extension EnvironmentTerraform {
  func network() -> TerraformFile {
    var blocks = [vpc(), defaultSecurityGroup()]
    blocks += aws.network.subnets.map(subnet)
    blocks.append(
      resource(Addresses.internetGateway) {
        set("vpc_id", Addresses.vpc.id)
        tagged("")
      })
    blocks += nat()
    blocks += publicRouting() + privateRouting() + dataRouting()
    if aws.network.flowLogs { blocks.append(flowLog()) }
    return TerraformFile(
      "network",
      comment:
        "A VPC of \(aws.network.zones) zones: public subnets for the load balancer, private ones for tasks, data "
        + "subnets for databases.",
      blocks: blocks)
  }

  private func vpc() -> TerraformBlock {
    resource(Addresses.vpc) {
      set("cidr_block", .text(aws.network.cidr.description))
      set("enable_dns_support", true)
      set("enable_dns_hostnames", true, why: "Interface endpoints answer under the services' own names.")
      tagged("")
    }
  }

  private func defaultSecurityGroup() -> TerraformBlock {
    resource(
      TerraformAddress("aws_default_security_group", "main"),
      why: "The group that AWS makes by itself, without the rules that it comes with: nothing uses it."
    ) {
      set("vpc_id", Addresses.vpc.id)
      tagged("default-unused")
    }
  }

  private func subnet(_ subnet: AWSInfrastructure.Subnet) -> TerraformBlock {
    resource(Addresses.subnet(subnet.tier, subnet.zone)) {
      set("vpc_id", Addresses.vpc.id)
      set("availability_zone", zoneName(subnet.zone))
      set("cidr_block", .text(subnet.cidr.description))
      set("map_public_ip_on_launch", false)
      tagged("\(subnet.tier.rawValue)-\(Self.letter(subnet.zone))")
    }
  }

  // MARK: Out of private subnets

  /// The zones that have a NAT gateway.
  private var gatewayZones: [Int] {
    switch aws.network.nat {
    case .gatewayPerZone: Array(zones)
    case .gateway: [0]
    case .instance, .none: []
    }
  }

  private func nat() -> [TerraformBlock] {
    var blocks: [TerraformBlock] = []
    for zone in gatewayZones {
      let letter = Self.letter(zone)
      let address = TerraformAddress("aws_eip", "nat_\(letter)")
      blocks.append(
        resource(address) {
          set("domain", "vpc")
          tagged("nat-\(letter)")
          depends(on: [Addresses.internetGateway])
        })
      blocks.append(
        resource(Addresses.natGateway(zone)) {
          set("allocation_id", address.id)
          set("subnet_id", Addresses.subnet(.public, zone).id)
          tagged(letter)
          depends(on: [Addresses.internetGateway])
        })
    }
    if aws.network.nat == .instance { blocks += natInstance() }
    return blocks
  }

  private func natInstance() -> [TerraformBlock] {
    [
      local("nat_user_data", Self.natScript),
      resource(
        Addresses.natInstance,
        why:
          "Translates addresses for private subnets at a tenth of a NAT gateway's price. It is one machine: while it "
          + "is replaced, nothing gets out."
      ) {
        hostBasics(
          type: "t4g.nano", subnet: Addresses.subnet(.public, 0), group: .natInstance,
          profile: Addresses.hostProfile, diskGiB: 8)
        set("source_dest_check", false, why: "It forwards what is addressed to others.")
        set("user_data", .local("nat_user_data"))
        set("user_data_replace_on_change", true)
        tagged("nat")
        ignoring(["ami"], why: "A newer image is no reason to interrupt everybody; replace the instance when it suits.")
      },
      resource(TerraformAddress("aws_eip", "nat")) {
        set("domain", "vpc")
        set("instance", Addresses.natInstance.id)
        tagged("nat")
        depends(on: [Addresses.internetGateway])
      },
    ]
  }

  /// Amazon Linux forwards and masquerades; what is set survives a reboot. The instance starts before it has its
  /// public address, so it tries until it gets out.
  private static let natScript = TerraformValue.text(
    """
    #!/bin/bash
    set -euo pipefail
    until dnf install --assumeyes iptables-services; do sleep 5; done
    echo net.ipv4.ip_forward=1 > /etc/sysctl.d/90-nat.conf
    sysctl --load=/etc/sysctl.d/90-nat.conf
    interface=$(ip -o -4 route show default | awk '{ print $5; exit }')
    iptables --flush FORWARD
    iptables --table nat --append POSTROUTING --out-interface "$interface" --jump MASQUERADE
    iptables-save > /etc/sysconfig/iptables
    systemctl enable --now iptables

    """
  ).asDocument

  // MARK: Routes

  private func publicRouting() -> [TerraformBlock] {
    routeTable(Addresses.publicRoutes, "public")
      + [
        resource(TerraformAddress("aws_route", "public_internet")) {
          set("route_table_id", Addresses.publicRoutes.id)
          set("destination_cidr_block", "0.0.0.0/0")
          set("gateway_id", Addresses.internetGateway.id)
        }
      ] + zones.map { association(.public, $0, with: Addresses.publicRoutes) }
  }

  private func privateRouting() -> [TerraformBlock] {
    zones.flatMap { zone -> [TerraformBlock] in
      let table = Addresses.privateRoutes(zone)
      var blocks = routeTable(table, "private-\(Self.letter(zone))")
      if let route = internetRoute("private_\(Self.letter(zone))", table: table, zone: zone) { blocks.append(route) }
      blocks.append(association(.private, zone, with: table))
      return blocks
    }
  }

  private func dataRouting() -> [TerraformBlock] {
    var blocks = routeTable(Addresses.dataRoutes, "data")
    // A database on EC2 installs PostgreSQL and stores its password; RDS needs no way out at all.
    if case .ec2 = aws.database, let route = internetRoute("data", table: Addresses.dataRoutes, zone: 0) {
      blocks.append(route)
    }
    return blocks + zones.map { association(.data, $0, with: Addresses.dataRoutes) }
  }

  private func internetRoute(_ name: String, table: TerraformAddress, zone: Int) -> TerraformBlock? {
    let target: TerraformItem
    switch aws.network.nat {
    case .gatewayPerZone: target = set("nat_gateway_id", Addresses.natGateway(zone).id)
    case .gateway: target = set("nat_gateway_id", Addresses.natGateway(0).id)
    case .instance: target = set("network_interface_id", Addresses.natInstance.primary_network_interface_id)
    case .none: return nil
    }
    return resource(TerraformAddress("aws_route", "\(name)_internet")) {
      set("route_table_id", table.id)
      set("destination_cidr_block", "0.0.0.0/0")
      target
    }
  }

  private func routeTable(_ address: TerraformAddress, _ suffix: String) -> [TerraformBlock] {
    [
      resource(address) {
        set("vpc_id", Addresses.vpc.id)
        tagged(suffix)
      }
    ]
  }

  private func association(
    _ tier: AWSInfrastructure.SubnetTier, _ zone: Int, with table: TerraformAddress
  ) -> TerraformBlock {
    let subnet = Addresses.subnet(tier, zone)
    return resource(TerraformAddress("aws_route_table_association", subnet.label)) {
      set("subnet_id", subnet.id)
      set("route_table_id", table.id)
    }
  }

  private func flowLog() -> TerraformBlock {
    resource(TerraformAddress("aws_flow_log", "main"), why: "Who spoke with whom, and what was refused.") {
      set("vpc_id", Addresses.vpc.id)
      set("traffic_type", "ALL")
      set("iam_role_arn", Addresses.flowLogsRole.arn)
      set("log_destination", Addresses.flowLogGroup.arn)
      tagged("")
    }
  }

  // MARK: Endpoints

  func endpoints() -> TerraformFile {
    let tables = zones.map { Addresses.privateRoutes($0).id } + [Addresses.dataRoutes.id]
    var blocks = [
      resource(Addresses.s3Endpoint, why: "Image layers are in S3. This way costs nothing and needs no NAT.") {
        set("vpc_id", Addresses.vpc.id)
        set("service_name", "com.amazonaws.\(.local("region")).s3")
        set("vpc_endpoint_type", "Gateway")
        set("route_table_ids", .list(tables))
        tagged("s3")
      }
    ]
    blocks += aws.network.endpoints.map { endpoint in
      let name = String(endpoint.rawValue.map { $0 == "." || $0 == "-" ? "_" : $0 })
      return resource(TerraformAddress("aws_vpc_endpoint", name)) {
        set("vpc_id", Addresses.vpc.id)
        set("service_name", "com.amazonaws.\(.local("region")).\(endpoint.rawValue)")
        set("vpc_endpoint_type", "Interface")
        set("private_dns_enabled", true)
        set("subnet_ids", .list(zones.map { Addresses.subnet(.private, $0).id }))
        set("security_group_ids", [Addresses.securityGroup(.endpoints).id])
        tagged(endpoint.rawValue)
      }
    }
    return TerraformFile(
      "endpoints", comment: "AWS services that are reached without leaving the VPC.", blocks: blocks)
  }
}
