import Records

/// The start of a file: its dialect and header, and a reader for the rest.
struct OpenFile {
  let file: ExportFile
  let dialect: Dialect
  let header: Header
  /// The first records behind the header, as UTF-8.
  private let start: [UInt8]
  /// Bytes of the text up to the first record, and the line on which that stands.
  private let headerLength: Int
  private let startLine: Int
  /// The keys of a file of JSON.
  private let json: JSONSurvey?

  /// How much is read to find out about a file.
  static let sampleSize = 256 << 10

  /// - Throws: `FindingsError` where the file cannot be read.
  init(_ file: ExportFile) throws {
    do {
      try self.init(opening: file)
    } catch let error as StreamError {
      throw FindingsError([IntakeFindings.unreadable(file.name, error)])
    } catch let error as JSONFault {
      throw FindingsError([IntakeFindings.malformedJSON(file.name, error)])
    } catch let error as Dialect.MarkDiffers {
      throw FindingsError([
        IntakeFindings.markDiffers(file.name, stated: error.stated, mark: error.mark)
      ])
    }
  }

  private init(opening file: ExportFile) throws {
    self.file = file
    let sample = try Sample(file)
    if file.isJSON {
      let survey = try JSONSurvey(
        try OpenFile.text(of: file, encoding: sample.encoding, newline: 0x0A))
      guard !survey.columns.isEmpty else {
        throw FindingsError([IntakeFindings.emptyJSON(file.name)])
      }
      dialect = survey.dialect(encoding: sample.encoding)
      header = Header(names: survey.columns)
      json = survey
      headerLength = 0
      startLine = 1
      var start: [UInt8] = []
      _ = try OpenFile.records(of: file, dialect, survey).read(OpenFile.sampleSize, into: &start)
      self.start = start
      return
    }
    json = nil
    dialect = Dialect.detect(
      text: sample.text, isWhole: sample.isWhole, encoding: sample.encoding,
      stated: file.stated.delimiter)
    var text = sample.text
    if dialect.rewriting.isNeeded {
      // Read again from the front, as the reader of all records will.
      text.removeAll()
      _ = try OpenFile.text(of: file, dialect).read(OpenFile.sampleSize, into: &text)
    }
    text.removeFirst(min(dialect.preamble.bytes, text.count))
    if sample.isWhole, let last = text.last, last != dialect.newline {
      text.append(dialect.newline)
    }
    let index = CarefulIndex(text, dialect: dialect)
    guard let cells = index.records.first else {
      throw FindingsError([
        OpenFile.headerMissing(file, text, index, dialect)
      ])
    }
    var names: [String] = []
    var cellStart = 0
    for separator in index.separators[..<Int(cells)] {
      names.append(OpenFile.cellText(text[cellStart..<Int(separator)]))
      cellStart = Int(separator) + 1
    }
    header = Header(names: names)
    let newline = dialect.newline
    startLine = 1 + dialect.preamble.lines + text[..<cellStart].count { $0 == newline }
    headerLength = dialect.preamble.bytes + cellStart
    start = Array(text[cellStart...])
  }

  private static func headerMissing(
    _ file: ExportFile, _ text: [UInt8], _ index: CarefulIndex, _ dialect: Dialect
  ) -> Finding {
    guard let opened = index.unclosedQuote else { return IntakeFindings.emptyFile(file.name) }
    return IntakeFindings.unclosedQuote(
      file.name, line: 1 + dialect.preamble.lines,
      column: 1 + dialect.characterCount(text[..<opened]))
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
      let text = OpenFile.cellText(start[from..<Int(index.separators[separator])])
      cells.append(Array(text.utf8))
    }
    return cells
  }

  /// A reader of the file's records, from its start.
  func reader(isCareful: Bool, blockSize: Int) throws -> ChunkReader {
    let stream =
      try json.map { try OpenFile.records(of: file, dialect, $0) }
      ?? OpenFile.text(of: file, dialect)
    var header: [UInt8] = []
    _ = try stream.read(headerLength, into: &header)
    return ChunkReader(
      stream, line: startLine, dialect: dialect, isCareful: isCareful, blockSize: blockSize)
  }

  // MARK: What a file is

  /// Whether a file of plain text has rows of cells: notes have not.
  static func looksLikeTable(_ file: ExportFile) -> Bool {
    guard let sample = try? Sample(file) else { return false }
    return Dialect.isTable(
      text: sample.text, isWhole: sample.isWhole, stated: file.stated.delimiter)
  }

  /// The first record of a file of JSON, nil where it holds none.
  ///
  /// - Throws: `JSONFault`, `StreamError`.
  static func firstRecord(of file: ExportFile) throws -> JSONRecordReader.Record? {
    let text = try text(of: file, encoding: try Sample(file).encoding, newline: 0x0A)
    var record = JSONRecordReader.Record()
    return try JSONRecordReader(text).next(&record) ? record : nil
  }

  // MARK: Streams

  /// The text of a file as UTF-8 without its mark.
  private static func text(
    of file: ExportFile, encoding: Dialect.Encoding, newline: UInt8
  ) throws -> any ByteStream {
    let stream = try file.open()
    var mark: [UInt8] = []
    _ = try stream.read(encoding.markLength, into: &mark)
    return encoding.isUTF8
      ? stream : try CharsetStream(stream, charset: encoding.name, newline: newline)
  }

  /// The text of a file as RFC 4180 has it, from its front.
  static func text(of file: ExportFile, _ dialect: Dialect) throws -> any ByteStream {
    let text = try text(of: file, encoding: dialect.encoding, newline: dialect.newline)
    return dialect.rewriting.isNeeded ? QuoteRewritingStream(text, dialect.rewriting) : text
  }

  /// The records of a file of JSON.
  private static func records(
    of file: ExportFile, _ dialect: Dialect, _ survey: JSONSurvey
  ) throws -> any ByteStream {
    JSONRecordStream(
      try text(of: file, encoding: dialect.encoding, newline: 0x0A), survey: survey)
  }

  /// The first bytes of a file, and what they are written in.
  private struct Sample {
    let encoding: Dialect.Encoding
    /// As UTF-8, without the mark.
    let text: [UInt8]
    let isWhole: Bool

    init(_ file: ExportFile) throws {
      var bytes: [UInt8] = []
      let got = try file.open().read(OpenFile.sampleSize, into: &bytes)
      isWhole = got < OpenFile.sampleSize
      if let stated = file.stated.encoding {
        encoding = try Dialect.Encoding.stated(stated, for: bytes)
      } else {
        encoding = Dialect.Encoding.detect(bytes, isWhole: isWhole)
      }
      let rest = bytes[encoding.markLength...]
      if encoding.isUTF8 {
        text = Array(rest)
      } else {
        var text: [UInt8] = []
        try CharsetDecoder(encoding.name).decode(rest, isEnd: isWhole, into: &text)
        self.text = text
      }
    }
  }

  /// The text of a cell as it stands between separators: without its quotes.
  static func cellText(_ cell: ArraySlice<UInt8>) -> String {
    var cell = cell
    if cell.last == 0x0D { cell.removeLast() }
    if cell.count >= 2, cell.first == Dialect.quote, cell.last == Dialect.quote {
      cell = cell.dropFirst().dropLast()
    }
    return MisencodedText.mended(cell).replacing("\"\"", with: "\"")
  }
}
