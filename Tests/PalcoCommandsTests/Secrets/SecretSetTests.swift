import AWSWire
import Foundation
import Testing

@testable import PalcoCommands

@Suite struct SecretSetTests {
  @Test(arguments: [
    ("/shop/url", SecretPlace.parameter("/shop/url")), ("shop/db", .secret("shop/db")),
    ("arn:aws:ssm:eu-west-1:123456789012:parameter/shop/url", .parameter("/shop/url")),
    ("arn:aws:ssm:eu-west-1:123456789012:parameter/plain", .parameter("plain")),
    ("arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-AbCdEf", .secret("shop/db")),
    ("arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-AbCdEf:password::", .secret("shop/db")),
    ("arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop", .secret("shop")),
  ])
  func aReferenceOfTheManifestNamesThePlace(reference: String, place: SecretPlace) throws {
    #expect(try SecretPlace(reference) == place)
  }

  @Test(arguments: ["arn:aws:s3:::bucket", "arn:", "arn:aws:ssm:eu-west-1:1:document/x"])
  func otherARNsAreRefused(reference: String) {
    #expect(throws: CommandError.self) { try SecretPlace(reference) }
  }

  @Test func oneLineEndIsNoPartOfTheValue() throws {
    #expect(try SecretInput.text(Data("hush\n".utf8)).value == "hush")
    #expect(try SecretInput.text(Data("hush\r\n".utf8)).value == "hush")
    #expect(try SecretInput.text(Data("two\nlines\n\n".utf8)).value == "two\nlines\n")
    #expect(throws: CommandError.self) { try SecretInput.text(Data("\n".utf8)) }
    #expect(throws: CommandError.self) { try SecretInput.text(Data([0xFF])) }
  }
}
