import Foundation
import Testing

@testable import PalcoArtifacts

@Suite struct WriterTests {
  static let file = TerraformFile(
    "example", comment: "What the example holds.",
    blocks: [
      TerraformBlock(
        "terraform",
        body: [
          .argument(TerraformArgument(name: "required_version", value: ">= 1.11.0")),
          .block(TerraformBlock("backend", ["s3"], body: [set("use_lockfile", true)])),
        ]),
      TerraformBlock(
        "resource", ["aws_thing", "one"], comment: "Why it is there.", pragmas: ["trivy:ignore:AWS-0001"],
        body: [
          .pragma("checkov:skip=CKV_1:because"),
          set("name", "a \"quoted\" ${word} with \\ and %{if}\n"),
          set("count_of", 3),
          set("ratio", .decimal(0.05), why: "Five per cent."),
          set("on", false),
          set("nothing", .null),
          set("vpc", TerraformAddress("aws_vpc", "main").id),
          set("arn", "arn:\(.expression("local.partition")):s3:::\("bucket")/*"),
          set("tags", ["Name": "x", "aws:longer": "y", "list": [1, 2]]),
          set("empty", [:]),
          block("filter", why: "The first.") { set("name", "a") },
          block("filter") { set("values", ["b", "c"]) },
          block("lifecycle") { set("ignore_changes", .words(["desired_count"])) },
        ]),
      local("policy", ["Statement": [["Effect": "Allow", "Action": ["s3:GetObject"]]]]),
      TerraformBlock("moved", body: [set("from", .word("aws_a.b")), set("to", .word("aws_a.c"))]),
      TerraformBlock("moved", body: [set("from", .word("aws_a.d")), set("to", .word("aws_a.e"))]),
      resource(TerraformAddress("aws_instance", "nat")) {
        set("user_data", .document([.literal("#!/bin/sh\necho ${HOME} \\n "), .value("x"), .literal("\n")]))
        set("policy", .json("policy"))
      },
    ])

  @Test func nativeSyntaxIsAsTerraformFormatsIt() {
    #expect(
      NativeWriter.text(of: Self.file) == #"""
        # What the example holds.

        terraform {
          required_version = ">= 1.11.0"

          backend "s3" {
            use_lockfile = true
          }
        }

        # Why it is there.
        # trivy:ignore:AWS-0001
        resource "aws_thing" "one" {
          # checkov:skip=CKV_1:because

          name     = "a \"quoted\" $${word} with \\ and %%{if}\n"
          count_of = 3

          # Five per cent.
          ratio   = 0.05
          on      = false
          nothing = null
          vpc     = aws_vpc.main.id
          arn     = "arn:${local.partition}:s3:::bucket/*"

          tags = {
            Name         = "x"
            "aws:longer" = "y"
            list         = [1, 2]
          }

          empty = {}

          # The first.
          filter {
            name = "a"
          }

          filter {
            values = ["b", "c"]
          }

          lifecycle {
            ignore_changes = [desired_count]
          }
        }

        locals {
          policy = {
            Statement = [
              {
                Effect = "Allow"
                Action = ["s3:GetObject"]
              },
            ]
          }
        }

        moved {
          from = aws_a.b
          to   = aws_a.c
        }

        moved {
          from = aws_a.d
          to   = aws_a.e
        }

        resource "aws_instance" "nat" {
          user_data = <<EOT
        #!/bin/sh
        echo $${HOME} \n ${"x"}
        EOT

          policy = jsonencode(local.policy)
        }

        """#)
  }

  @Test func jsonHoldsTheSameTree() throws {
    let text = JSONWriter.text(of: Self.file)
    let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(root["//"] as? String == "What the example holds.")
    let terraform = try #require(root["terraform"] as? [String: Any])
    #expect((terraform["backend"] as? [String: [String: Bool]])?["s3"]?["use_lockfile"] == true)
    let resources = try #require(root["resource"] as? [String: [String: [String: Any]]])
    let thing = try #require(resources["aws_thing"]?["one"])
    #expect(thing["//"] as? String == "Why it is there.")
    #expect(thing["name"] as? String == "a \"quoted\" $${word} with \\ and %%{if}\n")
    #expect(thing["vpc"] as? String == "${aws_vpc.main.id}")
    #expect(thing["arn"] as? String == "arn:${local.partition}:s3:::bucket/*")
    #expect(thing["nothing"] is NSNull)
    #expect((thing["filter"] as? [[String: Any]])?.count == 2)
    #expect((thing["lifecycle"] as? [[String: [String]]])?.first?["ignore_changes"] == ["desired_count"])
    #expect((root["moved"] as? [[String: String]])?.map { $0["from"] } == ["aws_a.b", "aws_a.d"])
    let instance = try #require(resources["aws_instance"]?["nat"])
    #expect(instance["policy"] as? String == "${jsonencode(local.policy)}")
    #expect(instance["user_data"] as? String == "#!/bin/sh\necho $${HOME} \\n ${\"x\"}\n")
  }

  @Test func blocksKeepTheirOrderInJSON() throws {
    let text = JSONWriter.text(of: Self.file)
    let first = try #require(text.range(of: "\"aws_thing\""))
    let second = try #require(text.range(of: "\"aws_instance\""))
    #expect(first.lowerBound < second.lowerBound)
  }

  @Test(arguments: [
    ("${a}", "$${a}"), ("%{if}", "%%{if}"), ("$5 and 100 %", "$5 and 100 %"), ("$${a}", "$$${a}"), ("{a}", "{a}"),
  ])
  func templatesAreEscaped(text: String, escaped: String) {
    #expect(TemplateText.escaped(text) == escaped)
  }

  @Test func longListsTakeALineAnItem() {
    let names = (1...20).map { "security-group-number-\($0)" }
    let text = NativeWriter.text(
      of: TerraformFile("x", comment: "", blocks: [resource(TerraformAddress("a", "b")) { set("ids", .texts(names)) }]))
    #expect(text.contains("  ids = [\n    \"security-group-number-1\",\n"))
    #expect(text.contains("    \"security-group-number-20\",\n  ]\n"))
  }
}
