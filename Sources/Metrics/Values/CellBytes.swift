import Records

/// Cells of a column in bytes, one after another.
///
/// Written by position into bytes that are there already: growing an array a byte at a time would
/// be checked a byte at a time.
struct CellBytes {
  /// Bytes behind the last one that may be read and written too, so that copying goes eight at once.
  static let slack = 8

  private var bytes: [UInt8]
  private(set) var count = 0
  /// Where each cell ends.
  private(set) var ends: [Int32] = []
  /// What was looked at of rows to come; kept, so that looking is not left out.
  private var seen: UInt8 = 0

  /// - Parameters:
  ///   - cells: how many cells there will be.
  ///   - room: bytes that are enough for most of them.
  init(cells: Int, room: Int) {
    ends.reserveCapacity(cells)
    bytes = [UInt8](repeating: 0, count: room + CellBytes.slack)
  }

  /// What was written.
  var written: ArraySlice<UInt8> { bytes[..<count] }

  mutating func end() { ends.append(Int32(truncatingIfNeeded: count)) }

  /// Where a cell starts and ends.
  @inline(__always)
  func range(_ cell: Int) -> Range<Int> {
    (cell == 0 ? 0 : Int(ends[cell - 1]))..<Int(ends[cell])
  }

  /// Makes sure that as many bytes can be written.
  @inline(__always)
  mutating func reserve(_ more: Int) {
    if count + more + CellBytes.slack > bytes.count { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    bytes.append(contentsOf: repeatElement(0, count: bytes.count + more + CellBytes.slack))
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    bytes[count] = byte
    count += 1
  }

  /// Overwrites the byte written last.
  @inline(__always)
  mutating func replaceLast(_ byte: UInt8) {
    if count > 0 { bytes[count - 1] = byte }
  }

  /// Appends a cell of others.
  @inline(__always)
  mutating func append(_ cell: Int, of other: CellBytes) {
    let range = other.range(cell)
    reserve(range.count)
    copy(other.bytes.span.bytes, range)
  }

  /// Copies eight bytes at a time; the last eight may run into the slack, which is written over.
  @inline(__always)
  private mutating func copy(_ source: RawSpan, _ range: Range<Int>) {
    let start = count
    var target = bytes.mutableSpan
    var raw = target.mutableBytes
    var position = 0
    while position < range.count {
      // Checked against the bounds; what is not checked is the alignment, which x86 and ARM need not.
      let eight = source.unsafeLoadUnaligned(
        fromByteOffset: range.lowerBound + position, as: UInt64.self)
      raw.storeBytes(of: eight, toByteOffset: start + position, as: UInt64.self)
      position += 8
    }
    count += range.count
  }

  /// Appends a part of a text, in quotes (RFC 4180) where it holds a comma, a quote or a line break.
  mutating func append(quoting text: [UInt8], _ range: Range<Int>) {
    if range.upperBound + CellBytes.slack <= text.count {
      if copyPlain(text, range) { return }
    } else if !text[range].contains(where: CellBytes.isSpecial) {
      reserve(range.count)
      for position in range { append(text[position]) }
      return
    }
    append(UInt8(ascii: "\""))
    for position in range {
      if text[position] == UInt8(ascii: "\"") { append(UInt8(ascii: "\"")) }
      append(text[position])
    }
    append(UInt8(ascii: "\""))
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D
  }

  /// Copies a text that needs no quotes, eight bytes at a time.
  ///
  /// - Returns: false where it needs them; then nothing was appended.
  private mutating func copyPlain(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    reserve(range.count)
    let start = count
    let source = text.span.bytes
    var target = bytes.mutableSpan
    var raw = target.mutableBytes
    var found: UInt64 = 0
    for position in stride(from: 0, to: range.count, by: 8) {
      // Checked against the bounds; what is not checked is the alignment, which x86 and ARM need not.
      let eight = source.unsafeLoadUnaligned(
        fromByteOffset: range.lowerBound + position, as: UInt64.self)
      raw.storeBytes(of: eight, toByteOffset: start + position, as: UInt64.self)
      // Bytes behind the text do not count.
      let behind = UInt64(max(0, 8 - (range.count - position)) * 8)
      let own = UInt64(littleEndian: eight) & (UInt64.max >> behind)
      found |=
        CellBytes.finds(own, 0x2C) | CellBytes.finds(own, 0x22) | CellBytes.finds(own, 0x0A)
        | CellBytes.finds(own, 0x0D)
    }
    if found == 0 { count += range.count }
    return found == 0
  }

  /// Not zero where one of eight bytes is a given one.
  @inline(__always)
  private static func finds(_ eight: UInt64, _ byte: UInt64) -> UInt64 {
    let lowest: UInt64 = 0x0101_0101_0101_0101
    // A byte without a difference borrows into its highest bit.
    let difference = eight ^ (lowest &* byte)
    return (difference &- lowest) & ~difference & (lowest << 7)
  }

  /// Appends the Id of a row.
  mutating func append(_ keys: Keys?, _ row: Int) {
    switch keys {
    case .salesforce(let keys): append(salesforce: keys[row])
    case .text(let texts): append(quoting: texts.bytes, texts.range(row))
    case nil: break
    }
  }

  @inline(__always)
  private mutating func append(salesforce key: UInt128) {
    reserve(SalesforceID.length)
    let start = count
    var span = bytes.mutableSpan
    SalesforceID.write(key, to: &span, at: start)
    count += SalesforceID.length
  }

  /// Writes a cell for the Id of each row, empty where its number is negative.
  mutating func write(_ keys: Keys?, _ rows: ArraySlice<Int32>) {
    if case .salesforce(let keys) = keys {
      byRun(rows) { row in
        UInt8(truncatingIfNeeded: keys[row])
      } write: { bytes, row in
        bytes.append(salesforce: keys[row])
      }
      return
    }
    for row in rows {
      if row >= 0 { append(keys, Int(row)) }
      end()
    }
  }

  /// Writes a cell for the name of each row, its Id where it has none; empty where its number is
  /// negative.
  mutating func write(_ names: Texts, _ keys: Keys?, _ rows: ArraySlice<Int32>) {
    byRun(rows) { row in
      let range = names.range(row)
      return range.isEmpty ? 0 : names.bytes[range.lowerBound] ^ names.bytes[range.upperBound - 1]
    } write: { bytes, row in
      let range = names.range(row)
      if range.isEmpty {
        bytes.append(keys, row)
      } else {
        bytes.append(quoting: names.bytes, range)
      }
    }
  }

  /// Writes cells of rows that lie anywhere in memory: a run of them is looked at before it is written,
  /// because what is only looked at is fetched many at a time.
  @inline(__always)
  private mutating func byRun(
    _ rows: ArraySlice<Int32>, look: (Int) -> UInt8, write: (inout CellBytes, Int) -> Void
  ) {
    for start in stride(from: rows.startIndex, to: rows.endIndex, by: 256) {
      let run = rows[start..<min(start + 256, rows.endIndex)]
      var seen: UInt8 = 0
      for row in run where row >= 0 { seen ^= look(Int(row)) }
      self.seen ^= seen
      for row in run {
        if row >= 0 { write(&self, Int(row)) }
        end()
      }
    }
  }

  /// Writes a cell for each number, divided by what one of its last place is worth and rounded half
  /// away from zero; empty for `NumberCells.null`.
  mutating func write(_ values: [Int64], _ rows: Range<Int>, divisor: UInt64, places: Int) {
    var power: UInt64 = 1
    for _ in 0..<places { power *= 10 }
    for row in rows {
      let value = values[row]
      if value != NumberCells.null {
        var (shown, rest) = value.magnitude.quotientAndRemainder(dividingBy: divisor)
        if rest >= divisor - rest, rest > 0 { shown += 1 }
        append(shown / power, shown % power, places: places, isNegative: value < 0)
      }
      end()
    }
  }

  /// Writes a cell for each ratio, rounded half away from zero; empty where it is undefined.
  mutating func write(_ ratios: ArraySlice<Ratio>, places: Int) {
    var power: UInt64 = 1
    for _ in 0..<places { power *= 10 }
    for ratio in ratios {
      if let numerator = UInt64(exactly: ratio.numerator.magnitude),
        let divisor = UInt64(exactly: ratio.denominator.magnitude), divisor > 0
      {
        var (whole, rest) = numerator.quotientAndRemainder(dividingBy: divisor)
        var part: UInt64
        (part, rest) = divisor.dividingFullWidth(rest.multipliedFullWidth(by: power))
        if rest > 0, rest >= divisor - rest { part += 1 }
        if part == power { (whole, part) = (whole + 1, 0) }
        append(
          whole, part, places: places,
          isNegative: (ratio.numerator < 0) != (ratio.denominator < 0))
      } else if let text = ratio.text(places: places) {
        for byte in text.utf8 { append(byte) }
      }
      end()
    }
  }

  /// Appends a number by its whole part and its part of 10 to the places; zero has no sign.
  @inline(__always)
  private mutating func append(
    _ whole: UInt64, _ part: UInt64, places: Int, isNegative: Bool
  ) {
    reserve(48)
    if isNegative, whole != 0 || part != 0 { append(UInt8(ascii: "-")) }
    append(digits: whole, atLeast: 1)
    if places > 0 {
      append(UInt8(ascii: "."))
      append(digits: part, atLeast: places)
    }
  }

  private mutating func append(digits value: UInt64, atLeast least: Int) {
    var length = 1
    var bound: UInt64 = 10
    while value >= bound, length < 19 {
      bound *= 10
      length += 1
    }
    if value >= 10_000_000_000_000_000_000 { length = 20 }
    length = max(length, least)
    let start = count
    var span = bytes.mutableSpan
    var rest = value
    var position = start + length
    // Two digits a division.
    while position >= start + 2 {
      position -= 2
      let pair = UInt8(truncatingIfNeeded: rest % 100)
      rest /= 100
      span[position] = UInt8(ascii: "0") + pair / 10
      span[position + 1] = UInt8(ascii: "0") + pair % 10
    }
    if position > start { span[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10) }
    count += length
  }
}
