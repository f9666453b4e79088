import AWSWire
import Foundation

/// A lifecycle policy, read and checked.
///
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
struct LifecyclePolicy: Sendable, Equatable {
  /// Which images a rule is for.
  enum Selection: Sendable, Equatable {
    case any
    case untagged
    /// Images with a tag for each of these patterns, in which `*` stands for any text.
    case tagged([String])
  }

  /// Which of them it expires.
  enum Limit: Sendable, Equatable {
    /// All but so many, the newest.
    case count(Int)
    /// Those that were pushed longer ago than so many days.
    case days(Int)
  }

  /// A rule.
  struct Rule: Sendable, Equatable {
    var priority: Int
    var selection: Selection
    var limit: Limit
  }

  /// By priority, the first one first.
  let rules: [Rule]

  /// - Throws: ``AWSError`` that says what is wrong with the policy, and for what this cloud does not do.
  init(_ text: String) throws(AWSError) {
    let document: Document
    do {
      document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
    } catch {
      throw Self.invalid("it must be JSON with rules that have rulePriority, selection and action")
    }
    guard (1...50).contains(document.rules.count) else { throw Self.invalid("it must have 1 to 50 rules") }
    var rules: [Rule] = []
    for rule in document.rules { rules.append(try Self.rule(rule)) }
    self.rules = rules.sorted { $0.priority < $1.priority }
    guard Set(rules.map(\.priority)).count == rules.count else {
      throw Self.invalid("each rule must have a priority of its own")
    }
    for selection in [Selection.any, .untagged] where rules.count(where: { $0.selection == selection }) > 1 {
      throw Self.invalid("only one rule can have the tagStatus \(selection == .any ? "any" : "untagged")")
    }
    if rules.contains(where: { $0.selection == .any }), self.rules.last?.selection != .any {
      throw Self.invalid("the rule with the tagStatus any must have the highest rulePriority")
    }
  }

  private static func rule(_ rule: Document.Rule) throws(AWSError) -> Rule {
    guard rule.rulePriority >= 1 else { throw invalid("rulePriority must be at least 1") }
    guard rule.action.type == "expire" else {
      throw invalid("the local cloud knows the action expire, and not '\(rule.action.type)'")
    }
    let asked = rule.selection
    let patterns = (asked.tagPrefixList ?? []).map { $0 + "*" } + (asked.tagPatternList ?? [])
    let selection: Selection
    switch asked.tagStatus {
    case "tagged":
      guard (asked.tagPrefixList?.isEmpty ?? true) != (asked.tagPatternList?.isEmpty ?? true) else {
        throw invalid("the tagStatus tagged needs tagPrefixList or tagPatternList, and not both")
      }
      guard patterns.allSatisfy({ $0.filter { $0 == "*" }.count <= 4 }) else {
        throw invalid("a pattern of tags can have at most 4 wildcards")
      }
      selection = .tagged(patterns)
    case "untagged", "any":
      guard patterns.isEmpty else {
        throw invalid("tagPrefixList and tagPatternList are for the tagStatus tagged only")
      }
      selection = asked.tagStatus == "any" ? .any : .untagged
    default: throw invalid("tagStatus must be tagged, untagged or any")
    }
    guard asked.countNumber >= 1 else { throw invalid("countNumber must be at least 1") }
    switch (asked.countType, asked.countUnit) {
    case ("imageCountMoreThan", nil):
      return Rule(priority: rule.rulePriority, selection: selection, limit: .count(asked.countNumber))
    case ("imageCountMoreThan", _): throw invalid("countUnit is for the countType sinceImagePushed only")
    case ("sinceImagePushed", "days"?), ("sinceImagePushed", "day"?):
      return Rule(priority: rule.rulePriority, selection: selection, limit: .days(asked.countNumber))
    case ("sinceImagePushed", _): throw invalid("the countType sinceImagePushed needs the countUnit days")
    default:
      throw invalid(
        "the local cloud knows the countTypes imageCountMoreThan and sinceImagePushed, not '\(asked.countType)'")
    }
  }

  private static func invalid(_ reason: String) -> AWSError {
    ECRError.parameter("LifecyclePolicyText", "Lifecycle policy validation failure: \(reason)")
  }

  /// As it is written.
  private struct Document: Decodable {
    struct Rule: Decodable {
      struct Selection: Decodable {
        var tagStatus: String
        var tagPrefixList: [String]?
        var tagPatternList: [String]?
        var countType: String
        var countUnit: String?
        var countNumber: Int
      }

      struct Action: Decodable { var type: String }

      var rulePriority: Int
      var selection: Selection
      var action: Action
    }

    var rules: [Rule]
  }
}
