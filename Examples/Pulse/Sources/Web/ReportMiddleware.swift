import HTTPTypes
import Hummingbird

/// The outermost layer: turns errors into answers, counts and times all of them, and says which version gave them.
struct ReportMiddleware<Context: RequestContext>: RouterMiddleware {
  let version: String
  let metrics: Metrics

  /// Others are counted as one, so that nobody can fill the memory with names.
  private static var methods: Set<String> { ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] }

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    metrics.begin()
    var response: Response
    do {
      response = try await next(request, context)
    } catch let error as any HTTPResponseError {
      response = (try? error.response(from: request, context: context)) ?? Response(status: error.status)
    } catch {
      context.logger.error("\(request.method) \(context.endpointPath ?? "NotFound"): \(error)")
      response = Response(
        status: .internalServerError, headers: [.contentType: "text/plain; charset=utf-8"],
        body: .init(byteBuffer: ByteBuffer(string: "Something went wrong here. Please try again.\n")))
    }
    if let name = HTTPField.Name("X-Pulse-Version") { response.headers[name] = Self.headerValue(version) }
    let method = request.method.rawValue
    metrics.count(
      method: Self.methods.contains(method) ? method : "OTHER", route: context.endpointPath ?? "NotFound",
      code: response.status.code, duration: ContinuousClock.now - start)
    return response
  }

  /// A version may come from a file; a header holds visible ASCII only.
  private static func headerValue(_ text: String) -> String {
    String(text.unicodeScalars.map { (0x20...0x7E).contains($0.value) ? Character($0) : "?" })
  }
}
