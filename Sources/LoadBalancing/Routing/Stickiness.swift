import NIOCore

/// The cookies that keep a client where it is: AWSALBTG for the group, AWSALB for the target, each with a twin for
/// cross-origin requests.
///
/// ALB's values are encrypted; here a value is what it names, hashed, and until when. A forged one chooses among what
/// the client could get anyway.
///
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#sticky-sessions
enum Stickiness {
  static let groupCookie = "AWSALBTG"
  static let targetCookie = "AWSALB"

  /// A number for a name, the same in every process.
  static func mark(_ name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// What a cookie of the request names, unless it has expired.
  static func mark(of cookie: String, in request: RequestView, now: Int) -> UInt64? {
    for field in request.fields where field.kind == .cookie {
      for pair in field.value(in: request.bytes).split(separator: UInt8(ascii: ";")) {
        let text = String(decoding: pair, as: UTF8.self).drop { $0 == " " }
        let parts = text.split(separator: "=", maxSplits: 1)
        // The twin counts as well, because a cross-origin request may bring it alone.
        guard parts.count == 2, parts[0] == cookie || parts[0] == cookie + "CORS" else { continue }
        let value = parts[1].split(separator: "-")
        guard value.count == 2, let mark = UInt64(value[0], radix: 16), let expiry = Int(value[1], radix: 16),
          expiry > now
        else { continue }
        return mark
      }
    }
    return nil
  }

  /// Writes the fields that set a cookie and its twin.
  static func write(_ cookie: String, mark: UInt64, seconds: Int, now: Int, into out: inout ByteBuffer) {
    let value = "\(String(mark, radix: 16))-\(String(now + seconds, radix: 16))"
    let expires = HTTPDate.text(now + seconds)
    out.writeString("Set-Cookie: \(cookie)=\(value); Expires=\(expires); Path=/\r\n")
    out.writeString("Set-Cookie: \(cookie)CORS=\(value); Expires=\(expires); Path=/; SameSite=None; Secure\r\n")
  }
}
