/// Bytes of one file of an export, read once from front to back.
protocol ByteStream: AnyObject {
  /// Appends at most `count` bytes to a buffer and returns how many; 0 at the end.
  ///
  /// Fewer than `count` only at the end.
  func read(_ count: Int, into buffer: inout [UInt8]) throws -> Int

  /// What could not be decoded so far.
  var undecodable: Undecodable { get }
}

extension ByteStream {
  var undecodable: Undecodable { Undecodable() }
}

/// A file that could not be read, with the system's or the library's reason.
struct StreamError: Error, Hashable {
  /// What kind of failure it is, for those that users tell apart.
  enum Kind { case unreadable, tooManyEntries, tooLarge, tooDense }

  let reason: String
  var kind = Kind.unreadable
}

/// Bytes that a stream has made and that nobody has taken yet.
struct PendingBytes {
  private var bytes: [UInt8] = []
  private var position = 0

  /// Appends at most `count` bytes to a buffer and returns how many.
  ///
  /// `refill` appends more and says whether there may be any; it is called until there is enough.
  mutating func take(
    _ count: Int, into buffer: inout [UInt8], refill: (inout [UInt8]) throws -> Bool
  ) rethrows -> Int {
    var filled = 0
    while filled < count {
      if position == bytes.count {
        bytes.removeAll(keepingCapacity: true)
        position = 0
        guard try refill(&bytes) else { break }
        continue
      }
      let part = min(count - filled, bytes.count - position)
      buffer.append(contentsOf: bytes[position..<(position + part)])
      position += part
      filled += part
    }
    return filled
  }
}
