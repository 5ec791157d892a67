import Foundation
import Records

/// What to read from one file for one entity.
struct FilePlan: Sendable {
  let entity: Entity
  let fileName: String
  let fileNumber: Int
  let dialect: Dialect
  let keyForm: Mapping.KeyForm
  /// How the file writes dates and numbers.
  var forms = CellForms()
  let localDays: LocalDays
  /// Number of cells of the header.
  let cellCount: Int
  let columns: [ColumnPlan]
  /// Positions of columns that decide about rows rather than become columns.
  let deletedCell: Int?
  let keyCell: Int?
  let masterCell: Int?
  let stampCell: Int?
}

/// The names in a file's first row, matched without regard to case and to spaces around them.
struct Header: Sendable {
  let names: [String]

  func position(of name: String) -> Int? {
    let wanted = Header.folded(name)
    return names.firstIndex { Header.folded($0) == wanted }
  }

  private static func folded(_ name: String) -> String {
    name.trimmingCharacters(in: .whitespaces).lowercased()
  }
}

/// The start of a file: its dialect and header, and a reader for the rest.
struct OpenFile {
  let file: ExportFile
  let dialect: Dialect
  let header: Header
  /// Bytes after the header that were already read.
  private let start: [UInt8]
  private let startLine: Int

  /// How much is read to find out about a file.
  private static let sampleSize = 256 << 10

  init(_ file: ExportFile) throws {
    self.file = file
    do {
      let stream = try file.open()
      var sample: [UInt8] = []
      let got = try stream.read(OpenFile.sampleSize, into: &sample)
      dialect = try Dialect.detect(sample, isWhole: got < OpenFile.sampleSize)
      sample.removeFirst(dialect.markLength)
      if got < OpenFile.sampleSize, let last = sample.last, last != dialect.newline {
        sample.append(dialect.newline)
      }
      let index = CarefulIndex(sample, dialect: dialect)
      guard let headerCells = index.records.first else {
        if let opened = index.unclosedQuote {
          throw FindingsError([
            IntakeFindings.unclosedQuote(
              file.name, line: 1, column: 1 + dialect.characterCount(sample[..<opened]))
          ])
        }
        throw FindingsError([IntakeFindings.emptyFile(file.name)])
      }
      var names: [String] = []
      var cellStart = 0
      for separator in index.separators[..<Int(headerCells)] {
        names.append(OpenFile.text(sample[cellStart..<Int(separator)], dialect))
        cellStart = Int(separator) + 1
      }
      header = Header(names: names)
      let newline = dialect.newline
      startLine = 1 + sample[..<cellStart].count { $0 == newline }
      start = Array(sample[cellStart...])
    } catch let error as StreamError {
      throw FindingsError([IntakeFindings.unreadable(file.name, reason: error.reason)])
    } catch Dialect.Refusal.encoding(let name) {
      throw FindingsError([IntakeFindings.unsupportedEncoding(file.name, name)])
    }
  }

  /// The cells of a column in the first rows.
  func firstCells(_ column: Int) -> [[UInt8]] {
    let index = CarefulIndex(start, dialect: dialect)
    var cells: [[UInt8]] = []
    var firstSeparator = 0
    for end in index.records.prefix(200).map(Int.init) {
      defer { firstSeparator = end }
      guard end - firstSeparator > column else { continue }
      let separator = firstSeparator + column
      let from = separator == 0 ? 0 : Int(index.separators[separator - 1]) + 1
      let text = OpenFile.text(start[from..<Int(index.separators[separator])], dialect)
      cells.append(Array(text.utf8))
    }
    return cells
  }

  /// A reader of the file's records, from its start.
  func reader(isCareful: Bool, blockSize: Int) throws -> ChunkReader {
    let stream = try file.open()
    var skipped: [UInt8] = []
    _ = try stream.read(OpenFile.sampleSize, into: &skipped)
    return ChunkReader(
      ResumedStream(start: start, rest: stream), line: startLine, dialect: dialect,
      isCareful: isCareful, blockSize: blockSize)
  }

  private static func text(_ cell: ArraySlice<UInt8>, _ dialect: Dialect) -> String {
    var cell = cell
    if cell.last == 0x0D { cell.removeLast() }
    if cell.count >= 2, cell.first == Dialect.quote, cell.last == Dialect.quote {
      cell = cell.dropFirst().dropLast()
    }
    let text =
      dialect.encoding == .windows1252
      ? String(data: Data(cell), encoding: .windowsCP1252) : nil
    return (text ?? String(decoding: cell, as: UTF8.self))
      .replacingOccurrences(of: "\"\"", with: "\"")
  }
}
