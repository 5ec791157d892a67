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
      let written = texts.bytes.span
      for row in rows {
        RowTexts.append(written.extracting(texts.range(row)), loweredTo: &bytes)
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
    return RowTexts(bytes: Parallel.joined(parts.map(\.bytes)), ends: ends)
  }

  /// Appends a text in lower case; the letters of western Europe without the detour over strings.
  private static func append(_ text: Span<UInt8>, loweredTo bytes: inout [UInt8]) {
    let start = bytes.count
    var isAfterC3 = false
    for index in text.indices {
      let byte = text[index]
      if isAfterC3 {
        // U+00C0 to U+00DE are capitals but for the sign of multiplication; all below U+0100 else
        // are as they are.
        bytes.append((0x80...0x9E).contains(byte) && byte != 0x97 ? byte | 0x20 : byte)
        isAfterC3 = false
        continue
      }
      guard byte < 0x80 || byte == 0xC3 else {
        bytes.removeLast(bytes.count - start)
        var copy: [UInt8] = []
        copy.reserveCapacity(text.count)
        for index in text.indices { copy.append(text[index]) }
        bytes += String(decoding: copy, as: UTF8.self).lowercased().utf8
        return
      }
      isAfterC3 = byte == 0xC3
      bytes.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
    }
  }

  /// Where the text of a row stands in `bytes`; empty where its cell is.
  func range(_ row: Int) -> Range<Int> {
    let value = codes.isEmpty ? row : Int(codes[row])
    guard value >= 0 else { return 0..<0 }
    return (value == 0 ? 0 : ends[value - 1])..<ends[value]
  }
}
