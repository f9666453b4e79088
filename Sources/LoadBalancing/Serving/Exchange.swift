import NIOCore

/// One request on its way to a target, and its answer on the way back.
struct Exchange {
  var target: LoopTarget?
  var upstream: UpstreamConnection?
  /// Tells a connection that is made too late from the one that is waited for.
  var connectAttempt = 0
  var requestBody = BodyFraming.length(0)
  var isRequestDone = true
  var isAnswerBegun = false
  var isAnswerDone = false
  /// Whether the client's connection may serve another request.
  var keepsAlive = true
  var minorVersion = 1
  var isHead = false
  var wantsWebSocket = false
  /// The client waits for 100 before it sends the body.
  var awaitsContinue = false
  var form = HeadWriter.AnswerForm()
  var started = NIODeadline.distantPast
  /// What was sent on a pooled connection, for another one if the target has closed that; `nil` once an answer begins.
  var replay: ByteBuffer?
  /// What waits for a connection.
  var waiting: [ByteBuffer] = []
  /// Seconds for which the cookies of the group and of the target are to be set.
  var groupCookie: (mark: UInt64, seconds: Int)?
  var targetCookie: (mark: UInt64, seconds: Int)?
}
