import AWSWire
import Foundation
import PalcoTestSupport
import Testing

/// A thousand requests of a seeded generator, each signed by botocore in the header and in the query.
@Suite(.enabled(if: Python.isUsable, "\(Python.hint)")) struct BotocoreSigningTests {
  private struct Signed: Decodable {
    var method: String
    var path: String
    var query: String
    var headers: [[String]]
    var body: String
    var accessKey: String
    var secretKey: String
    var token: String?
    var region: String
    var service: String
    var date: Double
    var expires: Int
    var authorization: String
    var presigned: String
  }

  private static let script = #"""
    import base64, datetime, json, random, string, sys
    from urllib.parse import quote, urlsplit
    import botocore.auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    dice = random.Random(int(sys.stdin.read()))
    letters = string.ascii_letters + string.digits + " -._~/+=%&?#:@!$'()*,;[]é☃𝄞"
    def text(low, high, alphabet=letters):
        return ''.join(dice.choice(alphabet) for _ in range(dice.randint(low, high)))
    plain = string.ascii_letters + string.digits
    encoded = lambda t: quote(t, safe='-_.~')
    out = []
    for _ in range(1000):
        now = datetime.datetime.fromtimestamp(dice.randint(1400000000, 1900000000), datetime.timezone.utc)
        botocore.auth.get_current_datetime = lambda *a, **k: now.replace(tzinfo=None)
        path = '/' + '/'.join(dice.choice([encoded(text(0, 8)), '..', '.', '']) if dice.random() < 0.3
                              else encoded(text(1, 8)) for _ in range(dice.randint(0, 4)))
        names = {text(1, 6) for _ in range(dice.randint(0, 5))}
        query = '&'.join(encoded(n) + '=' + encoded(text(0, 8)) for n in dice.sample(sorted(names), len(names)))
        headers = {'X-' + text(1, 8, plain) + str(i): text(1, 20, string.printable[:95] + '  ').strip() or 'v'
                   for i in range(dice.randint(0, 4))}
        host = 'h' + text(1, 9, plain.lower()) + '.example' + dice.choice(['', ':4650'])
        body = text(0, 60).encode()
        keys = Credentials(text(16, 20, plain), text(40, 40), dice.choice([None, text(20, 60, plain + '/+=')]))
        region, service = dice.choice(['us-east-1', 'cn-north-1', 'us-gov-west-1']), dice.choice(['ecs', 'sts', 'ecr'])
        method, expires = dice.choice(['GET', 'POST', 'PUT', 'DELETE']), dice.randint(1, 604800)
        url = 'https://' + host + path + ('?' + query if query else '')
        request = AWSRequest(method=method, url=url, data=body, headers=dict(headers))
        botocore.auth.SigV4Auth(keys, service, region).add_auth(request)
        presigned = AWSRequest(method=method, url=url, headers=dict(headers))
        botocore.auth.SigV4QueryAuth(keys, service, region, expires=expires).add_auth(presigned)
        out.append({
            'method': method, 'path': path, 'query': query, 'body': base64.b64encode(body).decode(),
            'headers': [['Host', host]] + [[k, v] for k, v in headers.items()], 'accessKey': keys.access_key,
            'secretKey': keys.secret_key, 'token': keys.token, 'region': region, 'service': service,
            'date': now.timestamp(), 'expires': expires, 'authorization': request.headers['Authorization'],
            'presigned': urlsplit(presigned.url).query})
    print(json.dumps(out))
    """#

  @Test func signaturesAreThoseOfBotocore() throws {
    // Another seed finds more; the message names it.
    let seed = ProcessInfo.processInfo.environment["PALCO_TEST_SEED"] ?? "20150830"
    let requests = try JSONDecoder().decode([Signed].self, from: Python.run(Self.script, input: seed))
    #expect(requests.count == 1000)
    for (index, request) in requests.enumerated() {
      let signer = SigV4Signer(
        credentials: SigV4Credentials(
          accessKey: request.accessKey, secretKey: request.secretKey, sessionToken: request.token),
        region: request.region, service: request.service)
      let fields = request.headers.map { (name: $0[0], value: $0[1]) }
      let date = Date(timeIntervalSince1970: request.date)
      let body = try #require(Data(base64Encoded: request.body))
      let added = signer.sign(
        method: request.method, path: request.path, query: request.query, headers: fields,
        bodyHash: SigV4Signer.hash(of: body), date: date)
      #expect(added.last?.value == request.authorization, "request \(index) of seed \(seed): \(request)")
      // What is presigned is only ever verified here.
      #expect(throws: Never.self, "request \(index) of seed \(seed): \(request)") {
        try SigV4Verifier { $0 == request.accessKey ? request.secretKey : nil }.verify(
          method: request.method, path: request.path, query: request.presigned, headers: fields,
          bodyHash: SigV4Signer.hash(of: Data()), date: date + Double(request.expires))
      }
    }
  }
}
