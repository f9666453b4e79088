import AWSWire
import Foundation
import HTTPTypes
import Hummingbird

/// An error as the distribution specification puts it on the wire.
///
/// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes
struct RegistryError: Error {
  var status: HTTPResponse.Status
  var code: String
  var message: String
  var headers = HTTPFields()

  init(_ status: HTTPResponse.Status, _ code: String, _ message: String, headers: HTTPFields = HTTPFields()) {
    self.status = status
    self.code = code
    self.message = message
    self.headers = headers
  }

  /// The registry's word for an error of the API: both doors open on the same records.
  init(_ error: AWSError) {
    let (status, code): (HTTPResponse.Status, String) =
      switch error.code {
      case "RepositoryNotFoundException": (.notFound, "NAME_UNKNOWN")
      case "ImageNotFoundException": (.notFound, "MANIFEST_UNKNOWN")
      case "UploadNotFoundException": (.notFound, "BLOB_UPLOAD_UNKNOWN")
      case "InvalidLayerPartException": (.rangeNotSatisfiable, "BLOB_UPLOAD_INVALID")
      case "InvalidLayerException": (.badRequest, "DIGEST_INVALID")
      case "LayersNotFoundException", "ReferencedImagesNotFoundException": (.badRequest, "MANIFEST_BLOB_UNKNOWN")
      case "ImageTagAlreadyExistsException": (.badRequest, "TAG_INVALID")
      case "InvalidParameterException": (.badRequest, "MANIFEST_INVALID")
      default: (.init(code: error.httpStatus), "UNKNOWN")
      }
    self.init(status, code, error.message)
  }

  static func blobUnknown(_ digest: String) -> RegistryError {
    RegistryError(.notFound, "BLOB_UNKNOWN", "The blob '\(digest)' is not in this repository")
  }
  static let manifestUnknown = RegistryError(.notFound, "MANIFEST_UNKNOWN", "Requested image not found")
  static func digestInvalid(_ text: String) -> RegistryError {
    RegistryError(.badRequest, "DIGEST_INVALID", "'\(text)' is not sha256: and 64 lower-case hexadecimal digits")
  }

  /// The answer. That to HEAD has no body.
  func response(to method: HTTPRequest.Method) -> Response {
    struct Body: Encodable {
      struct Entry: Encodable {
        var code: String
        var message: String
      }
      var errors: [Entry]
    }
    var response = RegistryRoutes.json(Body(errors: [.init(code: code, message: message)]), status: status)
    response.headers.append(contentsOf: headers)
    return method == .head ? response.createHeadResponse() : response
  }
}
