import CScan
import Records
import Synchronization

/// A run of whole records of one file.
struct Chunk {
  /// Position in the file's sequence of chunks.
  var number = 0
  /// Line of the file on which the first record stands.
  var line = 1
  /// Newlines in the text, quoted or not.
  var newlines = 0
  var text: [UInt8] = []
}

/// Cuts a file into chunks of whole records, for several threads that take them in turn.
///
/// What a chunk means is found in parallel; its bytes are read in parallel too where they stand in a
/// plain file (`FileBlocks`), and from front to back where they come out of a stream.
final class ChunkReader: Sendable {
  /// Bytes read at a time: small enough for the caches, large enough to amortise the lock.
  static let blockSize = 512 << 10
  /// A record longer than this is a quote that was never closed.
  static let longestRecord = 64 << 20

  private struct State: ~Copyable {
    var stream: any ByteStream
    var carry: [UInt8] = []
    var line: Int
    var number = 0
    var isAtEnd = false
  }

  private let state: Mutex<State>
  private let blocks: FileBlocks?
  let dialect: Dialect
  let isCareful: Bool
  private let blockSize: Int

  /// Reads records from a stream that stands behind the header, on a line.
  init(
    _ stream: sending any ByteStream, line: Int, dialect: Dialect, isCareful: Bool,
    blockSize: Int
  ) {
    blocks =
      isCareful
      ? nil : FileBlocks(stream, line: line, dialect: dialect, blockSize: blockSize)
    state = Mutex(State(stream: stream, line: line))
    self.blockSize = blockSize
    self.dialect = dialect
    self.isCareful = isCareful
  }

  /// What of the file read so far its charset has no character for.
  var undecodable: Undecodable { state.withLock { $0.stream.undecodable } }

  /// The next chunk in a reused buffer, or false where none is left to this thread.
  ///
  /// - Throws: `UnclosedQuote` where a quoted field is never closed, `StreamError`.
  func next(_ chunk: inout Chunk) throws -> Bool {
    if let blocks { return try blocks.next(&chunk) }
    return try state.withLock { state in
      guard !state.isAtEnd else { return false }
      chunk.text.removeAll(keepingCapacity: true)
      chunk.text.append(contentsOf: state.carry)
      state.carry.removeAll(keepingCapacity: true)
      while true {
        let got = try state.stream.read(blockSize, into: &chunk.text)
        state.isAtEnd = got < blockSize
        if state.isAtEnd, let last = chunk.text.last, last != dialect.newline {
          chunk.text.append(dialect.newline)
        }
        let (end, newlines) = endOfLastRecord(chunk.text)
        if end == 0 || state.isAtEnd && end < chunk.text.count {
          guard !state.isAtEnd, chunk.text.count < ChunkReader.longestRecord else {
            if chunk.text.isEmpty { return false }
            throw UnclosedQuote(in: chunk.text, line: state.line, dialect: dialect)
          }
          continue
        }
        state.carry.append(contentsOf: chunk.text[end...])
        chunk.text.removeLast(chunk.text.count - end)
        chunk.number = state.number
        chunk.line = state.line
        chunk.newlines = newlines
        state.number += 1
        state.line += newlines
        return true
      }
    }
  }

  /// Where the last whole record ends, and the newlines before it.
  private func endOfLastRecord(_ text: [UInt8]) -> (end: Int, newlines: Int) {
    if isCareful {
      let end = CarefulIndex(text, dialect: dialect).end
      return (end, text[..<end].count { $0 == dialect.newline })
    }
    // The kernel takes a pointer: the C boundary.
    let counts = text.withUnsafeBufferPointer {
      cscan_count($0.baseAddress, $0.count, Dialect.quote, dialect.newline)
    }
    var isInside = counts.quotes % 2 == 1
    var end = text.count
    var newlines = counts.newlines
    while end > 0 {
      let byte = text[end - 1]
      if byte == Dialect.quote {
        isInside.toggle()
      } else if byte == dialect.newline {
        if !isInside { break }
        newlines -= 1
      }
      end -= 1
    }
    return (end, newlines)
  }
}

/// A quoted field that is never closed, by where it opens.
struct UnclosedQuote: Error {
  let line: Int
  let column: Int

  /// The one in a text that begins with a record, on a line.
  init(in text: [UInt8], line: Int, dialect: Dialect) {
    let index = CarefulIndex(text, dialect: dialect)
    guard let opened = index.unclosedQuote else {
      (self.line, column) = (line, 1)
      return
    }
    let before = text[..<opened]
    let lineStart = before.lastIndex(of: dialect.newline).map { $0 + 1 } ?? 0
    self.line = line + before.count { $0 == dialect.newline }
    column = 1 + dialect.characterCount(before[lineStart...])
  }
}
