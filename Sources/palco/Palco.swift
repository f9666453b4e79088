import PalcoCommands

@main struct Main {
  static func main() async { await Palco.main() }
}
