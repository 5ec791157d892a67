import CScan
import TestKit
import Testing

@testable import Intake

/// What a scan says of a text.
private struct Index: Equatable {
  var separators: [UInt32]
  var records: [UInt32]
  var isInside: Bool
}

private typealias Kernel = (
  UnsafePointer<UInt8>?, Int, cscan_dialect, UnsafeMutablePointer<UInt32>?,
  UnsafeMutablePointer<UInt32>?
) -> cscan_result

@Suite("The scan kernels")
struct ScanKernelTests {
  private static let dialect = Dialect(delimiter: 0x2C, newline: 0x0A)

  private func scan(_ text: [UInt8], _ kernel: Kernel) -> (Index, isIrregular: Bool) {
    var separators = [UInt32](repeating: 0, count: text.count + 64)
    var records = separators
    // The kernels take pointers: the C boundary.
    let result = text.withUnsafeBufferPointer { text in
      separators.withUnsafeMutableBufferPointer { separators in
        records.withUnsafeMutableBufferPointer { records in
          kernel(
            text.baseAddress, text.count, Self.dialect.scan, separators.baseAddress,
            records.baseAddress)
        }
      }
    }
    let index = Index(
      separators: Array(separators[..<result.separators]),
      records: Array(records[..<result.records]), isInside: result.inside != 0)
    return (index, result.irregular != 0)
  }

  private func fast(_ text: [UInt8]) -> (Index, isIrregular: Bool) {
    scan(text) { cscan_index($0, $1, $2, $3, $4) }
  }

  private func portable(_ text: [UInt8]) -> (Index, isIrregular: Bool) {
    scan(text) { cscan_index_portable($0, $1, $2, $3, $4) }
  }

  private func careful(_ text: [UInt8]) -> Index {
    let index = CarefulIndex(text, dialect: Self.dialect)
    return Index(
      separators: index.separators, records: index.records, isInside: index.unclosedQuote != nil)
  }

  /// Regular CSV of at least a length: plain and quoted cells, quotes doubled, newlines in fields.
  private func regularText(_ length: Int, _ draw: inout Draw) -> [UInt8] {
    var text: [UInt8] = []
    while text.count < length {
      let isQuoted = draw.below(2) == 0
      if isQuoted { text.append(0x22) }
      for _ in 0..<draw.below(draw.below(8) == 0 ? 90 : 9) {
        let piece =
          isQuoted
          ? draw.one(of: ["a", "\"\"", ",", "\n", "\r\n", "é", "\"\"\"\""])
          : draw.one(of: ["a", "b", "é", " "])
        text += piece.utf8
      }
      if isQuoted { text.append(0x22) }
      text += draw.one(of: [",", ",", "\n", "\r\n"]).utf8
    }
    return text
  }

  @Test(
    "On regular text of every length both kernels find what the careful reader finds",
    arguments: Rounds.seeds(12))
  func regular(seed: UInt64) {
    var draw = Draw(seed: seed)
    let text = regularText(300, &draw)
    for length in 0...300 {
      let part = Array(text[..<length])
      let expected = careful(part)
      #expect(fast(part).0 == expected, "length \(length)")
      #expect(portable(part).0 == expected, "length \(length)")
      #expect(!fast(part).isIrregular, "length \(length)")
      #expect(!portable(part).isIrregular, "length \(length)")
    }
  }

  @Test(
    "Regular text is never left to the careful reader, wherever it is cut",
    arguments: Rounds.seeds(6))
  func cuts(seed: UInt64) throws {
    var draw = Draw(seed: seed)
    // It ends outside quotes.
    let text = regularText(600, &draw) + "\n".utf8
    let expected = careful(text).records.count
    for blockSize in [1, 2, 3, 7, 63, 64, 65, 200, 10_000] {
      let reader = ChunkReader(
        MemoryStream(text), line: 1, dialect: Self.dialect, isCareful: false,
        blockSize: blockSize)
      var index = RecordIndex()
      var chunk = Chunk()
      var records = 0
      while try reader.next(&chunk) {
        index.update(chunk.text, dialect: Self.dialect, isCareful: false)
        #expect(!index.isIrregular, "chunk \(chunk.number), cut at \(blockSize)")
        records += index.recordCount
      }
      #expect(records == expected, "cut at \(blockSize)")
    }
  }

  @Test("A quoted field may begin, double a quote and end at every place of a block")
  func borders() {
    for offset in 0..<130 {
      let before = [UInt8](repeating: 0x61, count: offset)
      for piece in ["\"\"", "\"\"\"\"", "\"x,\"\"\ny\"", "\"\r\n\"\r\n\"\""] {
        let text = before + ",\(piece),b\n".utf8
        #expect(fast(text).0 == careful(text), "offset \(offset) \(piece)")
        #expect(portable(text).0 == careful(text), "offset \(offset) \(piece)")
        #expect(!fast(text).isIrregular, "offset \(offset) \(piece)")
        #expect(!portable(text).isIrregular, "offset \(offset) \(piece)")
      }
    }
  }

  @Test("A quote inside an unquoted field calls for the careful reader, wherever it stands")
  func strayQuote() {
    for offset in 1..<130 {
      let text = [UInt8](repeating: 0x61, count: offset) + "\"b,c\n".utf8
      #expect(fast(text).isIrregular, "offset \(offset)")
      #expect(portable(text).isIrregular, "offset \(offset)")
    }
  }

  @Test("Text after a closing quote calls for the careful reader, wherever it stands")
  func textAfterQuote() {
    for offset in 0..<130 {
      let text = [0x22] + [UInt8](repeating: 0x61, count: offset) + "\"b,c\n".utf8
      #expect(fast(text).isIrregular, "offset \(offset)")
      #expect(portable(text).isIrregular, "offset \(offset)")
    }
  }

  @Test(
    "Both kernels say the same of any bytes at all", arguments: Rounds.seeds(8))
  func anyBytes(seed: UInt64) {
    var draw = Draw(seed: seed)
    for length in 0...300 {
      let text = (0..<length).map { _ in
        draw.below(3) == 0 ? UInt8(draw.below(256)) : draw.one(of: Array("\",\n\ra".utf8))
      }
      #expect(fast(text).0 == portable(text).0, "length \(length)")
      #expect(fast(text).isIrregular == portable(text).isIrregular, "length \(length)")
    }
  }

  @Test("Quotes and newlines are counted one by one at every length")
  func counts() {
    var draw = Draw(seed: 7)
    let text = (0..<300).map { _ in draw.one(of: Array("\"\n\r,a".utf8)) }
    for length in 0...300 {
      let part = Array(text[..<length])
      // The kernels take pointers: the C boundary.
      let counts = part.withUnsafeBufferPointer {
        [
          cscan_count($0.baseAddress, $0.count, 0x22, 0x0A),
          cscan_count_portable($0.baseAddress, $0.count, 0x22, 0x0A),
        ]
      }
      for count in counts {
        #expect(count.quotes == part.count { $0 == 0x22 }, "length \(length)")
        #expect(count.newlines == part.count { $0 == 0x0A }, "length \(length)")
      }
    }
  }
}
