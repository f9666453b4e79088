import Foundation
import PalcoBlueprint
import Testing

@Suite struct ManifestProblemTests {
  @Test func everythingIsReportedAtOnceInTheFilesOrder() {
    let text = """
      name: Shop API
      imge: {dockerfile: Dockerfile}
      service:
        port: 70000
        task: 2
        cpu: 300
        health: {interval: 5, codes: 200-700}
        environment:
          PORT: 80
          A: 1
          A: 2
      release: {strategy: pace}
      enviroments: [stage]
      """
    #expect(
      Sample.problems(text) == """
        palco.yml:1:1: error: image: is missing
          name: Shop API
          ^
          help: What the container image is made of: a Dockerfile, or files of this machine.
        palco.yml:1:1: error: environments: is missing
          name: Shop API
          ^
          help: The environments, in the order of promotion. Each inherits everything above and may override any of it: maps are merged, texts, numbers and lists are replaced.
        palco.yml:1:7: error: name: `Shop API` must be 2 to 20 lower-case letters, digits and single hyphens, beginning with a letter and not with `internal`
          name: Shop API
                ^~~~~~~~
          help: perhaps `shop-api`
        palco.yml:2:1: error: imge: is not a key that Palco knows
          imge: {dockerfile: Dockerfile}
          ^~~~
          help: did you mean `image`?
        palco.yml:4:9: error: service.port: `70000` is out of range
            port: 70000
                  ^~~~~
          help: write a number from 1 to 65535
        palco.yml:5:3: error: service.task: is not a key that Palco knows
            task: 2
            ^~~~
          help: did you mean `tasks`?
        palco.yml:6:8: error: service.cpu: must be an amount of CPU that Fargate has, but is the number `300`
            cpu: 300
                 ^~~
          help: write 256, 512, 1024, 2048, 4096, 8192, 16384 (1024 are one vCPU), or as in `0.25 vCPU`
        palco.yml:7:22: error: service.health.interval: must be a duration with its unit, but is the number `5`
            health: {interval: 5, codes: 200-700}
                               ^
          help: write `5s`, or use s, m or h
        palco.yml:7:32: error: service.health.codes: `200-700` must be status codes from 200 to 499
            health: {interval: 5, codes: 200-700}
                                         ^~~~~~~
          help: for example "200-299"
        palco.yml:9:5: error: service.environment.PORT: `PORT` is taken: it tells the program its port, see `service.port`
              PORT: 80
              ^~~~
        palco.yml:11:5: error: service.environment.A: is written twice; it stands in line 10 already
              A: 2
              ^
          help: keep one
        palco.yml:12:21: error: release.strategy: must be `rolling` or `blue_green` or `canary` or `linear` or `paced`, but is the text `pace`; did you mean `paced`?
          release: {strategy: pace}
                              ^~~~
          help: write `rolling` or `blue_green` or `canary` or `linear` or `paced`
        palco.yml:13:1: error: enviroments: is not a key that Palco knows
          enviroments: [stage]
          ^~~~~~~~~~~
          help: did you mean `environments`?
        """)
  }

  /// A change of the least manifest, and the one diagnostic that it must give.
  static let mistakes: [(String, String, String)] = [
    // Names.
    ("name: shop", "name: s", "1:7: error: name: `s` must be 2 to 20 lower-case letters"),
    ("name: shop", "name: internal-x", "1:7: error: name: `internal-x` must be 2 to 20 lower-case letters"),
    ("name: shop", "name: a--b", "1:7: error: name: `a--b` must be 2 to 20 lower-case letters"),
    ("name: shop", "name: 12", "1:7: error: name: must be a text, but is the number `12`"),
    ("name: shop", "name:", "1:6: error: name: must be a text, but is nothing"),
    ("name: shop", "name: [shop]", "1:7: error: name: must be a text, but is a list"),
    ("name: shop", "name: abcdefghijklmnopqrstu", "1:7: error: name: `abcdefghijklmnopqrstu` must be 2 to 20"),
    ("stage: ", "eu-stage: ", "4:16: error: environments.eu-stage: `eu-stage` must be 1 to 20 lower-case letters and"),
    ("stage: ", "Stage: ", "4:16: error: environments.Stage: `Stage` must be 1 to 20 lower-case letters and digits"),
    ("{stage: }", "", "4:14: error: environments: holds no environment"),
    ("{stage: }", "[stage]", "4:15: error: environments: must be a map, but is a list"),
    ("stage: ", "stage: {name: x}", "4:24: error: environments.stage.name: is not a key that Palco knows"),
    ("stage: ", "stage: {target: azure}", "4:32: error: environments.stage.target: must be `local` or `aws`, but is"),
    ("stage: ", "stage: {region: here}", "4:32: error: environments.stage.region: `here` must be a region of AWS"),
    // Numbers.
    ("8080", "0", "3:17: error: service.port: `0` is out of range"),
    ("8080", "65536", "3:17: error: service.port: `65536` is out of range"),
    ("8080", "-1", "3:17: error: service.port: `-1` is out of range"),
    ("8080", "99999999999999999999", "3:17: error: service.port: `99999999999999999999` is out of range"),
    ("8080", "08080", "3:17: error: service.port: `08080` begins with 0"),
    ("8080", "0x50", "3:17: error: service.port: must be a whole number, but is the text `0x50`"),
    ("8080", "80.5", "3:17: error: service.port: must be a whole number, but is the number `80.5`"),
    ("8080", "\"8080\"", "3:17: error: service.port: must be a whole number, but is the text `8080`"),
    ("8080", "true", "3:17: error: service.port: must be a whole number, but is the boolean `true`"),
    ("8080", "{a: b}", "3:17: error: service.port: must be a whole number, but is a map"),
    ("port: 8080", "", "3:10: error: service.port: is missing"),
    ("8080}", "8080, tasks: 0}", "3:30: error: service.tasks: `0` is out of range"),
    ("8080}", "8080, listener: 65536}", "3:33: error: service.listener: `65536` is out of range"),
    (
      "8080}", "8080, listener: 8081, test_listener: 8081}",
      "3:54: error: service.test_listener: is the port of `listener` too"
    ),
    // Sizes.
    ("8080}", "8080, memory: 600}", "3:31: error: service.memory: Fargate has no task of 256 CPU units and 600 MiB"),
    ("8080}", "8080, memory: 1 GB}", "3:31: error: service.memory: must be in MiB or GiB, but is the text `1 GB`"),
    ("8080}", "8080, memory: much}", "3:31: error: service.memory: must be an amount of memory, but is the text"),
    ("8080}", "8080, memory: 0}", "3:31: error: service.memory: must be an amount of memory, but is the number `0`"),
    ("8080}", "8080, cpu: 0.25}", "3:28: error: service.cpu: must be CPU units, but is the number `0.25`"),
    ("8080}", "8080, cpu: 3 vCPU}", "3:28: error: service.cpu: must be an amount of CPU that Fargate has"),
    // Durations.
    ("8080}", "8080, drain: 2h}", "3:30: error: service.drain: `2h` is out of range"),
    ("8080}", "8080, drain: soon}", "3:30: error: service.drain: must be a duration with its unit"),
    ("8080}", "8080, drain: 1000000000000s}", "3:30: error: service.drain: must be a duration with its unit"),
    ("8080}", "8080, stop_timeout: 121s}", "3:37: error: service.stop_timeout: `121s` is out of range"),
    ("8080}", "8080, health: {timeout: 10s}}", "3:41: error: service.health.timeout: must be less than the interval"),
    ("8080}", "8080, health: {interval: 4s}}", "3:42: error: service.health.interval: `4s` is out of range"),
    ("8080}", "8080, health: {healthy: 1}}", "3:41: error: service.health.healthy: `1` is out of range"),
    ("8080}", "8080, health: {path: ok}}", "3:38: error: service.health.path: `ok` must be a path that begins with"),
    ("8080}", "8080, health: {codes: 299-200}}", "3:39: error: service.health.codes: the range `299-200` is empty"),
    (
      "8080}", "8080}\nrelease: {strategy: blue_green, bake: 90s}",
      "4:39: error: release.bake: `90s` is no whole number"
    ),
    ("8080}", "8080}\nrelease: {strategy: blue_green, bake: 25h}", "4:39: error: release.bake: `25h` is out of range"),
    ("8080}", "8080}\nrelease: {maximum: 100}", "4:20: error: release.maximum: a release could never move: of 1 tasks"),
    (
      "8080}", "8080}\nrelease: {strategy: rolling, minimum_healthy: 101}",
      "4:47: error: release.minimum_healthy: `101`"
    ),
    (
      "8080}", "8080}\nrelease: {strategy: paced, step_percent: 31}",
      "4:42: error: release.step_percent: a paced release would begin with 31 %"
    ),
    (
      "8080}", "8080}\nrelease: {strategy: paced, pause: [pre_scale_up]}",
      "4:28: error: release.pause:"
    ),
    (
      "8080}", "8080}\nrelease: {strategy: canary, canary_percent: 0}",
      "4:45: error: release.canary_percent: `0` is out of range"
    ),
    (
      "8080}", "8080}\nrelease: {strategy: canary, canary_percent: 100.1}",
      "4:45: error: release.canary_percent: `100.1` is out of range"
    ),
    (
      "8080}", "8080}\nrelease: {strategy: canary, canary_percent: 2.25}",
      "4:45: error: release.canary_percent: `2.25` is finer than a tenth of a percent"
    ),
    (
      "8080}", "8080}\nrelease: {strategy: canary, canary_percent: 5%}",
      "4:45: error: release.canary_percent: must be a number of percent, but is the text `5%`"
    ),
    (
      "8080}", "8080}\nrelease: {strategy: canary, canary_bake: 25h}",
      "4:42: error: release.canary_bake: `25h` is out of range"
    ),
    (
      "8080}", "8080}\nrelease: {strategy: linear, step_percent: 2.9}",
      "4:43: error: release.step_percent: `2.9` is out of range"
    ),
    (
      "8080}", "8080}\nrelease: {strategy: linear, step_bake: 90s}",
      "4:40: error: release.step_bake: `90s` is no whole number"
    ),
    (
      "8080}", "8080}\nrelease: {strategy: linear, step_percent: 3, step_bake: 24h}",
      "4:57: error: release.step_bake: 33 waits of 24h make a release of 33 days, and ECS ends one after 30"
    ),
    (
      "8080}", "8080}\nrelease: {strategy: linear, canary_percent: 5}",
      "4:29: error: release.canary_percent: does not go with `strategy: linear`"
    ),
    (
      "8080}", "8080}\nrelease: {strategy: canary, pause: [bake_time]}",
      "4:37: error: release.pause[0]: `bake_time` must be one of `pre_scale_up`"
    ),
    (
      "8080}", "8080}\nrelease: {strategy: canary, pause: [pre_scale_up], pause_timeout: 337h}",
      "4:67: error: release.pause_timeout: `337h` is out of range"
    ),
    (
      "8080}", "8080}\nrelease: {strategy: canary, pause: [pre_scale_up], pause_action: stop}",
      "4:66: error: release.pause_action: must be `roll_back` or `continue`"
    ),
    ("8080}", "8080}\nrelease: {strategy: blue-green}", "4:21: error: release.strategy: must be `rolling` or"),
    // Images.
    ("{dockerfile: Dockerfile}", "{}", "2:8: error: image: names neither `dockerfile` nor `files`"),
    ("{dockerfile: Dockerfile}", "Dockerfile", "2:8: error: image: must be a map, but is the text `Dockerfile`"),
    ("{dockerfile: Dockerfile}", "{files: {/a: a}}", "2:16: error: image.command: is missing"),
    ("{dockerfile: Dockerfile}", "{files: {/a: a}, command: []}", "2:34: error: image.command: must not be empty"),
    ("{dockerfile: Dockerfile}", "{files: {/a: a}, command: /a}", "2:34: error: image.command: must be a list, but is"),
    ("{dockerfile: Dockerfile}", "{files: {}, command: [/a]}", "2:16: error: image.files: holds no file"),
    (
      "{dockerfile: Dockerfile}", "{files: {a: a}, command: [/a]}",
      "2:17: error: image.files.a: `a` must be an absolute"
    ),
    (
      "{dockerfile: Dockerfile}", "{files: {/a/../../etc/passwd: a}, command: [/a]}",
      "2:17: error: image.files./a/../../etc/passwd: `/a/../../etc/passwd` must be an absolute path in the image"
    ),
    (
      "{dockerfile: Dockerfile}", "{files: {/app/server: a}, command: [/app/sever]}",
      "2:43: warning: image.command: `/app/sever` is none of the image's files"
    ),
    ("{dockerfile: Dockerfile}", "{dockerfile: D, command: [/a]}", "2:24: error: image.command: does not go with"),
    // Variables.
    ("8080}", "8080, environment: {1A: x}}", "3:37: error: service.environment.1A: `1A` must be letters, digits and"),
    ("8080}", "8080, environment: {A: }}", "3:40: error: service.environment.A: must be a text, but is nothing"),
    (
      "8080}", "8080, environment: {A: \"x\\0y\"}}",
      "3:40: error: service.environment.A: `x\\0y` must be a text without"
    ),
    ("8080}", "8080, environment: {A: [1]}}", "3:40: error: service.environment.A: must be a text, but is a list"),
    (
      "8080}", "8080, environment: {A: b}, secrets: {A: /a}}",
      "3:54: error: service.secrets.A: is in `environment` too, in line 3"
    ),
    ("8080}", "8080, protocol: http}", "3:23: error: service.protocol: is not a key that Palco knows"),
    ("8080}", "8080, strategy: rolling}", "3:23: error: service.strategy: is not a key that Palco knows"),
  ]

  @Test(arguments: mistakes)
  func aMistakeIsReportedWhereItIs(_ old: String, _ new: String, _ expected: String) {
    let text = Sample.least.replacingOccurrences(of: old, with: new)
    #expect(text != Sample.least)
    let found = Sample.headlines(text)
    #expect(found.count == 1 && found[0].hasPrefix("palco.yml:" + expected), "\(Sample.problems(text))")
  }

  static let fixes: [(String, String, String)] = [
    ("8080}", "8080, memory: 600}", "the nearest is `cpu: 256` with `memory: 1 GiB`"),
    ("8080}", "8080, memory: 4 GiB}", "the nearest is `cpu: 512` with `memory: 4 GiB`"),
    ("8080}", "8080, memory: 500 GiB}", "the nearest is `cpu: 16384` with `memory: 120 GiB`"),
    ("8080}", "8080, memory: 1 GB}", "write `1 GiB`"),
    ("8080}", "8080, cpu: 0.25}", "write `0.25 vCPU`"),
    ("8080}", "8080}\nrelease: {strategy: blue_green, bake: 90s}", "write `2m`"),
    ("8080}", "8080, tasks: 3}\nrelease: {maximum: 125}", "write `maximum: 134` or more, or a smaller"),
    ("8080}", "8080, stop-timeout: 3s}", "did you mean `stop_timeout`?"),
    ("8080}", "8080, strategy: rolling}", "`strategy` belongs in `release`"),
    ("8080}", "8080, path: /}", "`path` belongs in `service.health`"),
    ("8080}", "8080, region: x}", "`region` belongs in `environments.NAME`"),
    ("name: shop", "name: shop\nport: 8080", "`port` belongs in `service`"),
    ("stage: ", "stage: {name: x}", "`name` stands at the top of the file, and is the same in all environments"),
    ("8080}", "8080, zzzzzzzz: 1}", "known here: port, listener, test_listener, cpu, memory, tasks, health,"),
    ("stage: ", "eu-stage: ", "perhaps `eustage`"),
  ]

  @Test(arguments: fixes)
  func theHelpSaysWhatToDo(_ old: String, _ new: String, _ expected: String) {
    let text = Sample.problems(Sample.least.replacingOccurrences(of: old, with: new))
    #expect(text.contains("  help: " + expected), "\(text)")
  }
}

