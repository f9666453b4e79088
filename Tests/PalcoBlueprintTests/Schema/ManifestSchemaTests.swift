import Foundation
import PalcoBlueprint
import Testing

@Suite struct ManifestReferenceTests {
  @Test func theReferencePageIsUpToDate() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../docs/manifest-reference.md").standardizedFileURL
    let text = try String(contentsOf: page, encoding: .utf8)
    #expect(
      text == ManifestReference.markdown() + "\n",
      "run `palco schema --reference > docs/manifest-reference.md`")
  }
}

/// The schema against a validator that others wrote: both sides must say the same of every sample.
@Suite struct ManifestSchemaTests {
  private struct Sample: Encodable {
    var yaml: String
    var isRight: Bool
  }

  private static let least = """
    name: shop
    image: {dockerfile: Dockerfile}
    service: {port: 8080}
    environments: {stage: }
    """

  /// A change of the least manifest. Those that take more than one value to see are not here: a schema cannot say them.
  private static let changes: [(old: String, new: String)] = [
    ("shop", "shop"), ("shop", "s"), ("shop", "Shop"), ("shop", "internal"), ("shop", "internals"), ("shop", "a--b"),
    ("shop", "abcdefghijklmnopqrstu"), ("name: shop", "nam: shop"), ("shop", "12"), ("shop", "[a]"),
    ("8080", "0"), ("8080", "1"), ("8080", "65535"), ("8080", "65536"), ("8080", "\"80\""), ("8080", "80.5"),
    ("8080}", "8080, prot: 1}"), ("8080}", "8080, tasks: 0}"), ("8080}", "8080, tasks: 12}"),
    ("8080}", "8080, cpu: 512}"), ("8080}", "8080, cpu: 300}"), ("8080}", "8080, cpu: 0.25 vCPU}"),
    ("8080}", "8080, cpu: .5 vCPU}"), ("8080}", "8080, cpu: 3 vCPU}"), ("8080}", "8080, memory: 1024}"),
    ("8080}", "8080, memory: 1 GiB}"), ("8080}", "8080, memory: 0.5 GiB}"), ("8080}", "8080, memory: 1 GB}"),
    ("8080}", "8080, memory: lots}"), ("8080}", "8080, drain: 30s}"), ("8080}", "8080, drain: 30}"),
    ("8080}", "8080, drain: 1 minute}"), ("8080}", "8080, health: {path: /x, codes: 200}}"),
    ("8080}", "8080, health: {path: x}}"), ("8080}", "8080, health: {codes: \"200-299,301\"}}"),
    ("8080}", "8080, health: {codes: \"500\"}}"), ("8080}", "8080, health: {healthy: 11}}"),
    ("8080}", "8080, health: }"),
    ("8080}", "8080, environment: {A: 1, B: true, C: x, D: \"\"}}"), ("8080}", "8080, environment: {1A: x}}"),
    ("8080}", "8080, environment: {A: }}"), ("8080}", "8080, environment: {PORT: 1}}"),
    ("8080}", "8080, environment: [A]}"), ("8080}", "8080, secrets: {A: /shop/a}}"),
    ("8080}", "8080, secrets: {A: hunter2}}"),
    ("8080}", "8080, secrets: {A: \"arn:aws:ssm:eu-west-1:123456789012:parameter/a\"}}"),
    ("8080}", "8080, secrets: {A: \"arn:aws:s3:::bucket\"}}"),
    ("8080}", "8080}\nrelease: {strategy: rolling, maximum: 200}"), ("8080}", "8080}\nrelease: {strategy: canary}"),
    ("8080}", "8080}\nrelease: {strategy: blue_green, bake: 5m}"),
    ("8080}", "8080}\nrelease: {strategy: rolling, bake: 5m}"),
    ("8080}", "8080}\nrelease: {strategy: blue_green, maximum: 150}"),
    ("{dockerfile: Dockerfile}", "{dockerfile: Dockerfile, files: {/a: a}}"),
    ("{dockerfile: Dockerfile}", "{files: {/a: a}, command: [/a]}"),
    ("{dockerfile: Dockerfile}", "{files: {a: a}, command: [/a]}"),
    ("{dockerfile: Dockerfile}", "{files: {/a/../b: a}, command: [/a]}"),
    ("{dockerfile: Dockerfile}", "{files: {/a: a}, command: []}"),
    ("{dockerfile: Dockerfile}", "{files: {/a: a}, command: /a}"),
    ("{dockerfile: Dockerfile}", "{dockerfile: D, args: {A: 1}}"),
    ("stage: ", "stage: {target: aws, region: eu-west-1, tags: {owner: me}}"),
    ("8080}", "8080}\nnetwork: {zones: 3, nat: none, endpoints: [ecr.api], flow_logs: true}"),
    ("8080}", "8080}\nnetwork: {zones: 4}"), ("8080}", "8080}\nnetwork: {nat: some}"),
    ("8080}", "8080}\nnetwork: {flow_logs: \"true\"}"),
    ("8080}", "8080}\nnetwork: {cidr: 10.0.0.0/16, egress: [\"10.0.0.0/8:25\"]}"),
    ("8080}", "8080}\nnetwork: {egress: [everywhere]}"), ("8080}", "8080}\ndomain: {name: example.org}"),
    ("8080}", "8080}\ndomain: {name: Example.org}"), ("8080}", "8080}\ncapacity: {kind: ec2, spot: 1}"),
    ("8080}", "8080}\ncapacity: {kind: ec2, instance_type: t3.small}"), ("8080}", "8080}\nscaling: {cpu: 100}"),
    ("8080}", "8080}\ndatabase: {kind: rds, version: 17}"), ("8080}", "8080}\ndatabase: {kind: rds, version: 13}"),
    ("8080}", "8080}\naccess: {kind: bastion, key: k, from: [0.0.0.0/0]}"),
    ("8080}", "8080}\naccess: {kind: session-manager, key: k}"),
    ("8080}", "8080}\ntags: {owner: 12, area: \"a b\"}"), ("8080}", "8080}\ntags: {project: x}"),
    ("8080}", "8080}\npipeline: {github: a/b}"), ("8080}", "8080}\npipeline: {github: a}"),
    ("8080}", "8080}\nalarms: {email: a@b.example}"), ("8080}", "8080}\nprotected: 1"),
    ("8080}", "8080}\nrelease: {strategy: blue_green, pause: [pre_scale_up]}"),
    ("8080}", "8080}\nrelease: {strategy: blue_green, pause: [scale_up]}"),
    ("8080}", "8080}\nrelease: {strategy: canary, canary_percent: 0.1, canary_bake: 0m, bake: 1m}"),
    ("8080}", "8080}\nrelease: {strategy: canary, canary_percent: 0}"),
    ("8080}", "8080}\nrelease: {strategy: canary, canary_percent: \"5\"}"),
    ("8080}", "8080}\nrelease: {strategy: canary, step_percent: 10}"),
    ("8080}", "8080}\nrelease: {strategy: linear, step_percent: 33.3, pause: [pre_scale_up], pause_action: continue}"),
    ("8080}", "8080}\nrelease: {strategy: linear, step_percent: 2}"),
    ("8080}", "8080}\nobjectives: {availability: 99.95%, window_days: 7, latency: {under: 1.5s, target: 95 %}}"),
    ("8080}", "8080}\nobjectives: {availability: 99.95}"), ("8080}", "8080}\nobjectives: {availability: high}"),
    ("8080}", "8080}\nobjectives: {latency: {under: 300, target: 95%}}"),
    ("8080}", "8080}\nobjectives: {latency: {under: 300ms, target: 95%, buckets: [100ms, 300ms]}}"),
    ("8080}", "8080}\nobjectives: {latency: {under: 300ms, target: 95%, buckets: [100, 300ms]}}"),
    ("stage: ", "stage: {objectives: {latency: {}}}"),
    ("stage: ", "stage: {objectives: {nps: {}, ratio: {}, prometheus: {}}}"),
    (
      "8080}",
      "8080}\nobjectives: {prometheus: {url: 'http://a:1', requests: 'r{v=~\"$version\"}', errors: 'e{v=~\"$digest\"}'}}"
    ),
    (
      "8080}",
      "8080}\nobjectives: {prometheus: {url: 'http://a:1', requests: 'r{v=~\"$versions\"}', errors: 'e{v=~\"$digest\"}'}}"
    ),
    (
      "8080}",
      "8080}\nobjectives: {prometheus: {url: 'ftp://a:1', requests: 'r{v=~\"$version\"}', errors: 'e{v=~\"$digest\"}'}}"
    ),
    ("stage: ", "stage: {target: azure}"),
    ("stage: ", "stage: {region: here}"), ("stage: ", "stage: {name: x}"), ("stage: ", "eu-stage: "),
    ("stage: ", "stage: {service: {tasks: 0}}"), ("stage: ", "stage: {service: {tasks: 2}}"),
    ("stage: ", "stage: {service: {port: }}"), ("{stage: }", "{}"), ("{stage: }", "[stage]"),
  ]

