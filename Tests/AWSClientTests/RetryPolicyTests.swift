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

  @Test func theServiceMayAskForALongerWaitWithinReason() {
    #expect(policy.delay(after: 1, jitter: 0, asked: .seconds(7)) == .seconds(7))
    #expect(policy.delay(after: 4, jitter: 1, asked: .seconds(7)) == .seconds(8))
    #expect(policy.delay(after: 1, jitter: 1, asked: .seconds(86_400)) == .seconds(20))
    #expect(RetryPolicy.asked([("Retry-After", "3")]) == .seconds(3))
    #expect(RetryPolicy.asked([("Retry-After", "3"), ("X-Amz-Retry-After", "1500")]) == .milliseconds(1500))
    for odd in ["-1", "soon", "", "99999999999999999999"] { #expect(RetryPolicy.asked([("Retry-After", odd)]) == nil) }
  }

  @Test func onlyWhatMayPassIsSentAgain() {
    for error in [
      AWSError("ThrottlingException", ""), AWSError("X", "", httpStatus: 429), AWSError("X", "", httpStatus: 502),
      AWSError("RequestTimeout", ""),
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

  @Test func attemptsAreBoughtWithTokens() {
    let quota = RetryQuota()
    for _ in 0..<100 { #expect(quota.take(RetryQuota.Cost.attempt)) }
    #expect(!quota.take(RetryQuota.Cost.attempt))
    // A success after a retry gives its price back; one at once gives one token.
    quota.give(RetryQuota.Cost.attempt)
    #expect(quota.take(RetryQuota.Cost.attempt))
    for _ in 0..<9 { quota.give(nil) }
    #expect(!quota.take(RetryQuota.Cost.timeout))
    quota.give(nil)
    #expect(quota.take(RetryQuota.Cost.timeout))
    for _ in 0..<1000 { quota.give(nil) }
    #expect(quota.take(RetryQuota.capacity) && !quota.take(1))
  }
}
