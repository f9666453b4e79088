import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A client that sends exactly the bytes that a test wants and keeps what comes back.
final class RawClient: Sendable {
  private struct State {
    var received = Data()
    var isClosed = false
    var error: String?
  }

  private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    let state: NIOLockedValueBox<State>
    init(_ state: NIOLockedValueBox<State>) { self.state = state }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let bytes = unwrapInboundIn(data)
      state.withLockedValue { state in bytes.withUnsafeReadableBytes { state.received.append(contentsOf: $0) } }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      state.withLockedValue { $0.error = "\(error)" }
      context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { state.withLockedValue { $0.isClosed = true } }
  }

  let channel: any Channel
  private let state: NIOLockedValueBox<State>

  init(port: Int, autoRead: Bool = true) async throws {
    let state = NIOLockedValueBox(State())
    self.state = state
    channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.autoRead, value: autoRead)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Collector(state)) }
      }
      .connect(host: "127.0.0.1", port: port).get()
  }

  var isClosed: Bool { state.withLockedValue { $0.isClosed } }
  var error: String? { state.withLockedValue { $0.error } }
  var received: Data { state.withLockedValue { $0.received } }

  func send(_ text: String) async throws { try await send(Data(text.utf8)) }

  func send(_ data: Data) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: data)) }

  /// The next complete answer, taken off what has come.
  func answer(toHead isHead: Bool = false, within limit: Duration = .seconds(20)) async throws -> Answer {
    let deadline = ContinuousClock.now + limit
    while true {
      let (found, isClosed) = state.withLockedValue { state -> (Answer?, Bool) in
        guard let (answer, length) = Answer.parse(state.received, isClosed: state.isClosed, isHead: isHead) else {
          return (nil, state.isClosed)
        }
        state.received = Data(state.received.dropFirst(length))
        return (answer, state.isClosed)
      }
      if let found { return found }
      if isClosed { throw ConnectionClosed(received: String(decoding: received, as: UTF8.self)) }
      guard ContinuousClock.now < deadline else { throw NeverHappened(what: "an answer") }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// Sends a request and waits for its answer.
  func request(_ text: String) async throws -> Answer {
    try await send(text)
    return try await answer(toHead: text.hasPrefix("HEAD "))
  }

  func get(_ path: String = "/", _ fields: String...) async throws -> Answer {
    try await request("GET \(path) HTTP/1.1\r\nHost: test.local\r\n\(fields.map { $0 + "\r\n" }.joined())\r\n")
  }

  func close() async { try? await channel.close() }

  struct ConnectionClosed: Error, CustomStringConvertible {
    var received: String
    var description: String { "the connection was closed after \(received.debugDescription)" }
  }
}

/// An answer as a client reads it.
struct Answer: Sendable {
  var status: Int
  var version: String
  var fields: [(name: String, value: String)]
  var body: Data
  var trailers: String = ""

  var text: String { String(decoding: body, as: UTF8.self) }

  func values(_ name: String) -> [String] {
    fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
  }

  subscript(_ name: String) -> String? { values(name).first }

  /// The answer at the beginning of some bytes and its length; `nil` while it is incomplete.
  static func parse(_ data: Data, isClosed: Bool, isHead: Bool) -> (Answer, Int)? {
    let data = Data(data)
    guard let end = data.range(of: Data("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    let status = lines[0].split(separator: " ", maxSplits: 2)
    guard status.count >= 2, let code = Int(status[1]) else { return nil }
    let fields = lines.dropFirst().map { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      return (String(parts[0]), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
    }
    var answer = Answer(status: code, version: String(status[0]), fields: fields, body: Data())
    if isHead || code < 200 || code == 204 || code == 304 { return (answer, end.upperBound) }
    if answer["Transfer-Encoding"]?.lowercased() == "chunked" {
      var place = end.upperBound
      while true {
        guard let lineEnd = data.range(of: Data("\r\n".utf8), in: place..<data.count),
          let size = Int(String(decoding: data[place..<lineEnd.lowerBound], as: UTF8.self), radix: 16)
        else { return nil }
        place = lineEnd.upperBound
        if size == 0 {
          if data.count >= place + 2, data[place..<(place + 2)] == Data("\r\n".utf8) { return (answer, place + 2) }
          guard let trailerEnd = data.range(of: Data("\r\n\r\n".utf8), in: place..<data.count) else { return nil }
          answer.trailers = String(decoding: data[place..<trailerEnd.lowerBound], as: UTF8.self)
          return (answer, trailerEnd.upperBound)
        }
        guard data.count >= place + size + 2 else { return nil }
        answer.body += data[place..<(place + size)]
        place += size + 2
      }
    }
    if let length = answer["Content-Length"].flatMap({ Int($0) }) {
      guard data.count >= end.upperBound + length else { return nil }
      answer.body = data[end.upperBound..<(end.upperBound + length)]
      return (answer, end.upperBound + length)
    }
    guard isClosed else { return nil }
    answer.body = data[end.upperBound...]
    return (answer, data.count)
  }
}

/// Asks again and again until something is so.
func eventually(
  within limit: Duration = .seconds(20), _ what: String = "condition", _ condition: @Sendable () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + limit
  while try await !condition() {
    guard ContinuousClock.now < deadline else { throw NeverHappened(what: what) }
    try await Task.sleep(for: .milliseconds(3))
  }
}

/// A number that has stopped growing.
func settled(_ number: () async -> Int) async throws -> Int {
  var last = 0
  while true {
    try await Task.sleep(for: .milliseconds(150))
    let present = await number()
    if present == last, present > 0 { return present }
    last = present
  }
}

struct NeverHappened: Error { var what: String }
