import Foundation

/// Simple Storage Service. Its protocol is of its own kind: resources are paths, bodies are bytes or XML.
///
/// https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html
public enum S3 {
  /// The name in a SigV4 credential scope.
  public static let signingName = "s3"
  /// The namespace of its documents.
  public static let namespace = "http://s3.amazonaws.com/doc/2006-03-01/"

  /// A key as `encoding-type=url` asks for it.
  public static func urlEncoded(_ text: String) -> String { PercentEncoding.encode(text, keeping: "/") }

  /// An instant as documents have it: ISO 8601 in UTC with milliseconds.
  public static func timestamp(_ date: Date) -> String { QueryTimestamp.text(date) }

  /// The document of an error.
  ///
  /// - Parameter details: Elements that tell what the error is about, such as `BucketName`.
  public static func document(
    of error: AWSError, resource: String, requestID: String, details: [(name: String, value: String)] = []
  ) -> Data {
    let elements =
      [("Code", error.code), ("Message", error.message)] + details.map { ($0.name, $0.value) }
      + [("Resource", resource), ("RequestId", requestID)]
    // Alone among the documents of S3, this one has no namespace.
    return XMLTree("Error", elements.map { XMLTree($0.0, $0.1) }).document(namespace: nil)
  }
}
