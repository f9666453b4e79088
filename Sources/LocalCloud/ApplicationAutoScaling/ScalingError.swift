import AWSWire
import Foundation

/// The errors of Application Auto Scaling in AWS's words.
enum ScalingError {
  static func validation(_ message: String) -> AWSError { AWSError("ValidationException", message) }

  static func notFound(_ what: String, _ place: ScalingPlace, _ rest: String = "") -> AWSError {
    AWSError(
      "ObjectNotFoundException",
      "No \(what) found for service namespace: \(ScalingPlace.namespace), resource ID: \(place.resourceID), scalable "
        + "dimension: \(ScalingPlace.dimension)\(rest)")
  }

  static func notRegistered(_ place: ScalingPlace) -> AWSError {
    AWSError(
      "ObjectNotFoundException",
      "No scalable target registered for service namespace: \(ScalingPlace.namespace), resource ID: "
        + "\(place.resourceID), scalable dimension: \(ScalingPlace.dimension)")
  }

  static func constraint(_ value: String, _ member: String, _ rule: String) -> AWSError {
    validation(
      "1 validation error detected: Value '\(value.prefix(300))' at '\(member)' failed to satisfy constraint: Member "
        + "must \(rule)")
  }

  static func check(_ value: String, _ member: String, among values: [String]) throws(AWSError) {
    guard !values.contains(value) else { return }
    throw constraint(value, member, "satisfy enum value set: [\(values.joined(separator: ", "))]")
  }

  /// What this cloud does not do.
  static func notHere(_ what: String) -> AWSError {
    validation("\(what) is not supported by this local cloud. Leave it out here, or use it on AWS.")
  }
}

/// A service as Application Auto Scaling names it: the one thing that this cloud scales.
struct ScalingPlace: Sendable, Equatable {
  static let namespace = "ecs"
  static let dimension = "ecs:service:DesiredCount"

  let cluster: String
  let service: String

  var resourceID: String { "service/\(cluster)/\(service)" }

  /// Reads what the members of a request say.
  init(_ namespace: String, _ resourceID: String, _ dimension: String) throws(AWSError) {
    guard namespace == Self.namespace else { throw ScalingError.notHere("The service namespace '\(namespace)'") }
    guard dimension == Self.dimension else {
      throw ScalingError.validation(
        "Unsupported service namespace, resource type or scalable dimension: ecs, \(resourceID), \(dimension)")
    }
    self = try Self(resourceID: resourceID)
  }

  init(resourceID: String) throws(AWSError) {
    let parts = resourceID.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, parts[0] == "service", !parts[1].isEmpty, !parts[2].isEmpty else {
      throw ScalingError.validation(
        "Unsupported ECS resource ID: \(resourceID). It has the form service/CLUSTER/SERVICE.")
    }
    (cluster, service) = (parts[1], parts[2])
  }
}

/// One page of a list.
struct ScalingPage<Item> {
  var items: [Item]
  var nextToken: String?

  /// - Parameter key: What names an item.
  init(_ all: [Item], token: String?, size: Int?, key: (Item) -> String) throws(AWSError) {
    let size = size ?? 50
    guard (1...50).contains(size) else {
      throw ScalingError.constraint("\(size)", "maxResults", "be between 1 and 50")
    }
    let page = try KeyPage(
      all, token: token, size: size, key: key,
      invalid: AWSError("InvalidNextTokenException", "The next token is not valid."))
    items = page.items
    nextToken = page.nextToken
  }
}
