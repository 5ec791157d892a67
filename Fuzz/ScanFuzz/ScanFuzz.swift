// The scanner on any bytes: what several blocks of any size and the fast kernels find must be what
// a slow reader finds in the whole text.
import CScan
import FuzzKit
import SlowCSV

@testable import Intake

private let delimiters = Array(",\t;|^`".utf8)
private let blockSizes = [1, 2, 3, 7, 31, 63, 64, 65, 127, 128, 200, 1_000, 1 << 16]

/// One row as the scanner finds it.
private struct Row: Equatable {
  let line: Int
  /// The bytes of the cells within their quotes.
  var cells: [[UInt8]]
}

/// The rows of a text as the chunk reader and the record index find them; nil for a quote that is
/// never closed, or for a text that the careful reader must take over.
private func rows(
  _ text: ArraySlice<UInt8>, _ dialect: Dialect, blockSize: Int, isCareful: Bool
) -> [Row]? {
  let reader = ChunkReader(
    MemoryStream(text), line: 1, dialect: dialect, isCareful: isCareful, blockSize: blockSize)
  var index = RecordIndex()
  var chunk = Chunk()
  var rows: [Row] = []
  do {
    while try reader.next(&chunk) {
      index.update(chunk.text, dialect: dialect, isCareful: isCareful)
      if index.isIrregular { return nil }
      rows += found(index, in: chunk, dialect)
    }
  } catch {
    return nil
  }
  return rows
}

/// The rows of a chunk; cells are located as columns are, all those of one number at once.
private func found(_ index: RecordIndex, in chunk: Chunk, _ dialect: Dialect) -> [Row] {
  var rows: [Row] = []
  for record in 0..<index.recordCount {
    let before = chunk.text[..<index.bytes(record).lowerBound]
    rows.append(Row(line: chunk.line + before.count { $0 == dialect.newline }, cells: []))
  }
  var located: [cscan_cell] = []
  var number = 0
  while true {
    let wanted = rows.indices.filter { index.cellCount($0) > number }.map(UInt32.init)
    guard !wanted.isEmpty else { return rows }
    PlainColumn(index: index, cell: number, wanted: wanted, text: chunk.text, dialect: dialect)
      .locate(into: &located)
    for (record, cell) in zip(wanted, located) {
      rows[Int(record)].cells.append(Array(chunk.text[Int(cell.start)..<Int(cell.end)]))
    }
    number += 1
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func scanFuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = bytes(start, count)
  guard input.count >= 2 else { return 0 }
  let newline: UInt8 = input[0] & 0x80 == 0 ? 0x0A : 0x0D
  let delimiter = delimiters[Int(input[0] & 0x7F) % delimiters.count]
  let blockSize = blockSizes[Int(input[1]) % blockSizes.count]
  let text = input[2...]
  let dialect = Dialect(delimiter: delimiter, newline: newline)
  let expected = SlowCSV(Array(text), delimiter: delimiter, newline: newline)
  let wanted =
    expected.unclosedQuote == nil
    ? expected.rows.map { Row(line: $0.line, cells: $0.within) } : nil

  let careful = rows(text, dialect, blockSize: blockSize, isCareful: true)
  hold(careful == wanted, "the careful reader differs from the slow one")
  if let fast = rows(text, dialect, blockSize: blockSize, isCareful: false) {
    hold(fast == wanted, "the fast kernels differ from the slow reader")
  } else {
    hold(wanted == nil || !expected.isRegular, "the careful reader is called for nothing")
  }
  return 0
}
