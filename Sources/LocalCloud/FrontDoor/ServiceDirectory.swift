import AWSWire
import Foundation

/// Finds the operation that a request asks for, and the codec of the protocol that it speaks.
struct ServiceDirectory: Sendable {
  /// What a request asks for.
  struct Call: Sendable {
    /// The name for log lines, such as `ECS.DescribeServices`.
    var name: String
    /// The protocol that the caller speaks.
    var codec: any WireCodec
    /// What performs it; `nil` when the cloud does not know the operation.
    var handler: OperationTable.Handler?
    /// What answers it with an event stream, where the operation does that.
    var stream: OperationTable.StreamHandler?
    /// The error of an operation that the cloud does not know.
    var unknown: AWSError
    /// The code of an error inside of the cloud, as services of this protocol call it.
    var internalFailure: String
  }

  private var jsonTables: [String: OperationTable] = [:]
  private var queryTables: [QueryTable] = []
  private var cborTables: [String: OperationTable] = [:]

  /// A table with what its service says of Query.
  private struct QueryTable {
    var table: OperationTable
    var wireProtocol: AWSService.WireProtocol
    var version: String
  }

  /// Makes a directory of all services.
  init(_ tables: [OperationTable]) {
    for table in tables {
      for wireProtocol in table.service.allProtocols {
        switch wireProtocol {
        case .json(_, let prefix): jsonTables[prefix] = table
        case .query(let version, _):
          queryTables.append(QueryTable(table: table, wireProtocol: wireProtocol, version: version))
        case .cbor(let name): cborTables[name] = table
        }
      }
    }
  }

  /// What a request to `/service/<service>/operation/<operation>` asks for.
  func cborCall(service: String, operation: String) -> Call {
    let table = cborTables[service]
    let name = "\(table?.service.name ?? service).\(operation)"
    let wireProtocol = AWSService.WireProtocol.cbor(serviceName: service)
    return Call(
      name: name, codec: table?.service.codec(for: wireProtocol) ?? wireProtocol.codec, handler: table?[operation],
      unknown: AWSError(
        "UnknownOperationException", "The local cloud does not answer \(name.prefix(200)).", httpStatus: 404),
      internalFailure: table == nil ? "InternalFailure" : "InternalServiceFault")
  }

  /// What a request asks for.
  ///
  /// - Parameters:
  ///   - target: The header `X-Amz-Target`.
  ///   - contentType: The header `Content-Type`.
  ///   - signingName: The service of the signature's credential scope.
  ///   - body: The body, decompressed.
  /// - Returns: `nil` when the request is of no protocol that this cloud speaks.
  func call(target: String?, contentType: String?, signingName: String?, body: Data) throws -> Call? {
    if let target { return jsonCall(target, contentType: contentType) }
    guard contentType?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true else { return nil }
    return try queryCall(signingName: signingName, body: body)
  }

  private func jsonCall(_ target: String, contentType: String?) -> Call {
    let dot = target.lastIndex(of: ".")
    let prefix = String(target[..<(dot ?? target.startIndex)])
    let operation = String(dot.map { target[$0...].dropFirst() } ?? target[...])
    let table = jsonTables[prefix]
    let version = contentType?.lowercased().hasPrefix("application/x-amz-json-1.0") == true ? "1.0" : "1.1"
    let name = table.map { "\($0.service.name).\(operation)" } ?? target
    let wireProtocol = AWSService.WireProtocol.json(version: version, targetPrefix: prefix)
    return Call(
      name: name, codec: table?.service.codec(for: wireProtocol) ?? wireProtocol.codec, handler: table?[operation],
      stream: table?.stream(operation),
      unknown: AWSError("UnknownOperationException", "The local cloud does not answer \(name.prefix(200))."),
      internalFailure: "ServerException")
  }

  private func queryCall(signingName: String?, body: Data) throws -> Call {
    let head = try QueryHead(body)
    let found =
      queryTables.first { $0.table.service.signingName == signingName }
      ?? queryTables.first { $0.version == head.version }
      ?? queryTables.first { $0.table[head.action ?? ""] != nil }
    let table = found?.table
    let action = head.action ?? ""
    let unknown =
      head.action == nil
      ? AWSError("MissingAction", "The request must contain the parameter Action.")
      : AWSError("InvalidAction", "The action \(action.prefix(200)) is not valid for this web service.")
    // Nobody's namespace for what is nobody's operation, as AWS has it.
    let wireProtocol =
      found?.wireProtocol ?? .query(version: "", namespace: "http://webservices.amazon.com/AWSFault/2005-15-09")
    return Call(
      name: "\(table?.service.name ?? signingName ?? "?").\(action)",
      codec: table?.service.codec(for: wireProtocol) ?? wireProtocol.codec,
      handler: table?[action], unknown: unknown, internalFailure: "InternalFailure")
  }
}

extension AWSService.WireProtocol {
  /// The codec of the protocol, for a request that is no known service's.
  var codec: any WireCodec { Self.nobody.codec(for: self) }

  private static let nobody = AWSService(
    name: "", signingName: "", endpointPrefix: "", wireProtocol: .query(version: "", namespace: ""))
}

/// The two parameters of a Query request that say what it is: `Action` and `Version`.
private struct QueryHead: AWSRequest {
  typealias Response = EmptyResponse
  static let service = AWSService(
    name: "", signingName: "", endpointPrefix: "", wireProtocol: .query(version: "", namespace: ""))
  static let operation = ""

  var action: String?
  var version: String?

  init(_ body: Data) throws {
    self = try QueryCodec(version: "", namespace: "").decodeRequest(Self.self, from: body)
  }
}
