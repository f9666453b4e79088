import Testing

/// What AWS publishes as test vectors of Signature Version 4: https://github.com/awslabs/aws-c-auth, folder
/// tests/aws-signing-test-suite/v4, both signatures of each request. The `-unnormalized` ones are left out: only S3
/// takes paths as they are. Paths are in the vectors as they are before they are encoded.
struct SigV4Published: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var method: String
  var path: String
  var query: String
  var headers: [(name: String, value: String)]
  var body: String
  var token: String?
  /// Whether the hash of the body is a field of its own.
  var signsBody: Bool
  /// The signature in `Authorization`.
  var inHeader: String
  /// The signature of the presigned URL that holds for an hour.
  var inQuery: String

  init(
    _ name: String, method: String = "GET", path: String, query: String = "",
    headers: [(name: String, value: String)] = [], body: String = "", token: String? = nil, signsBody: Bool = false,
    header inHeader: String, presigned inQuery: String
  ) {
    testDescription = name
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.token = token
    self.signsBody = signsBody
    self.inHeader = inHeader
    self.inQuery = inQuery
  }

  private static let unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
  private static let shortToken = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267"
  /// The example of AWS's documentation.
  private static let longToken =
    "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfp"
    + "SPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQ"
    + "DYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+s"
    + "cqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA=="

  static let all: [SigV4Published] = [
    SigV4Published(
      "get-header-key-duplicate", path: "/",
      headers: [("My-Header1", "value2"), ("My-Header1", "value2"), ("My-Header1", "value1")],
      header: "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea",
      presigned: "3349ee0b81b4b589da0ff28a395c3591e04de515651dd74f298fa992d1507a97"),
    SigV4Published(
      "get-header-value-multiline", path: "/", headers: [("My-Header1", "value1\n  value2\n     value3")],
      header: "cfd34249e4b1c8d6b91ef74165d41a32e5fab3306300901bb65a51a73575eefd",
      presigned: "e6f5def831211aca02987a44b96826706278c7bc078112ae0263659c5b2f2d56"),
    SigV4Published(
      "get-header-value-order", path: "/",
      headers: [
        ("My-Header1", "value4"), ("My-Header1", "value1"), ("My-Header1", "value3"), ("My-Header1", "value2"),
      ],
      header: "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01",
      presigned: "313720e71ca6202fdcfa9b20f88de01a4eb0638a83c833b1c184359a4eda864e"),
    SigV4Published(
      "get-header-value-trim", path: "/", headers: [("My-Header1", " value1"), ("My-Header2", " \"a   b   c\"")],
      header: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
      presigned: "e7bb0fd515e125e1aec2ecc4c0c17484fb06f6846b927c35e46005dd3df3acd4"),
    SigV4Published(
      "get-relative-normalized", path: "/example/..",
      header: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
      presigned: "e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d"),
    SigV4Published(
      "get-relative-relative-normalized", path: "/example1/example2/../..",
      header: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
      presigned: "e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d"),
    SigV4Published(
      "get-slash-dot-slash-normalized", path: "/./",
      header: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
      presigned: "e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d"),
    SigV4Published(
      "get-slash-normalized", path: "//",
      header: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
      presigned: "e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d"),
    SigV4Published(
      "get-slash-pointless-dot-normalized", path: "/./example",
      header: "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5",
      presigned: "35034b1a0bdd969f346975386daf8aedfd4976573b8348cf4f67eaa41c5857de"),
    SigV4Published(
      "get-slashes-normalized", path: "//example//",
      header: "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84",
      presigned: "c1834e8fb0307243711f0f907f6ab7311ed300d87f13792d7ee4da89ab93e082"),
    SigV4Published(
      "get-space-normalized", path: "/example space/",
      header: "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
      presigned: "7a1f416954786484c9824d93c1f26ef64acb9b1b6c9154d08c9f07d0e394abf6"),
    SigV4Published(
      "get-unreserved", path: "/\(unreserved)",
      header: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
      presigned: "95968482db1b9e0fadef6efc1bd24689f77c77d9ef56919c96a28cc92e0d6005"),
    SigV4Published(
      "get-utf8", path: "/ሴ",
      header: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
      presigned: "10eae3f14a260bd3911cc6d008d3c576d143b05b62f09782a7a4b37f52178e44"),
    SigV4Published(
      "get-vanilla-empty-query-key", path: "/", query: "Param1=value1",
      header: "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
      presigned: "49096700cbbaa5753443850f40df10f904fc2fdb544dc9512203cc77c471a9de"),
    SigV4Published(
      "get-vanilla-query-order-encoded", path: "/", query: "Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
      header: "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac",
      presigned: "c5f1848ceec943ac2ca68ee720460c23aaae30a2300586597ada94c4a65e4787"),
    SigV4Published(
      "get-vanilla-query-order-key-case", path: "/", query: "Param2=value2&Param1=value1",
      header: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
      presigned: "86012e2c9ad4d77369f5d81c11f75158aae4f895a085212cc6d3f923d300bed5"),
    SigV4Published(
      "get-vanilla-query-unreserved", path: "/", query: "\(unreserved)=\(unreserved)",
      header: "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197",
      presigned: "8e76a88a7433637b12778d5592799b29ad21ecd6cf6325051c21d86f0acda2bf"),
    SigV4Published(
      "get-vanilla-query", path: "/",
      header: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
      presigned: "e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d"),
    SigV4Published(
      "get-vanilla-utf8-query", path: "/", query: "%E1%88%B4=bar",
      header: "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04",
      presigned: "0bdd809b1519ac4f0c1dc3540e2cc46bd0c7f778eda408b2ebf3b913d21ff600"),
    SigV4Published(
      "get-vanilla-with-session-token", path: "/", token: shortToken,
      header: "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8",
      presigned: "7ff2b50b376cb4d151970630573d6291dc128cc5c2a12ffb237f73cc53f67b6c"),
    SigV4Published(
      "get-vanilla", path: "/",
      header: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
      presigned: "e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d"),
    SigV4Published(
      "post-header-key-case", method: "POST", path: "/",
      header: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
      presigned: "2ce6e6d2e0cf2f9d1b55fafec88cd20574c31dc2e7631979f71ba2310083e95b"),
    SigV4Published(
      "post-header-key-sort", method: "POST", path: "/", headers: [("My-Header1", "value1")],
      header: "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
      presigned: "c09d07e0d55871f10f2a6d350d994acf6825a3cae70673d7def55616e6119dd7"),
    SigV4Published(
      "post-header-value-case", method: "POST", path: "/", headers: [("My-Header1", "VALUE1")],
      header: "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
      presigned: "0698bc9e4f7f9139065ba2909c0e99da257e8e2a42492a097bcd46d792391fed"),
    SigV4Published(
      "post-sts-header-after", method: "POST", path: "/",
      header: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
      presigned: "2ce6e6d2e0cf2f9d1b55fafec88cd20574c31dc2e7631979f71ba2310083e95b"),
    SigV4Published(
      "post-sts-header-before", method: "POST", path: "/", token: longToken,
      header: "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead",
      presigned: "46c2e3c63c1dbe7d39f8ada16fe7f001c1f56c5791441565323677f96308871c"),
    SigV4Published(
      "post-vanilla-empty-query-value", method: "POST", path: "/", query: "Param1=value1",
      header: "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
      presigned: "a9ef26247f293bffe40eeff86a0480ba8c14d31503b2e0c3399e3a16bf1a3682"),
    SigV4Published(
      "post-vanilla-query", method: "POST", path: "/", query: "Param1=value1",
      header: "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
      presigned: "a9ef26247f293bffe40eeff86a0480ba8c14d31503b2e0c3399e3a16bf1a3682"),
    SigV4Published(
      "post-vanilla", method: "POST", path: "/",
      header: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
      presigned: "2ce6e6d2e0cf2f9d1b55fafec88cd20574c31dc2e7631979f71ba2310083e95b"),
    SigV4Published(
      "post-x-www-form-urlencoded-parameters", method: "POST", path: "/",
      headers: [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"), ("Content-Length", "13")],
      body: "Param1=value1", signsBody: true,
      header: "328d1b9eaadca9f5818ef05e8392801e091653bafec24fcab71e7344e7f51422",
      presigned: "0dbeb9b026c7b6675f266b8427efec9b4fa8b1f6ef1477d717aea231106eab4d"),
    SigV4Published(
      "post-x-www-form-urlencoded", method: "POST", path: "/",
      headers: [("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", "13")], body: "Param1=value1",
      signsBody: true,
      header: "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b",
      presigned: "89a40deed0f26f9461242825a082d2222717248abc7ab41f552ad84a94ad46e9"),
  ]
}
