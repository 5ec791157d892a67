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

  /// Appends a part of a text, in quotes (RFC 4180) where it holds what separates cells.
  mutating func append(quoting text: [UInt8], _ range: Range<Int>) {
    guard CellBytes.needsQuotes(text, range) else {
      reserve(range.count)
      if range.upperBound + CellBytes.slack <= text.count {
        copy(text.span.bytes, range)
      } else {
        for position in range { append(text[position]) }
      }
      return
    }
    append(UInt8(ascii: "\""))
    for position in range {
      if text[position] == UInt8(ascii: "\"") { append(UInt8(ascii: "\"")) }
      append(text[position])
    }
    append(UInt8(ascii: "\""))
  }

  /// Whether a text holds a comma, a quote or a line break; eight bytes are looked at together.
  private static func needsQuotes(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    let span = text.span.bytes
    var position = range.lowerBound
    while position + 8 <= range.upperBound {
      let eight = span.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      if finds(eight, 0x2C) | finds(eight, 0x22) | finds(eight, 0x0A) | finds(eight, 0x0D) != 0 {
        return true
      }
      position += 8
    }
    while position < range.upperBound {
      let byte = text[position]
      if byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D { return true }
      position += 1
    }
    return false
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
    case .salesforce(let keys):
      reserve(SalesforceID.length)
      let start = count
      var span = bytes.mutableSpan
      SalesforceID.write(keys[row], to: &span, at: start)
      count += SalesforceID.length
    case .text(let texts): append(quoting: texts.bytes, texts.range(row))
    case nil: break
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
        reserve(32)
        var (shown, rest) = value.magnitude.quotientAndRemainder(dividingBy: divisor)
        if rest >= divisor - rest, rest > 0 { shown += 1 }
        if value < 0, shown != 0 { append(UInt8(ascii: "-")) }
        if places == 0 {
          append(digits: shown, atLeast: 1)
        } else {
          append(digits: shown / power, atLeast: 1)
          append(UInt8(ascii: "."))
          append(digits: shown % power, atLeast: places)
        }
      }
      end()
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
