import PalcoTerraform
import Testing

@Suite struct TerraformVersionTests {
  @Test(arguments: [
    ("Terraform v1.15.5\non linux_amd64\n", TerraformTool.Kind.terraform, TerraformVersion(1, 15, 5)),
    ("Terraform v1.11.0-rc1", .terraform, TerraformVersion(1, 11, 0)),
    ("OpenTofu v1.10.3+ent\n", .openTofu, TerraformVersion(1, 10, 3)),
  ])
  func readsTheFirstLine(text: String, kind: TerraformTool.Kind, version: TerraformVersion) throws {
    let read = try #require(TerraformVersion.read(text))
    #expect(read.kind == kind)
    #expect(read.version == version)
  }

  @Test(arguments: ["", "v1.2.3", "Terraform 1.15.5", "Packer v1.9.0", "Terraform v1.15", "Terraform v1.x.2"])
  func takesNothingElse(text: String) {
    #expect(TerraformVersion.read(text) == nil)
  }

  @Test func comparesNumbersAndNotText() {
    #expect(TerraformVersion(1, 9, 9) < .oldest)
    #expect(TerraformVersion(1, 11) >= .oldest)
    #expect(TerraformVersion(2, 0) > TerraformVersion(1, 99, 99))
  }
}
