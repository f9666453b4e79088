import Foundation
import PalcoTerraform
import PalcoTestSupport
import Testing

@Suite struct TerraformToolTests {
  @Test func takesTheNewEnoughOneOfThePath() async throws {
    try await withTemporaryDirectory { folder in
      try Script.write("echo 'Terraform v1.5.7'", to: folder.appending(path: "terraform"))
      try Script.write("echo 'OpenTofu v1.11.2'", to: folder.appending(path: "tofu"))
      let tool = try await TerraformTool.find(environment: ["PATH": folder.path])
      #expect(tool.name == "OpenTofu 1.11.2")
    }
  }

  @Test func prefersTheOneThatIsNamed() async throws {
    try await withTemporaryDirectory { folder in
      try Script.write("echo 'Terraform v1.12.0'", to: folder.appending(path: "terraform"))
      try Script.write("echo 'Terraform v1.14.1'", to: folder.appending(path: "mine"))
      let environment = ["PATH": folder.path, "PALCO_TERRAFORM": folder.appending(path: "mine").path]
      #expect(try await TerraformTool.find(environment: environment).version == TerraformVersion(1, 14, 1))
      #expect(
        try await TerraformTool.find(environment: ["PATH": folder.path, "PALCO_TERRAFORM": "mine"]).path
          == folder.appending(path: "mine").standardizedFileURL.path)
    }
  }

  @Test func saysHowToGetOne() async throws {
    let error = await #expect(throws: TerraformError.self) { try await TerraformTool.find(environment: ["PATH": ""]) }
    #expect(error?.code == .toolMissing)
    #expect(error?.message.contains("1.11 or newer is needed: neither terraform nor tofu") == true)
    #expect(error?.message.contains("brew install") == true)
  }

  @Test func namesTheOneThatIsTooOld() async throws {
    try await withTemporaryDirectory { folder in
      try Script.write("echo 'Terraform v1.10.5'", to: folder.appending(path: "terraform"))
      let error = await #expect(throws: TerraformError.self) {
        try await TerraformTool.find(environment: ["PATH": folder.path])
      }
      #expect(error?.message.contains("\(folder.path)/terraform is Terraform 1.10.5, which is too old") == true)
    }
  }

  @Test func refusesANamedOneThatIsSomethingElse() async throws {
    try await withTemporaryDirectory { folder in
      try Script.write("echo hello", to: folder.appending(path: "terraform"))
      for wanted in [folder.appending(path: "terraform").path, "/nowhere/terraform"] {
        await #expect(throws: TerraformError.self) {
          try await TerraformTool.find(environment: ["PATH": folder.path, "PALCO_TERRAFORM": wanted])
        }
      }
    }
  }
}
