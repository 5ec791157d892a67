import Foundation

/// One `Object.csv` being written: rows gather in a buffer that is written out in large blocks.
///
/// A row is a sequence of cells followed by `endRow`. Every cell is quoted, as the Data Export
/// service does it; rows end with LF.
struct CSVFile {
  let name: String
  private(set) var rows = 0
  private(set) var written = 0
  var bytes: [UInt8] = []
  private let handle: FileHandle
  private static let blockSize = 1 << 20

  /// Creates the file in a folder and writes the header row.
  init(_ name: String, in directory: URL, columns: [String]) throws {
    self.name = name
    let url = directory.appendingPathComponent(name)
    guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
      throw SampleError.cannotWrite(url.path, reason: "the file cannot be created")
    }
    handle = try FileHandle(forWritingTo: url)
    bytes.reserveCapacity(Self.blockSize + (1 << 18))
    for column in columns { text(Array(column.utf8)) }
    endRow()
    rows = 0
  }

  /// Ends the row.
  mutating func endRow() {
    bytes[bytes.count - 1] = 10
    rows += 1
  }

  /// Writes the buffer out if it is full.
  mutating func drain() throws {
    if bytes.count >= Self.blockSize { try flush() }
  }

  private mutating func flush() throws {
    do { try handle.write(contentsOf: bytes) } catch {
      throw SampleError.cannotWrite(name, reason: "\(error)")
    }
    written += bytes.count
    bytes.removeAll(keepingCapacity: true)
  }

  /// Writes what is left and closes the file.
  mutating func close() throws {
    try flush()
    try handle.close()
  }

  // MARK: Cells

  /// A cell that is ready: quoted, with its comma.
  mutating func cell(_ ready: [UInt8]) { bytes.append(contentsOf: ready) }

  /// A text whose quotes are doubled already.
  mutating func text(_ content: [UInt8]) {
    bytes.append(34)
    bytes.append(contentsOf: content)
    endCell()
  }

  /// A text of code, not of data: it holds no quote.
  mutating func text(_ content: String) {
    bytes.append(34)
    bytes.append(contentsOf: content.utf8)
    endCell()
  }

  mutating func id(_ prefix: [UInt8], _ number: Int) {
    bytes.append(34)
    RecordID.append(number, stem: prefix, to: &bytes)
    endCell()
  }

  mutating func empty() { bytes.append(contentsOf: Token.empty) }

  mutating func flag(_ value: Bool) { bytes.append(contentsOf: value ? Token.one : Token.zero) }

  mutating func number(_ value: Int?) {
    guard let value else { return empty() }
    bytes.append(34)
    decimal(value)
    endCell()
  }

  /// An amount of 1/10,000 units, written with two decimals.
  mutating func money(_ value: Int?) {
    guard let value else { return empty() }
    bytes.append(34)
    let cents = value / 100
    decimal(cents / 100)
    bytes.append(46)
    twoDigits(cents % 100)
    endCell()
  }

  mutating func date(_ day: Int?) {
    guard let day else { return empty() }
    bytes.append(34)
    DayText.append(day, to: &bytes)
    bytes.append(contentsOf: Token.midnight)
  }

  mutating func datetime(_ day: Int, _ second: Int) {
    bytes.append(34)
    DayText.append(day, to: &bytes)
    bytes.append(32)
    twoDigits(second / 3_600)
    bytes.append(58)
    twoDigits(second / 60 % 60)
    bytes.append(58)
    twoDigits(second % 60)
    endCell()
  }

  private mutating func endCell() {
    bytes.append(34)
    bytes.append(44)
  }

  private mutating func twoDigits(_ value: Int) {
    bytes.append(UInt8(truncatingIfNeeded: 48 + value / 10))
    bytes.append(UInt8(truncatingIfNeeded: 48 + value % 10))
  }

  private mutating func decimal(_ value: Int) {
    var divisor = 1
    while value / divisor >= 10 { divisor *= 10 }
    var rest = value
    while divisor > 0 {
      bytes.append(UInt8(truncatingIfNeeded: 48 + rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }
}

/// Cells that occur again and again, with their commas.
enum Token {
  static let empty = Array("\"\",".utf8)
  static let zero = Array("\"0\",".utf8)
  static let one = Array("\"1\",".utf8)
  static let midnight = Array(" 00:00:00\",".utf8)
  static let nobody = Array("\"000000000000000AAA\",".utf8)

  /// A word as a cell.
  static func of(_ word: String) -> [UInt8] { Array("\"\(word)\",".utf8) }
}

/// The dates of four decades as text, computed once.
enum DayText {
  private static let first = Civil.day(2000, 1, 1)
  private static let last = Civil.day(2049, 12, 31)
  private static let table: [UInt8] = (first...last).flatMap { Array(Civil.text($0).utf8) }

  static func append(_ day: Int, to bytes: inout [UInt8]) {
    guard day >= first, day <= last else {
      bytes.append(contentsOf: Civil.text(day).utf8)
      return
    }
    let at = (day - first) * 10
    bytes.append(contentsOf: table[at..<at + 10])
  }
}
