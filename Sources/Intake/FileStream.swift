import Foundation

/// A plain file.
///
/// Read with read(2) into a small reused buffer: measured faster than mapping, and far smaller.
final class FileStream: ByteStream {
  private let descriptor: Int32
  /// Reused, so that what is read is copied once and nothing is filled with zeros first.
  private var block: [UInt8] = []

  init(path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StreamError(reason: String(cString: strerror(errno))) }
  }

  deinit { close(descriptor) }

  func read(_ count: Int, into buffer: inout [UInt8]) throws -> Int {
    if block.count < count { block = [UInt8](repeating: 0, count: count) }
    var filled = 0
    while filled < count {
      // read(2) wants a pointer: the C boundary.
      let got = block.withUnsafeMutableBytes { bytes in
        Foundation.read(descriptor, bytes.baseAddress?.advanced(by: filled), count - filled)
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw StreamError(reason: String(cString: strerror(errno))) }
      if got == 0 { break }
      filled += got
    }
    buffer.append(contentsOf: block[..<filled])
    return filled
  }
}

/// A plain file of which pieces are read anywhere.
final class SeekableFile {
  private let descriptor: Int32
  let size: Int

  init(path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StreamError(reason: String(cString: strerror(errno))) }
    size = Int(lseek(descriptor, 0, SEEK_END))
  }

  deinit { close(descriptor) }

  /// The bytes of a range, as far as the file reaches.
  func bytes(_ range: Range<Int>) throws -> [UInt8] {
    let range = range.clamped(to: 0..<max(0, size))
    var bytes = [UInt8](repeating: 0, count: range.count)
    var filled = 0
    while filled < bytes.count {
      // pread(2) wants a pointer: the C boundary.
      let got = bytes.withUnsafeMutableBytes { bytes in
        pread(
          descriptor, bytes.baseAddress?.advanced(by: filled), bytes.count - filled,
          off_t(range.lowerBound + filled))
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw StreamError(reason: String(cString: strerror(errno))) }
      if got == 0 { break }
      filled += got
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }
}
