/// What a file of JSON holds: found by reading it once before its records are read.
///
/// Twice, because a key may first appear in the last record, and a column must not be lost.
struct JSONSurvey: Sendable {
  let keys: ByteInterner
  /// The columns of the records: paths such as `Account.Name`, in order of first appearance.
  let columns: [String]
  /// The column of each key; nil for a parent that is null in some records and has its fields in
  /// columns of their own.
  fileprivate let columnOfKey: [Int?]
  /// Whether records share lines; then their number stands for the line.
  fileprivate let sharesLines: Bool

  /// - Throws: `JSONFault` where the text is no JSON or holds no records, `StreamError`.
  init(_ text: any ByteStream) throws {
    let reader = JSONRecordReader(text)
    var record = JSONRecordReader.Record()
    var isFilled: [Bool] = []
    var lastLine = 0
    var sharesLines = false
    var count = 0
    while try reader.next(&record) {
      count += 1
      sharesLines = sharesLines || record.line == lastLine
      lastLine = record.line
      while isFilled.count < reader.keys.count { isFilled.append(false) }
      for cell in record.cells { isFilled[cell.key] = true }
    }
    keys = reader.keys
    self.sharesLines = sharesLines
    let names = (0..<keys.count).map { String(decoding: reader.keys.bytes($0), as: UTF8.self) }
    if count == 1, reader.isLines, names.contains("status"), names.contains("message") {
      throw JSONFault(
        reason: "it is the message of a command that failed, and holds no record", line: 1,
        column: 1)
    }
    var columns: [String] = []
    columnOfKey = names.enumerated().map { number, name in
      let isParent = !isFilled[number] && names.contains { $0.hasPrefix(name + ".") }
      if isParent { return nil }
      columns.append(name)
      return columns.count - 1
    }
    // A record of one cell could not be told from the empty lines between records.
    if columns.count == 1 { columns.append("") }
    self.columns = columns
  }

  /// The dialect in which `JSONRecordStream` writes.
  func dialect(encoding: Dialect.Encoding) -> Dialect {
    Dialect(
      delimiter: JSONRecordStream.delimiter, newline: JSONRecordStream.newline,
      encoding: encoding,
      description: "JSON records (\(columns.count) keys), \(encoding.description), "
        + (sharesLines ? "lines count records" : "each on lines of its own"),
      hasColumns: false)
  }
}

/// The records of a file of JSON as rows of cells, each on the line on which it begins there.
final class JSONRecordStream: ByteStream {
  /// Bytes that no UTF-8 has, so that a newline in a cell starts no line.
  static let delimiter: UInt8 = 0xFE
  static let newline: UInt8 = 0xFF

  private let reader: JSONRecordReader
  private let survey: JSONSurvey
  private var record = JSONRecordReader.Record()
  /// The cell of each column in the record at hand.
  private var row: [Range<Int>]
  private var line = 1
  private var output = PendingBytes()

  private static let blockSize = 64 << 10

  init(_ text: any ByteStream, survey: JSONSurvey) {
    self.survey = survey
    reader = JSONRecordReader(text, keys: survey.keys)
    row = [Range<Int>](repeating: 0..<0, count: survey.columns.count)
  }

  var undecodable: Undecodable { reader.undecodable }

  func read(_ count: Int, into buffer: inout [UInt8]) throws -> Int {
    try output.take(count, into: &buffer) { pending in
      while pending.count < JSONRecordStream.blockSize {
        guard try next() else { return !pending.isEmpty }
        append(to: &pending)
      }
      return true
    }
  }

  private func next() throws -> Bool {
    do {
      return try reader.next(&record)
    } catch let fault as JSONFault {
      // The survey read the same bytes without one.
      throw StreamError(reason: "it changed while it was read: \(fault.reason)")
    }
  }

  private func append(to text: inout [UInt8]) {
    if !survey.sharesLines {
      while line < record.line {
        text.append(JSONRecordStream.newline)
        line += 1
      }
    }
    for column in row.indices { row[column] = 0..<0 }
    for cell in record.cells where cell.key < survey.columnOfKey.count {
      if let column = survey.columnOfKey[cell.key] { row[column] = cell.range }
    }
    for (column, range) in row.enumerated() {
      if column > 0 { text.append(JSONRecordStream.delimiter) }
      let cell = record.bytes[range]
      // A return before the end of a row would be taken for a part of that end.
      guard cell.contains(Dialect.quote) || cell.last == 0x0D else {
        text.append(contentsOf: cell)
        continue
      }
      text.append(Dialect.quote)
      for byte in cell {
        if byte == Dialect.quote { text.append(Dialect.quote) }
        text.append(byte)
      }
      text.append(Dialect.quote)
    }
    text.append(JSONRecordStream.newline)
    line += 1
  }
}
