import AWSClient
import AWSWire

extension AWSClient {
  /// The items of all pages of a list.
  func all<Request: PagedRequest, Item>(
    _ request: Request, _ items: (Request.Response) -> [Item]?
  ) async throws -> [Item] {
    var found: [Item] = []
    for try await page in pages(request) { found += items(page) ?? [] }
    return found
  }

  /// The answer, or `nil` when AWS says that the thing is not there.
  func sendIfPresent<Request: AWSRequest>(
    _ request: Request, absentCodes: Set<String>
  ) async throws -> Request.Response? {
    try await send(request, unless: absentCodes)
  }

  /// The answer, or `nil` when AWS refuses with one of some codes, which is as good.
  func send<Request: AWSRequest>(
    _ request: Request, unless codes: Set<String>
  ) async throws -> Request.Response? {
    do {
      return try await send(request)
    } catch let error as AWSError where codes.contains(error.code) {
      return nil
    }
  }
}

extension Array {
  /// The elements in groups of at most `size`, as AWS's Describe calls take them.
  func chunked(by size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
