import ArgumentParser
import PalcoBlueprint

/// `palco schema`: the manifest's JSON Schema, or its reference page.
struct ManifestSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of palco.yml, for editors.",
    discussion: """
      Editors that know the schema complete and check palco.yml while you write. With the YAML language server, put its \
      path into the first line of the manifest:

        palco schema > palco.schema.json
        # yaml-language-server: $schema=palco.schema.json
      """)

  @Flag(help: "Print the reference page as Markdown instead.")
  var reference = false

  func run() throws {
    Console.out(reference ? ManifestReference.markdown() : try ManifestSchema.json())
  }
}
