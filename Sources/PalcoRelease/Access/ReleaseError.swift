/// Why this room could not do what it was asked.
public struct ReleaseError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Stable codes.
  public enum Code: String, Sendable {
    /// The environment was not made yet.
    case environmentMissing
    /// There is no such image.
    case imageMissing
    /// No tool that builds container images is there.
    case builderMissing
    /// The image could not be built.
    case buildFailed
    /// No port could be had for the listener.
    case portUnavailable
    /// Something did not happen in time.
    case timedOut
    /// There is no release to go from or back to.
    case noRelease
    /// There is no record of a release that has to be proven.
    case noRecord
    /// Another release is under way.
    case busy
    /// AWS answered something that cannot be.
    case unexpectedAnswer
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

extension Optional {
  /// The value, which AWS must have answered.
  func required(_ what: String) throws -> Wrapped {
    guard let self else { throw ReleaseError(.unexpectedAnswer, "the answer of AWS has no \(what)") }
    return self
  }
}
