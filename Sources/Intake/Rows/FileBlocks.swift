import CScan
import Records
import Synchronization

/// Cuts a plain file into chunks of whole records, of which several threads read the bytes at once.
///
/// A thread reads the next block that nobody has and counts its quotes by itself; in the order of the
/// file blocks are then cut behind their last record, which only takes the parity of the quotes before
/// them. A chunk is what the block before left over and a block up to its last record. So copying from
/// the system, a third of the time of narrow tables, does not keep other threads waiting.
final class FileBlocks: Sendable {
  private let file: FileStream
  private let start: Int
  private let blockCount: Int
  private let blockSize: Int
  private let dialect: Dialect
  private let state: Mutex<State>

  private struct Block {
    var text: [UInt8]
    var quotes: Int
    var newlines: Int
    /// Whether nothing of the file comes after it.
    var isLast: Bool

    /// Buffers are handed on, never held by two: else their next change would be a copy.
    mutating func take(_ text: inout [UInt8]) { swap(&self.text, &text) }
  }

  private struct State {
    /// How many blocks threads took to read.
    var taken = 0
    /// Blocks that were read before one that comes before them.
    var waiting: [Int: Block] = [:]
    /// The block whose turn it is.
    var next = 0
    var number = 0
    var line: Int
    /// What follows the last whole record so far, and what stands in it.
    var carry: [UInt8] = []
    var carriedQuotes = 0
    var carriedNewlines = 0
    var isAtEnd = false
    /// Chunks that nobody took yet, each with what stands before its text.
    var chunks: [Chunk] = []
    var carries: [[UInt8]] = []
    /// Buffers that nobody uses.
    var spare: [[UInt8]] = []
  }

  /// The rest of a file behind its header; nil where it can only be read from front to back.
  init?(_ stream: any ByteStream, line: Int, dialect: Dialect, blockSize: Int) {
    guard let file = stream as? FileStream, let rest = file.rest else { return nil }
    self.file = file
    self.dialect = dialect
    self.blockSize = blockSize
    start = rest.lowerBound
    blockCount = (rest.count + blockSize - 1) / blockSize
    state = Mutex(State(line: line))
  }

  /// The next chunk in a reused buffer, or false where no other is left to this thread.
  ///
  /// - Throws: `UnclosedQuote` where a quoted field is never closed, `StreamError`.
  func next(_ chunk: inout Chunk) throws -> Bool {
    while true {
      let step = state.withLock { take(&chunk, &$0) }
      switch step {
      case .done: return false
      case .chunk(let carry):
        if !carry.isEmpty { chunk.text.insert(contentsOf: carry, at: 0) }
        return true
      case .block(let number):
        let block = try read(number, into: &chunk.text)
        try state.withLock { state in
          state.waiting[number] = block
          state.waiting[number]?.take(&chunk.text)
          chunk.text = state.spare.popLast() ?? []
          while var block = state.waiting.removeValue(forKey: state.next) {
            state.next += 1
            try cut(&block, &state)
          }
        }
      }
    }
  }

  /// What a thread does next.
  private enum Step {
    /// It has a chunk, which begins with this.
    case chunk([UInt8])
    case block(Int)
    case done
  }

  private func take(_ chunk: inout Chunk, _ state: inout State) -> Step {
    if let carry = state.carries.first {
      state.carries.removeFirst()
      state.spare.append([])
      swap(&state.spare[state.spare.count - 1], &chunk.text)
      chunk = state.chunks.removeFirst()
      return .chunk(carry)
    }
    guard state.taken < blockCount, !state.isAtEnd else { return .done }
    state.taken += 1
    return .block(state.taken - 1)
  }

  /// Reads a block into a buffer; the text of what is returned is empty.
  private func read(_ number: Int, into text: inout [UInt8]) throws -> Block {
    text.removeAll(keepingCapacity: true)
    // Room for what is carried over, which is rarely more than a record.
    text.reserveCapacity(blockSize + 4096)
    let got = try file.read(blockSize, at: start + number * blockSize, into: &text)
    let isLast = got < blockSize || number == blockCount - 1
    // The kernel takes a pointer: the C boundary.
    let counts = text.withUnsafeBufferPointer {
      cscan_count($0.baseAddress, $0.count, Dialect.quote, dialect.newline)
    }
    return Block(text: [], quotes: counts.quotes, newlines: counts.newlines, isLast: isLast)
  }

  /// Cuts the block whose turn it is; one that ends no record is carried over.
  private func cut(_ block: inout Block, _ state: inout State) throws {
    guard !state.isAtEnd else { return }
    state.isAtEnd = block.isLast
    if block.isLast, let last = block.text.last ?? state.carry.last, last != dialect.newline {
      block.text.append(dialect.newline)
      block.newlines += 1
    }
    let quotes = state.carriedQuotes + block.quotes
    let newlines = state.carriedNewlines + block.newlines
    guard let end = lastRecord(in: block, isInside: quotes % 2 == 1) else {
      state.carry += block.text
      (state.carriedQuotes, state.carriedNewlines) = (quotes, newlines)
      guard !state.isAtEnd, state.carry.count < ChunkReader.longestRecord else {
        if state.carry.isEmpty { return }
        throw UnclosedQuote(in: state.carry, line: state.line, dialect: dialect)
      }
      return
    }
    if state.isAtEnd, end.position < block.text.count {
      throw UnclosedQuote(
        in: state.carry + block.text, line: state.line, dialect: dialect)
    }
    state.carries.append(state.carry)
    state.carry = Array(block.text[end.position...])
    (state.carriedQuotes, state.carriedNewlines) = (end.quotesAfter, end.newlinesAfter)
    block.text.removeLast(block.text.count - end.position)
    var chunk = Chunk(
      number: state.number, line: state.line, newlines: newlines - end.newlinesAfter)
    swap(&chunk.text, &block.text)
    state.chunks.append(chunk)
    state.number += 1
    state.line += chunk.newlines
  }

  /// Where the last record that ends in a block does, and what stands behind it; nil where none ends.
  private func lastRecord(
    in block: Block, isInside: Bool
  ) -> (position: Int, quotesAfter: Int, newlinesAfter: Int)? {
    var isInside = isInside
    var (quotes, newlines) = (0, 0)
    var end = block.text.count
    while end > 0 {
      let byte = block.text[end - 1]
      if byte == Dialect.quote {
        isInside.toggle()
        quotes += 1
      } else if byte == dialect.newline {
        if !isInside { return (end, quotes, newlines) }
        newlines += 1
      }
      end -= 1
    }
    return nil
  }
}
