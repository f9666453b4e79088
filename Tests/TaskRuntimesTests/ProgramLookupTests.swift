import Foundation
import Testing

@testable import TaskRuntimes

@Suite struct ProgramLookupTests {
  private let fixture: RuntimeFixture
  private let lookup = ProgramLookup(hostPath: "/usr/bin:/bin")

  init() throws { fixture = try RuntimeFixture() }

  private func code(_ specification: ContainerSpecification) -> TaskRuntimeError.Code? {
    do {
      _ = try lookup.launch(for: specification)
      return nil
    } catch { return error.code }
  }

  @Test func looksBelowTheRootBeforeTheHost() throws {
    try fixture.addFile("bin/sh", "#!/bin/sh\n", mode: 0o755)
    try fixture.addFile("app/serve", "#!/bin/sh\n", mode: 0o755)
    let root = ImageRoot(fixture.root).path
    #expect(try lookup.launch(for: fixture.specification(["/app/serve"])).program == root + "/app/serve")
    #expect(try lookup.launch(for: fixture.specification(["sh"])).program == root + "/bin/sh")
    #expect(
      try lookup.launch(for: fixture.specification(["serve"], environment: ["PATH": "/sbin:/app"])).program
        == root + "/app/serve")
    #expect(
      try lookup.launch(for: fixture.specification(["./serve"], workingDirectory: "/app")).program
        == root + "/app/serve")
  }

  @Test func findsInterpretersOnTheHost() throws {
    #expect(try lookup.launch(for: fixture.specification(["/bin/sh"])).program == "/bin/sh")
    #expect(["/usr/bin/sh", "/bin/sh"].contains(try lookup.launch(for: fixture.specification(["sh"])).program))
  }

  @Test func turnsArgumentsThatNameFilesOfTheImageIntoPathsOfTheHost() throws {
    try fixture.addFile("app/server.py", "print('x')")
    let launch = try lookup.launch(
      for: fixture.specification(["sh", "/app/server.py", "/app/other.py", "--file=/app/server.py", "/"]))
    let root = ImageRoot(fixture.root).path
    #expect(launch.arguments == [root + "/app/server.py", "/app/other.py", "--file=/app/server.py", "/"])
  }

  @Test func doesNotLeaveTheRoot() throws {
    try fixture.addFile("app/real", "#!/bin/sh\n", mode: 0o755)
    let root = ImageRoot(fixture.root)
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: root.path + "/absolute", withDestinationPath: "/app/real")
    try manager.createSymbolicLink(atPath: root.path + "/up", withDestinationPath: "../../../../etc")
    try manager.createSymbolicLink(atPath: root.path + "/round", withDestinationPath: "round")
    #expect(root.hostPath(of: "/absolute") == root.path + "/app/real")
    #expect(root.hostPath(of: "/up/passwd") == root.path + "/etc/passwd")
    #expect(root.hostPath(of: "/../../etc/passwd") == root.path + "/etc/passwd")
    #expect(root.hostPath(of: "/round") == nil)
    #expect(code(fixture.specification(["/round"])) == .programNotFound)
  }

  @Test func saysWhatIsWrongAsECSDoes() throws {
    try fixture.addFile("app/data", "no program")
    let cases: [([String], TaskRuntimeError.Code, String)] = [
      ([], .noCommand, "no command specified"),
      ([""], .noCommand, "no command specified"),
      (["/app/none"], .programNotFound, "exec: \"/app/none\": stat /app/none: no such file or directory: unknown"),
      (["no-such-program"], .programNotFound, "exec: \"no-such-program\": executable file not found in $PATH: unknown"),
      (["/app/data"], .notExecutable, "exec: \"/app/data\": permission denied: unknown"),
      (["/app"], .notExecutable, "exec: \"/app\": is a directory: unknown"),
    ]
    for (command, code, words) in cases {
      let error = #expect(throws: TaskRuntimeError.self) { try lookup.launch(for: fixture.specification(command)) }
      #expect(error?.code == code)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
    let gone = ContainerSpecification(
      id: "t/c", program: .image(root: fixture.root.appendingPathComponent("gone")), command: ["sh"], environment: [:])
    #expect(code(gone) == .imageInvalid)
    let host = ContainerSpecification(id: "t/c", program: .host(path: "/no/such"), command: [], environment: [:])
    #expect(code(host) == .programNotFound)
  }

  @Test func namesABadVariableButNotItsValue() throws {
    let error = #expect(throws: TaskRuntimeError.self) {
      try lookup.launch(for: fixture.specification(["sh"], environment: ["TOKEN": "hush\0hush"]))
    }
    #expect(error?.message.contains("TOKEN") == true)
    #expect(error?.message.contains("hush") == false)
    #expect(code(fixture.specification(["sh"], environment: ["A=B": "c"])) == .launchFailed)
    #expect(code(fixture.specification(["sh"], environment: ["1A": "c"])) == .launchFailed)
    #expect(code(fixture.specification(["sh", "a\0b"])) == .launchFailed)
  }
}
