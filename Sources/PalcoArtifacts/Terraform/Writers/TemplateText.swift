import Foundation

/// Escapes literal text for templates, which both of Terraform's languages have.
enum TemplateText {
  /// The text, so that `${` and `%{` in it stand for themselves.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    return text.replacing("${", with: "$${").replacing("%{", with: "%%{")
  }
}
