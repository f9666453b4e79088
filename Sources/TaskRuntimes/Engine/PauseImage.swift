import Foundation

/// The image of the container that holds a task's network: one program that waits for ever.
///
/// A network that lived with one of the task's own containers would end with it, and containers that run to their end
/// before others start (`dependsOn` with COMPLETE) are common. The image is made here, from 130 bytes of machine code, so
/// that nothing has to be pulled from anywhere.
enum PauseImage {
  /// What is handed to `import`: a tar archive with the one program.
  static var archive: Data {
    let program = ELF(code).data
    var header = Data(count: 512)
    func put(_ text: String, at offset: Int) {
      header.replaceSubrange(offset..<offset + text.utf8.count, with: Data(text.utf8))
    }
    // ustar: name, mode, owner, group, size, time, checksum (of the header with blanks in its place), type, magic.
    put("pause", at: 0)
    put("0000755\0", at: 100)
    put("0000000\0", at: 108)
    put("0000000\0", at: 116)
    put(octal(program.count, 11) + "\0", at: 124)
    put("00000000000\0", at: 136)
    put("        ", at: 148)
    put("0", at: 156)
    put("ustar\u{0}00", at: 257)
    put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
    let padding = Data(count: (512 - program.count % 512) % 512)
    return header + program + padding + Data(count: 1024)
  }

  private static func octal(_ number: Int, _ digits: Int) -> String {
    let text = String(number, radix: 8)
    return String(repeating: "0", count: digits - text.count) + text
  }

  #if arch(arm64)
    private static let machine: UInt16 = 183
    /// `ppoll(0, 0, 0, 0)` again and again: this architecture has no `pause`.
    private static let code: [UInt32] = [
      0xD280_0928, 0xD280_0000, 0xD280_0001, 0xD280_0002, 0xD280_0003, 0xD400_0001, 0x17FF_FFFA,
    ]
  #else
    private static let machine: UInt16 = 62
    /// `mov eax, 34; syscall; jmp` back: `pause` again and again.
    private static let code: [UInt8] = [0xB8, 34, 0, 0, 0, 0x0F, 0x05, 0xEB, 0xF7]
  #endif

  /// A program of 64 bits: header, one segment, code.
  private struct ELF {
    let data: Data

    init<Unit: FixedWidthInteger>(_ code: [Unit]) {
      let base: UInt64 = 0x400000
      let size = UInt64(120 + code.count * Unit.bitWidth / 8)
      var data = Data([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0] + [UInt8](repeating: 0, count: 8))
      func add<Number: FixedWidthInteger>(_ numbers: Number...) {
        for number in numbers { withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) } }
      }
      add(UInt16(2), machine)
      add(UInt32(1))
      add(base + 120, 64, 0)
      add(UInt32(0))
      add(UInt16(64), 56, 1, 0, 0, 0)
      // PT_LOAD, readable and executable.
      add(UInt32(1), 5)
      add(UInt64(0), base, base, size, size, 0x1000)
      for unit in code { add(unit) }
      self.data = data
    }
  }
}
