import Foundation

@testable import PalcoTerraform

/// Plans as JSON, in the shape of `terraform show -json`, with what matters only.
enum Plans {
  static func read(_ json: String) throws -> PlanDocument {
    try JSONDecoder().decode(PlanDocument.self, from: Data(json.utf8))
  }

  static func changes(_ items: [String], drift: [String] = []) throws -> PlanDocument {
    try read(
      #"{"format_version":"1.2","resource_changes":[\#(items.joined(separator: ","))],"#
        + #""resource_drift":[\#(drift.joined(separator: ","))]}"#)
  }

  static func change(
    _ address: String, _ actions: [String], before: String = "null", after: String = "null", unknown: String = "{}",
    sensitive: String = "{}", replacePaths: String? = nil, mode: String = "managed", previous: String? = nil,
    reason: String? = nil
  ) -> String {
    let type = address.split(separator: ".").first { $0 != "data" } ?? ""
    let list = actions.map { "\"\($0)\"" }.joined(separator: ",")
    return #"{"address":"\#(address)","mode":"\#(mode)","type":"\#(type)","name":"x","#
      + (previous.map { #""previous_address":"\#($0)","# } ?? "")
      + (reason.map { #""action_reason":"\#($0)","# } ?? "")
      + #""change":{"actions":[\#(list)],"before":\#(before),"after":\#(after),"after_unknown":\#(unknown),"#
      + #""before_sensitive":\#(sensitive),"after_sensitive":\#(sensitive)"#
      + (replacePaths.map { #","replace_paths":\#($0)"# } ?? "") + "}}"
  }

  /// What Terraform 1.15.5 printed of a module with one resource to change and one to replace, abridged.
  static let recorded = """
    {"format_version":"1.2","terraform_version":"1.15.5","variables":{"pw":{"value":"hunter2"},"word":{"value":"b"}},
    "resource_changes":[
    {"address":"terraform_data.one","mode":"managed","type":"terraform_data","name":"one","provider_name":\
    "terraform.io/builtin/terraform","change":{"actions":["update"],"before":{"id":"70916364","input":"a","output":"a",\
    "triggers_replace":null},"after":{"id":"70916364","input":"b","triggers_replace":null},"after_unknown":{"output":true},\
    "before_sensitive":{},"after_sensitive":{}}},
    {"address":"terraform_data.two","mode":"managed","type":"terraform_data","name":"two","provider_name":\
    "terraform.io/builtin/terraform","change":{"actions":["delete","create"],"before":{"id":"953c240a","input":"hunter2",\
    "output":"hunter2","triggers_replace":"a"},"after":{"input":"hunter2","triggers_replace":"b"},\
    "after_unknown":{"id":true,"output":true},"before_sensitive":{"input":true,"output":true},\
    "after_sensitive":{"input":true},"replace_paths":[["triggers_replace"]]},"action_reason":"replace_because_cannot_update"}],
    "applyable":true,"complete":true,"errored":false}
    """
}