  private static let validator = """
    import json, sys
    import jsonschema
    schema, samples = json.load(sys.stdin)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    import yaml
    print(json.dumps([validator.is_valid(yaml.safe_load(text)) for text in samples]))
    """

  @Test func anIndependentValidatorAgreesOnEverySample() throws {
    let samples = Self.changes.map { change in
      let yaml = Self.least.replacingOccurrences(of: change.old, with: change.new)
      return Sample(yaml: yaml, isRight: Self.problems(yaml).isEmpty)
    }
    // Both kinds must be there, or agreement would prove nothing.
    #expect(samples.contains(where: \.isRight) && samples.contains { !$0.isRight })
    let schema = try JSONSerialization.jsonObject(with: Data(ManifestSchema.json().utf8))
    let input = try JSONSerialization.data(withJSONObject: [schema, samples.map(\.yaml)])
    guard let output = try python(Self.validator, input: input) else { return }
    let verdicts = try JSONDecoder().decode([Bool].self, from: output)
    try #require(verdicts.count == samples.count)
    for (sample, verdict) in zip(samples, verdicts) {
      #expect(
        verdict == sample.isRight,
        "the validator says \(verdict), Palco says:\n\(Self.problems(sample.yaml).joined(separator: "\n"))\n\(sample.yaml)"
      )
    }
  }

  private static func problems(_ yaml: String) -> [String] {
    do {
      _ = try ManifestFile.parse(Data(yaml.utf8), file: "palco.yml", directory: URL(fileURLWithPath: "/project"))
      return []
    } catch {
      return error.diagnostics.map(\.rendered)
    }
  }

  /// Runs Python; nil when it or its modules are not there and need not be.
  private func python(_ program: String, input: Data) throws -> Data? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, stderr)
    try process.run()
    // The input is larger than a pipe holds, and Python reads all of it before it writes.
    stdin.fileHandleForWriting.write(input)
    try stdin.fileHandleForWriting.close()
    let output = stdout.fileHandleForReading.readDataToEndOfFile()
    let errors = String(decoding: stderr.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus == 0 { return output }
    let isMissing = errors.contains("ModuleNotFoundError") || errors.contains("No such file")
    if isMissing, ProcessInfo.processInfo.environment["PALCO_REQUIRE_COUNTERPARTS"] != "1" {
      print("skipped: python3 with jsonschema and PyYAML is not there")
      return nil
    }
    Issue.record("python3 failed: \(errors)")
    return nil
  }
}
