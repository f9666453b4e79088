import PalcoCore
import Yams

/// Why a text is not YAML, in Palco's words.
struct SyntaxProblem {
  var message: String
  var position: SourcePosition?
  var fix: String?

  init(_ error: any Error, in source: SourceText) {
    switch error {
    case YamlError.composer(_, let problem, let mark, _) where problem.contains("another document"):
      message = "the file holds a second document"
      position = SourcePosition(mark)
      fix = "remove `---` and what follows"
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _),
      YamlError.composer(let context, let problem, let mark, _):
      let start = context.map { " (\($0.text), begun in line \($0.mark.line))" } ?? ""
      message = "this is not YAML: \(problem)\(start)"
      position = SourcePosition(mark)
      let line = source.line(mark.line)?.unicodeScalars ?? "".unicodeScalars
      let indentation = line.prefix { $0 == " " || $0 == "\t" }
      if indentation.contains("\t") || line.dropFirst(mark.column - 1).first == "\t" {
        fix = "indent with spaces; YAML takes no tabs"
      } else if problem.contains("mapping values are not allowed") {
        fix = "put texts that hold `: ` into quotes, and check the indentation"
      } else if problem.contains("cannot start any token") {
        fix = "put the text into quotes"
      }
    case YamlError.reader(let problem, let offset, _, let yaml):
      message = "this is not YAML: \(problem)"
      position = SourceText(String(yaml.prefix(offset ?? 0))).end
    default:
      message = "this is not YAML"
    }
  }
}

extension SourcePosition {
  init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}
