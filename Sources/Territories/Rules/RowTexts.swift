import Records

/// The texts of a column by row, in lower case; an empty one is an empty cell.
struct RowTexts: Sendable {
  let bytes: [UInt8]
  /// Where the text of each value ends in `bytes`.
  private let ends: [Int]
  /// The value of each row, negative for none; empty where each row has its own.
  private let codes: [Int32]

  var count: Int { codes.isEmpty ? ends.count : codes.count }

  /// Texts that repeat.
  init(codes: [Int32], values: [[UInt8]]) {
    var ends: [Int] = []
    var end = 0
    for value in values {
      end += value.count
      ends.append(end)
    }
    bytes = Array(values.joined())
    self.ends = ends
    self.codes = codes
  }

  private init(bytes: [UInt8], ends: [Int]) {
    self.bytes = bytes
    self.ends = ends
    codes = []
  }

  /// The texts of a column in lower case.
  static func lowered(_ texts: Texts, threads: Int) -> RowTexts {
    let parts = Parallel.chunked(texts.count, threads: threads) { rows in
      var bytes: [UInt8] = []
      var ends: [Int] = []
      ends.reserveCapacity(rows.count)
      if let last = rows.last {
        bytes.reserveCapacity(
          texts.range(last).upperBound - texts.range(rows.lowerBound).lowerBound)
      }
      for row in rows {
        let range = texts.range(row)
        let start = bytes.count
        var isPlain = true
        for byte in texts.bytes[range] {
          isPlain = isPlain && byte < 0x80
          bytes.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        }
        if !isPlain {
          bytes.removeLast(bytes.count - start)
          bytes += String(decoding: texts.bytes[range], as: UTF8.self).lowercased().utf8
        }
        ends.append(bytes.count)
      }
      return (bytes: bytes, ends: ends)
    }
    guard parts.count > 1 else { return RowTexts(bytes: parts[0].bytes, ends: parts[0].ends) }
    var ends: [Int] = []
    ends.reserveCapacity(texts.count)
    var start = 0
    for part in parts {
      for end in part.ends { ends.append(start + end) }
      start += part.bytes.count
    }
    return RowTexts(bytes: Array(parts.map(\.bytes).joined()), ends: ends)
  }

  /// Where the text of a row stands in `bytes`; empty where its cell is.
  func range(_ row: Int) -> Range<Int> {
    let value = codes.isEmpty ? row : Int(codes[row])
    guard value >= 0 else { return 0..<0 }
    return (value == 0 ? 0 : ends[value - 1])..<ends[value]
  }
}
