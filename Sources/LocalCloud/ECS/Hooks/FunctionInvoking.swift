import Foundation

/// Lambda, as far as lifecycle hooks need it.
protocol FunctionInvoking: Sendable {
  /// Invokes a function and waits for its answer.
  ///
  /// - Throws: ``FunctionFailure``; `CancellationError`.
  func invoke(_ functionARN: String, payload: Data) async throws -> Data
}

/// A function could not be invoked, or failed.
struct FunctionFailure: Error, Equatable {
  /// A sentence without its end.
  var reason: String

  init(_ reason: String) { self.reason = reason }
}
