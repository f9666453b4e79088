import AWSWire

/// A request whose answer comes in pages.
public protocol PagedRequest: AWSRequest where Response: Page {
  /// Where to go on.
  var nextToken: String? { get set }
}

/// One page of an answer.
public protocol Page {
  /// Where to go on; `nil` on the last page.
  var nextToken: String? { get }
}

extension AWSClient {
  /// Every page of an answer.
  ///
  ///     for try await page in client.pages(ECS.ListTasksRequest(cluster: "stage")) { arns += page.taskArns ?? [] }
  public func pages<R: PagedRequest>(_ request: R) -> Pages<R> { Pages(client: self, first: request) }
}

/// The pages of an answer, each asked for when it is needed.
public struct Pages<R: PagedRequest>: AsyncSequence {
  let client: AWSClient
  let first: R

  /// Asks for page after page.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let client: AWSClient
    var request: R?

    /// - Throws: As ``AWSClient/send(_:)``, and ``AWSClientError/repeatedPage(operation:)``.
    public mutating func next() async throws -> R.Response? {
      guard var current = request else { return nil }
      let page = try await client.send(current)
      guard let token = page.nextToken, !token.isEmpty else {
        request = nil
        return page
      }
      guard token != current.nextToken else { throw AWSClientError.repeatedPage(operation: R.operation) }
      current.nextToken = token
      request = current
      return page
    }
  }

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(client: client, request: first) }
}
