// Records of JSON from any bytes: refused in words, or the same cells whether the records are taken
// one by one or as the rows that the scanner reads.
import FuzzKit
import SlowCSV

@testable import Intake

/// The cells of every record by the number of their key, the last one where a key is repeated.
private func records(_ input: [UInt8]) throws -> (all: [[Int: [UInt8]]], keys: [[UInt8]]) {
  let reader = JSONRecordReader(MemoryStream(input[...]))
  var record = JSONRecordReader.Record()
  var all: [[Int: [UInt8]]] = []
  while try reader.next(&record) {
    var cells: [Int: [UInt8]] = [:]
    for cell in record.cells { cells[cell.key] = Array(record.bytes[cell.range]) }
    all.append(cells)
  }
  return (all, (0..<reader.keys.count).map { Array(reader.keys.bytes($0)) })
}

@_cdecl("LLVMFuzzerTestOneInput")
public func jsonFuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = bytes(start, count)
  do {
    let (all, keys) = try records(input)
    guard let survey = try? JSONSurvey(MemoryStream(input[...])) else {
      // A file of one record that is the message of a failed command, or of no column.
      hold(all.count <= 1, "records are read that the survey refuses")
      return 0
    }
    let stream = JSONRecordStream(MemoryStream(input[...]), survey: survey)
    var text: [UInt8] = []
    let piece = 1 + count % 97
    while try stream.read(piece, into: &text) == piece {}
    let rows = SlowCSV(
      text, delimiter: JSONRecordStream.delimiter, newline: JSONRecordStream.newline)
    hold(rows.unclosedQuote == nil && rows.isRegular, "the rows of records bend RFC 4180")
    guard !survey.columns.isEmpty else { return 0 }
    let columns = survey.columns.map { Array($0.utf8) }
    // Columns are keys in their order, but for parents, which have columns of their own; two keys may
    // have one name where their bytes are no UTF-8.
    var keyOfColumn: [Int] = []
    for (key, bytes) in keys.enumerated() where keyOfColumn.count < columns.count {
      let name = Array(String(decoding: bytes, as: UTF8.self).utf8)
      if name == columns[keyOfColumn.count] { keyOfColumn.append(key) }
    }
    let filled = rows.rows.filter { $0.raw.count == columns.count }
    hold(filled.count == all.count, "\(all.count) records are \(filled.count) rows")
    for (row, record) in zip(filled, all) {
      for (column, key) in keyOfColumn.enumerated() {
        hold(row.cells[column] == record[key] ?? [], "a cell is another in its row")
      }
    }
  } catch is JSONFault {
    // Refused in words; the survey must refuse it too.
    let survey = try? JSONSurvey(MemoryStream(input[...]))
    hold(survey == nil, "the survey takes what the reader refuses")
  } catch {
    hold(false, "an error that is no fault: \(error)")
  }
  return 0
}
