extension RedirectAction {
  /// The `Location` for a request, its placeholders filled.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
  func location(for request: RequestView, port listenerPort: Int) -> String {
    let own = [
      ("#{protocol}", "http"), ("#{host}", String(decoding: request.hostName, as: UTF8.self)),
      ("#{port}", String(listenerPort)),
      ("#{path}", String(String(decoding: request.path, as: UTF8.self).drop { $0 == "/" })),
      ("#{query}", String(decoding: request.query, as: UTF8.self)),
    ]
    func filled(_ part: String) -> String {
      var (result, rest) = ("", Substring(part))
      scan: while let character = rest.first {
        for (name, value) in own where rest.hasPrefix(name) {
          result += value
          rest = rest.dropFirst(name.count)
          continue scan
        }
        result.append(character)
        rest = rest.dropFirst()
      }
      return result
    }
    let query = filled(query)
    let base = "\(filled(scheme).lowercased())://\(filled(host)):\(filled(port))\(filled(path))"
    return query.isEmpty ? base : "\(base)?\(query)"
  }
}
