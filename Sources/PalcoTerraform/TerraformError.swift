/// Why Terraform did not do what it was asked.
public struct TerraformError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Stable codes.
  public enum Code: String, Sendable {
    /// Neither Terraform nor OpenTofu is there, or only ones that are too old.
    case toolMissing
    /// Somebody else holds the state's lock.
    case locked
    /// Ctrl-C, and Terraform came to an orderly end.
    case interrupted
    /// Terraform said no.
    case failed
    /// The state could not be written where it belongs, or its lock is not what it was.
    case stateInDoubt
    /// An answer that cannot be read.
    case unreadable
  }

  /// What kind of failure.
  public var code: Code
  /// What is wrong, and what to do.
  public var message: String

  /// Makes an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
