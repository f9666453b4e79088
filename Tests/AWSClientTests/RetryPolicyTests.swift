import AWSWire
import Testing

@testable import AWSClient

@Suite struct RetryPolicyTests {
  private let policy = RetryPolicy()

  @Test func waitsDoubleUpToTwentySeconds() {
    #expect((1...8).map { policy.delay(after: $0, jitter: 1) } == [1, 2, 4, 8, 16, 20, 20, 20].map { .seconds($0) })
    #expect(policy.delay(after: 3, jitter: 0.25) == .seconds(1))
    #expect(policy.delay(after: 3, jitter: 0) == .zero)
  }

  @Test func onlyWhatMayPassIsSentAgain() {
    for error in [
      AWSError("ThrottlingException", ""), AWSError("X", "", httpStatus: 429), AWSError("X", "", httpStatus: 502),
    ] {
      #expect(policy.isTransient(error))
    }
    for error in [
      AWSError("ClientException", ""), AWSError("InvalidSignatureException", "", httpStatus: 400),
      AWSError("AccessDeniedException", "", httpStatus: 403), AWSError("NotImplemented", "", httpStatus: 501),
    ] {
      #expect(!policy.isTransient(error))
    }
  }
}
