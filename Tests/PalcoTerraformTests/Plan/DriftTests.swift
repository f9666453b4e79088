import Testing

@testable import PalcoTerraform

@Suite struct DriftTests {
  @Test func nothingToPutBackIsNoDrift() throws {
    // What any first apply leaves: AWS filled in a value.
    let drift = Drift(
      try Plans.changes(
        [Plans.change("aws_lb.main", ["no-op"], before: #"{"tags":{}}"#, after: #"{"tags":{}}"#)],
        drift: [Plans.change("aws_lb.main", ["update"], before: #"{"tags":null}"#, after: #"{"tags":{"a":"b"}}"#)]))
    #expect(drift.byHand.isEmpty)
    #expect(drift.pending.isEmpty)
  }

  @Test func whatWasChangedByHandIsToldAsItIs() throws {
    let drift = Drift(
      try Plans.changes(
        [
          Plans.change(
            "aws_lb.main", ["update"], before: #"{"idle_timeout":300,"name":"x"}"#,
            after: #"{"idle_timeout":60,"name":"x"}"#)
        ],
        drift: [
          Plans.change(
            "aws_lb.main", ["update"], before: #"{"idle_timeout":60,"name":"x"}"#,
            after: #"{"idle_timeout":300,"name":"x"}"#)
        ]))
    #expect(
      drift.byHand == [
        Drift.Finding(
          address: "aws_lb.main", isGone: false,
          attributes: [AttributeChange(name: "idle_timeout", before: "60", after: "300")])
      ])
    #expect(drift.pending.isEmpty)
  }

  @Test func whatTheFilesSayAnewIsPending() throws {
    let drift = Drift(
      try Plans.changes([
        Plans.change("aws_lb.main", ["update"], before: #"{"idle_timeout":60}"#, after: #"{"idle_timeout":90}"#),
        Plans.change("aws_sns_topic.new", ["create"]),
      ]))
    #expect(drift.byHand.isEmpty)
    #expect(drift.pending.map(\.address) == ["aws_lb.main", "aws_sns_topic.new"])
  }

  @Test func aResourceMayBeBoth() throws {
    let drift = Drift(
      try Plans.changes(
        [
          Plans.change(
            "aws_lb.main", ["update"], before: #"{"a":2,"b":1}"#, after: #"{"a":1,"b":2}"#)
        ], drift: [Plans.change("aws_lb.main", ["update"], before: #"{"a":1,"b":1}"#, after: #"{"a":2,"b":1}"#)]))
    #expect(drift.byHand.map(\.attributes) == [[AttributeChange(name: "a", before: "1", after: "2")]])
    #expect(drift.pending.map(\.address) == ["aws_lb.main"])
  }

  @Test func whatWasDeletedByHandIsGone() throws {
    let drift = Drift(
      try Plans.changes(
        [Plans.change("aws_sns_topic.alarms", ["create"], after: #"{"name":"x"}"#)],
        drift: [Plans.change("aws_sns_topic.alarms", ["delete"], before: #"{"name":"x"}"#)]))
    #expect(drift.byHand == [Drift.Finding(address: "aws_sns_topic.alarms", isGone: true, attributes: [])])
  }
}
