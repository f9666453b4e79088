import Foundation
import PalcoTestSupport
import Testing

@testable import PalcoRelease

@Suite struct ContainerBuilderTests {
  private let builder = ContainerBuilder(context: "/src", file: "/src/Dockerfile", arguments: ["B": "2", "A": "1"])
  private let layout = URL(fileURLWithPath: "/tmp/layout")

  @Test func eachToolEndsWithAnImageLayout() {
    let build = ["--build-arg", "A=1", "--build-arg", "B=2", "--file", "/src/Dockerfile", "--tag", "x", "/src"]
    #expect(
      builder.commands(of: .buildah, image: "x", layout: layout)
        == [["buildah", "build"] + build, ["buildah", "push", "x", "oci:/tmp/layout"]])
    #expect(
      builder.commands(of: .podman, image: "x", layout: layout)
        == [["podman", "build"] + build, ["podman", "save", "--format", "oci-dir", "--output", "/tmp/layout", "x"]])
    #expect(
      builder.commands(of: .docker, image: "x", layout: layout).first == ["docker", "build"]
        + build)
  }

  @Test func withoutAToolThePathSaysSo() {
    #expect(ContainerBuilder.available(path: "/nowhere").isEmpty)
    #expect(ContainerBuilder.available(path: nil).isEmpty)
  }

  @Test(arguments: [("v1", "v1"), ("feature/new thing", "feature-new-thing"), ("ünï", "-n-")])
  func aLabelBecomesWhatATagCanHold(text: String, label: String) {
    #expect(PublishedImage.label(text) == label)
  }

  @Test func aTagOfPalcosOwnGivesItsLabelBack() {
    #expect(Publisher.label(ofTag: "v1-0123456789ab", Sample.digest) == "v1")
    #expect(Publisher.label(ofTag: "v1", Sample.digest) == "v1")
  }

  @Test func aDigestIsShortenedToTwelveDigits() {
    #expect(PublishedImage.short(Sample.digest) == "0123456789ab")
  }
}
