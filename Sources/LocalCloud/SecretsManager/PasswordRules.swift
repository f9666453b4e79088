import AWSWire

/// Which characters a random password is made of.
struct PasswordRules: Sendable {
  private let length: Int
  private let kinds: [[Character]]
  private let needsEachKind: Bool

  /// - Throws: ``AWSError`` for rules that no password can follow.
  init(_ request: SecretsManager.GetRandomPasswordRequest) throws(AWSError) {
    length = request.passwordLength ?? 32
    needsEachKind = request.requireEachIncludedType ?? true
    let excluded = Set(request.excludeCharacters ?? "")
    var sets: [String] = []
    if request.excludeLowercase != true { sets.append("abcdefghijklmnopqrstuvwxyz") }
    if request.excludeUppercase != true { sets.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ") }
    if request.excludeNumbers != true { sets.append("0123456789") }
    if request.excludePunctuation != true { sets.append("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~") }
    if request.includeSpace == true { sets.append(" ") }
    kinds = sets.map { $0.filter { !excluded.contains($0) } }.map(Array.init).filter { !$0.isEmpty }
    guard (1...4096).contains(length) else {
      throw SecretsManagerError.constraint("passwordLength", "Member must be between 1 and 4096")
    }
    guard !kinds.isEmpty, !needsEachKind || kinds.count <= length else {
      throw SecretsManagerError.parameter("No password of that length can be made of the characters that are left.")
    }
  }

  /// A password, of the system's random numbers.
  func password() -> String {
    var characters = needsEachKind ? kinds.compactMap { $0.randomElement() } : []
    let all = kinds.flatMap { $0 }
    while characters.count < length, let next = all.randomElement() { characters.append(next) }
    return String(characters.shuffled())
  }
}