@Suite struct SecretTests {
  @Test(arguments: ["hunter2", "\"postgres://u:hunter2@h/db\"", "[hunter2]", "{a: hunter2}", "12345678hunter2"])
  func aSecretThatIsWrittenDownIsRefusedAndNotRepeated(_ literal: String) {
    let text = Sample.problems(Sample.least.replacingOccurrences(of: "8080}", with: "8080, secrets: {DB: \(literal)}}"))
    #expect(text.contains("error: service.secrets.DB: must be"), "\(text)")
    #expect(!text.contains("hunter2"), "\(text)")
  }

  @Test func aSecretInPlaceOfTheMapIsNotRepeated() {
    let text = Sample.problems(Sample.least.replacingOccurrences(of: "8080}", with: "8080, secrets: hunter2}"))
    #expect(text.contains("error: service.secrets: must be a map, but is something else"))
    #expect(!text.contains("hunter2"))
  }

  @Test(arguments: [
    "DB_PASSWORD: correct-horse", "apiKey: correct-horse", "X: \"postgres://u:correct-horse@h/db\"",
    "SESSION_SECRET: correct-horse",
  ])
  func aVariableThatLooksLikeASecretIsAWarning(_ variable: String) throws {
    let changed = Sample.least.replacingOccurrences(of: "8080}", with: "8080, environment: {\(variable)}}")
    let text = Sample.problems(changed)
    #expect(text.contains("warning: service.environment."), "\(text)")
    #expect(!text.contains("error") && !text.contains("horse"), "\(text)")
    #expect(try Sample.parse(changed).warnings.count == 1)
  }

  @Test(arguments: ["TOKENS_PER_MINUTE: \"10\"", "KEYBOARD: german-layout", "URL: \"https://example.org:8080/a@b\""])
  func anOrdinaryVariableIsNone(_ variable: String) {
    #expect(
      Sample.problems(Sample.least.replacingOccurrences(of: "8080}", with: "8080, environment: {\(variable)}}")) == "")
  }

  @Test func aLineThatCannotBeReadDoesNotShowItsSecretEither() {
    let text = Sample.problems("service:\n  environment:\n    DB_PASSWORD: hunter2: [\n")
    #expect(text.contains("this is not YAML"))
    #expect(!text.contains("hunter2"))
  }
}
