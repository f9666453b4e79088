import ArgumentParser

/// `palco secret`: the secrets of the local cloud.
struct Secret: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give the local cloud a secret that palco.yml refers to.",
    subcommands: [SecretSet.self])
}
