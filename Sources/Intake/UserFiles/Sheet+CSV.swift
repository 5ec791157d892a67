import Foundation
import Records

extension Sheet {
  /// The most bytes of a text file that a person keeps.
  static let maximumBytes = 256 << 20

  /// Reads a CSV file whole, in the dialect that its first bytes show.
  ///
  /// - Parameters:
  ///   - path: where the file lies.
  ///   - name: the file as findings name it.
  ///   - stated: what of the dialect is known before.
  /// - Throws: `FindingsError` where the file is unreadable as a whole.
  init(csv path: String, named name: String, stated: Dialect.Stated = Dialect.Stated()) throws {
    let file = ExportFile(
      name: name, stem: "", path: path, container: .plain, isJSON: false, stated: stated,
      limits: ContainerLimits())
    let dialect = try OpenFile(file).dialect
    let text: [UInt8]
    do {
      text = try Sheet.bytes(of: file, dialect)
    } catch let error as StreamError {
      throw FindingsError([IntakeFindings.unreadable(name, error)])
    }
    let index = CarefulIndex(text, dialect: dialect)
    if let opened = index.unclosedQuote {
      let start = text[..<opened].lastIndex(of: dialect.newline).map { $0 + 1 } ?? 0
      throw FindingsError([
        IntakeFindings.unclosedQuote(
          name,
          line: 1 + dialect.preamble.lines + text[..<opened].count { $0 == dialect.newline },
          column: 1 + dialect.characterCount(text[start..<opened]))
      ])
    }
    var lines = Lines(text: text, dialect: dialect, file: name)
    var first = 0
    for end in index.records.map(Int.init) {
      lines.add(index.separators[first..<end])
      first = end
    }
    self.init(file: name, sheet: nil, form: dialect.description, lines: lines.all)
  }

  /// The text of a file behind what stands before its header, ending in a newline.
  private static func bytes(of file: ExportFile, _ dialect: Dialect) throws -> [UInt8] {
    let stream = try OpenFile.text(of: file, dialect)
    var text: [UInt8] = []
    while try stream.read(1 << 20, into: &text) > 0 {
      guard text.count <= maximumBytes else {
        throw FindingsError([UserFileFindings.tooLarge(file.name)])
      }
    }
    text.removeFirst(min(dialect.preamble.bytes, text.count))
    if let last = text.last, last != dialect.newline { text.append(dialect.newline) }
    return text
  }

  /// Turns separators into cells, and counts lines as it goes.
  private struct Lines {
    let text: [UInt8]
    let dialect: Dialect
    let file: String
    var all: [Row] = []
    private var line: Int
    private var start = 0

    init(text: [UInt8], dialect: Dialect, file: String) {
      self.text = text
      self.dialect = dialect
      self.file = file
      line = 1 + dialect.preamble.lines
    }

    mutating func add(_ separators: ArraySlice<UInt32>) {
      var cells: [Int: Cell] = [:]
      let first = line
      var lineStart = start
      for (column, separator) in separators.enumerated() {
        let bytes = text[start..<Int(separator)]
        let content = content(of: bytes)
        if !content.isEmpty, content != "#N/A" {
          let place = SourcePosition(
            file: file, line: line,
            column: 1 + dialect.characterCount(text[lineStart..<start]))
          cells[column + 1] = Cell(text: content, column: column + 1, at: place)
        }
        if let newline = bytes.lastIndex(of: dialect.newline) {
          line += bytes.count { $0 == dialect.newline }
          lineStart = newline + 1
        }
        start = Int(separator) + 1
      }
      line += 1
      if !cells.isEmpty { all.append(Row(line: first, cells: cells)) }
    }

    private func content(of bytes: ArraySlice<UInt8>) -> String {
      var bytes = bytes
      if bytes.last == 0x0D { bytes.removeLast() }
      let isQuoted = bytes.count >= 2 && bytes.first == Dialect.quote && bytes.last == Dialect.quote
      if isQuoted { bytes = bytes.dropFirst().dropLast() }
      let text = MisencodedText.mended(bytes)
      return isQuoted ? text.replacing("\"\"", with: "\"") : text
    }
  }
}

extension Sheet {
  /// A table whose first line holds the headings.
  init(file: String, sheet: String?, form: String, lines: [Row]) {
    let headings = (lines.first?.cells ?? [:]).values.sorted { $0.column < $1.column }
    let columns = Set(headings.map(\.column))
    var strays: [SourcePosition] = []
    for row in lines.dropFirst() {
      strays += row.cells.values.filter { !columns.contains($0.column) && !$0.isMerged }
        .map(\.at).sorted()
    }
    self.init(
      file: file, sheet: sheet, form: form, headings: headings, rows: Array(lines.dropFirst()),
      strays: strays)
  }
}
