import AWSWire
import Foundation
import Logging

/// Who calls, and under which request identifier.
public struct CallContext: Sendable {
  /// The identifier returned to the caller and put into every log line of the call.
  public var requestID: String
  /// The access key of the caller's signature; `nil` for an unsigned call.
  public var accessKey: String?
  /// A logger that carries the request identifier.
  public var logger: Logger

  /// Makes a context.
  public init(requestID: String, accessKey: String?, logger: Logger) {
    self.requestID = requestID
    self.accessKey = accessKey
    self.logger = logger
  }
}

/// The operations that one service answers: the wire side of the service, without sockets.
///
/// The front door finds the table by `service`, the handler by operation name, and gives the codec of the
/// protocol that the caller speaks. An operation that is not in the table gets AWS's own error shape naming it.
public struct OperationTable: Sendable {
  /// Reads a request with a codec, performs it, and writes the answer with the same codec.
  public typealias Handler = @Sendable (any WireCodec, Data, CallContext) async throws -> EncodedMessage

  /// Reads a request with a codec, and answers with messages until there are no more.
  public typealias StreamHandler =
    @Sendable (any WireCodec, Data, CallContext) async throws -> AsyncThrowingStream<EventStreamMessage, any Error>

  /// The service whose operations these are.
  public let service: AWSService
  private var handlers: [String: Handler] = [:]
  private var streams: [String: StreamHandler] = [:]

  /// An empty table for a service.
  public init(_ service: AWSService) {
    self.service = service
  }

  /// Adds an operation.
  public mutating func on<R: AWSRequest>(
    _ type: R.Type, _ perform: @escaping @Sendable (R, CallContext) async throws -> R.Response
  ) {
    handlers[R.operation] = { codec, body, context in
      let request = try codec.decodeRequest(R.self, from: body)
      let response = try await perform(request, context)
      return try codec.encodeResponse(response, to: R.self, requestID: context.requestID)
    }
  }

  /// Adds an operation that answers with an event stream.
  public mutating func onStream<R: AWSRequest>(
    _ type: R.Type,
    _ perform: @escaping @Sendable (R, CallContext) async throws -> AsyncThrowingStream<EventStreamMessage, any Error>
  ) {
    streams[R.operation] = { codec, body, context in
      try await perform(try codec.decodeRequest(R.self, from: body), context)
    }
  }

  /// The handler of an operation that answers with an event stream, when there is one.
  public func stream(_ operation: String) -> StreamHandler? { streams[operation] }

  /// The handler of an operation, when there is one.
  public subscript(operation: String) -> Handler? { handlers[operation] }

  /// The names of the operations, sorted.
  public var operations: [String] { (Array(handlers.keys) + streams.keys).sorted() }
}
