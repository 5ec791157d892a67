// The scanner on any bytes: what several blocks of any size and the fast kernels find must be what
// a slow reader finds in the whole text.
import FuzzKit
import SlowCSV

@testable import Intake

/// Bytes in memory, handed out as a file hands them out.
private final class MemoryStream: ByteStream {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  func read(_ count: Int, into buffer: inout [UInt8]) -> Int {
    let part = rest.prefix(count)
    rest = rest.dropFirst(part.count)
    buffer.append(contentsOf: part)
    return part.count
  }
}

private let delimiters = Array(",\t;|^`".utf8)
private let blockSizes = [1, 2, 3, 7, 31, 63, 64, 65, 127, 128, 200, 1_000, 1 << 16]

/// The rows of a text as the chunk reader and the record index find them; nil for a quote that is
/// never closed, or for a text that the careful reader must take over.
private func rows(
  _ text: ArraySlice<UInt8>, _ dialect: Dialect, blockSize: Int, isCareful: Bool
) -> [SlowCSV.Row]? {
  let reader = ChunkReader(
    MemoryStream(text), line: 1, dialect: dialect, isCareful: isCareful, blockSize: blockSize)
  var index = RecordIndex()
  var chunk = Chunk()
  var rows: [SlowCSV.Row] = []
  do {
    while try reader.next(&chunk) {
      index.update(chunk.text, dialect: dialect, isCareful: isCareful)
      if index.isIrregular { return nil }
      for record in 0..<index.recordCount {
        let bytes = index.bytes(record)
        let line = chunk.line + chunk.text[..<bytes.lowerBound].count { $0 == dialect.newline }
        let raw = (0..<index.cellCount(record)).map { cell in
          Array(chunk.text[index.cell(cell, of: record)])
        }
        rows.append(SlowCSV.Row(line: line, raw: raw))
      }
    }
  } catch {
    return nil
  }
  return rows
}

@_cdecl("LLVMFuzzerTestOneInput")
public func scanFuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = bytes(start, count)
  guard input.count >= 2 else { return 0 }
  let newline: UInt8 = input[0] & 0x80 == 0 ? 0x0A : 0x0D
  let delimiter = delimiters[Int(input[0] & 0x7F) % delimiters.count]
  let blockSize = blockSizes[Int(input[1]) % blockSizes.count]
  let text = input[2...]
  let dialect = Dialect(
    delimiter: delimiter, newline: newline, encoding: .utf8, hasReturns: false, markLength: 0)
  let expected = SlowCSV(Array(text), delimiter: delimiter, newline: newline)
  let wanted = expected.unclosedQuote == nil ? expected.rows : nil

  let careful = rows(text, dialect, blockSize: blockSize, isCareful: true)
  hold(careful == wanted, "the careful reader differs from the slow one")
  if let fast = rows(text, dialect, blockSize: blockSize, isCareful: false) {
    hold(fast == wanted, "the fast kernels differ from the slow reader")
  } else {
    hold(wanted == nil || !expected.isRegular, "the careful reader is called for nothing")
  }
  return 0
}
