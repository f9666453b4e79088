import NIOCore

/// Answers that the balancer gives itself, worded as ALB words them.
struct OwnAnswer {
  var status: Int
  var contentType = "text/html"
  var body: String
  /// For a redirect.
  var location: String?

  /// An answer to a request that failed.
  init(_ fault: HTTPFault) {
    self.init(status: fault.rawValue)
  }

  /// ALB's page for a status.
  init(status: Int) {
    let title = "\(status) \(Self.reason(status))"
    self.init(
      status: status,
      body: "<html>\r\n<head><title>\(title)</title></head>\r\n<body>\r\n<center><h1>\(title)</h1></center>\r\n"
        + "</body>\r\n</html>\r\n")
  }

  init(status: Int, contentType: String = "text/html", body: String, location: String? = nil) {
    (self.status, self.contentType, self.body, self.location) = (status, contentType, body, location)
  }

  func write(into out: inout ByteBuffer, keepAlive: Bool, minorVersion: Int, isHead: Bool) {
    out.writeString("HTTP/1.1 \(status) \(Self.reason(status))\r\nServer: awselb/2.0\r\n")
    out.writeString("Date: \(HTTPDate.text(HTTPDate.now()))\r\n")
    if !body.isEmpty { out.writeString("Content-Type: \(contentType)\r\n") }
    // An answer that cannot have a body has no length either (RFC 9110, 8.6).
    if status != 204 { out.writeString("Content-Length: \(body.utf8.count)\r\n") }
    if let location { out.writeString("Location: \(location)\r\n") }
    if !keepAlive {
      out.writeStaticString("Connection: close\r\n")
    } else if minorVersion == 0 {
      out.writeStaticString("Connection: keep-alive\r\n")
    }
    out.writeStaticString("\r\n")
    if !isHead, status != 204 { out.writeString(body) }
  }

  static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 304: "Not Modified"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Not Allowed"
    case 408: "Request Time-out"
    case 410: "Gone"
    case 413: "Request Entity Too Large"
    case 414: "Request-URI Too Large"
    case 418: "I'm a teapot"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Temporarily Unavailable"
    case 504: "Gateway Time-out"
    case 505: "HTTP Version Not Supported"
    default: "Unknown"
    }
  }
}
