import Foundation
import PalcoBlueprint
import Testing

/// Measured in whatever build the tests are, on whatever else the machine does: the bounds are generous, the numbers are
/// printed.
@Suite(.serialized) struct BlueprintSpeedTests {
  @Test func twoHundredServicesTakeLittleTime() throws {
    let text = try String(contentsOf: AWSSample.fixtures.appendingPathComponent("full.yml"), encoding: .utf8)
    func parse(_ number: Int) throws -> Manifest {
      let data = Data(text.replacingOccurrences(of: "name: shop\n", with: "name: shop-\(number)\n").utf8)
      return try ManifestFile.parse(data, file: "palco.yml", directory: URL(fileURLWithPath: "/project"))
    }
    _ = try parse(0)
    let clock = ContinuousClock()
    var single: [Duration] = []
    let whole = try clock.measure {
      for number in 1...200 {
        single.append(try clock.measure { _ = try parse(number) })
      }
    }
    let median = single.sorted()[100]
    print("blueprint: one manifest with two environments on AWS \(median) (median), 200 of them \(whole)")
    #expect(median < .milliseconds(200))
    #expect(whole < .seconds(40))
  }
}
