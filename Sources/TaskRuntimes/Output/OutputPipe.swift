import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The pipe that one of a program's output streams goes into. Whoever makes it closes both ends.
struct OutputPipe: Sendable {
  let stream: OutputLine.Stream
  /// Never blocks.
  let readEnd: Int32
  /// Blocks, as programs expect of their output.
  let writeEnd: Int32
  /// The pipe's number in the kernel. It tells whose output a process writes to, even when nobody remembers the process.
  let inode: UInt64

  /// Makes a pipe that no other program inherits.
  init(_ stream: OutputLine.Stream) throws(TaskRuntimeError) {
    self.stream = stream
    var ends: [Int32] = [-1, -1]
    // pipe2(2), which would do both at once, is not to be had from Swift. Between the two calls another thread could
    // start a program that inherits the pipe; but Subprocess, with which all of them are started, closes every
    // descriptor from 3 up in the child.
    let made = pipe(&ends)
    for end in ends where made == 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var status = stat()
    guard made == 0, fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0, fstat(ends[0], &status) == 0 else {
      throw TaskRuntimeError(.launchFailed, "no pipe for the program's output: \(String(cString: strerror(errno)))")
    }
    readEnd = ends[0]
    writeEnd = ends[1]
    inode = UInt64(status.st_ino)
  }

  /// What a read that does not wait gave.
  enum Reading { case some, nothingYet, end }

  /// Reads at most 64 KiB, a pipe's usual capacity, into the splitter.
  func read(into splitter: inout LineSplitter, line: (String) -> Void) -> Reading {
    withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
      while true {
        let count = systemRead(readEnd, buffer.baseAddress, buffer.count)
        if count > 0 {
          splitter.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]), line: line)
          return .some
        }
        if count == 0 { return .end }
        if errno == EINTR { continue }
        return errno == EAGAIN ? .nothingYet : .end
      }
    }
  }

  /// Closes the program's end here, once the program has its own copy of it.
  func closeWriteEnd() { _ = systemClose(writeEnd) }

  /// Closes the end that is read here.
  func closeReadEnd() { _ = systemClose(readEnd) }

  /// Closes both ends.
  func close() {
    closeReadEnd()
    closeWriteEnd()
  }

  /// Whether no process can write to it any more.
  var hasNoWriters: Bool {
    var descriptor = pollfd(fd: readEnd, events: 0, revents: 0)
    return poll(&descriptor, 1, 0) == 1 && descriptor.revents & Int16(POLLHUP) != 0
  }
}

/// The system calls, where a method's own name hides them.
private let systemRead = read(_:_:_:)
private let systemClose = close(_:)
