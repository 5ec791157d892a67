import Records

/// The last lines of a chunk, which may be what a report export writes below its rows.
struct ChunkTail {
  /// Grain: one entry per line behind the last row; nil where it is blank, else what is to be said
  /// of it as a row of one cell.
  var lines: [Finding?] = []
  /// Whether the chunk holds nothing else.
  var isWholeChunk = false

  /// A footer is not longer: report's name, copyright, who made it and when.
  static let longest = 30

  mutating func add(_ finding: Finding) { lines.append(finding) }

  /// Notes a blank line; several in a row are as one.
  mutating func addBlank() {
    if let last = lines.last, last == nil { return }
    lines.append(nil)
  }
}

/// The lines below the rows of a report export, which say who made it and are no rows.
///
/// They come after a blank line, have one cell each where the header has many, and end the file.
enum ReportFooter {
  /// The first of the records at the end of a chunk that are blank or have one cell; the number of
  /// records where the last is a row, or where too many have one cell to be a footer.
  static func start(in index: RecordIndex, of cellCount: Int, _ text: [UInt8]) -> Int {
    guard cellCount > 1 else { return index.recordCount }
    var start = index.recordCount
    var count = 0
    while start > 0, index.cellCount(start - 1) == 1 {
      start -= 1
      let isBlank = index.bytes(start).allSatisfy { text[$0] == 0x0D }
      count += isBlank ? 0 : 1
      if count > ChunkTail.longest { return index.recordCount }
    }
    return start
  }

  /// Takes the footer of a file out of its counts, and reports other rows of one cell as broken.
  ///
  /// - Returns: the places of the footer's lines.
  static func settle(_ chunks: inout [ChunkRows]) -> [SourcePosition] {
    var isTail = true
    // From the end backwards: which lines are below all rows, by chunk and line.
    var below: [(chunk: Int, line: Int)] = []
    for chunk in chunks.indices.reversed() {
      if isTail {
        below += chunks[chunk].tail.lines.indices.reversed().map { (chunk, $0) }
        isTail = chunks[chunk].tail.isWholeChunk
      }
    }
    below.reverse()
    let blank = below.firstIndex { chunks[$0.chunk].tail.lines[$0.line] == nil }
    let footer = blank.map { below[$0...].filter { chunks[$0.chunk].tail.lines[$0.line] != nil } }
    var places: [SourcePosition] = []
    if let footer, footer.count <= ChunkTail.longest {
      for (chunk, line) in footer {
        chunks[chunk].tail.lines[line]?.at.map { places.append($0) }
        chunks[chunk].tail.lines[line] = nil
        chunks[chunk].counts.read -= 1
        chunks[chunk].counts.setAside -= 1
      }
    }
    for chunk in chunks.indices {
      for case let finding? in chunks[chunk].tail.lines { chunks[chunk].findings.add(finding) }
      chunks[chunk].tail = ChunkTail()
    }
    return places
  }
}
