import Records

extension ChunkWorker {
  /// The text that is meant by a cell: unescaped, decoded and substituted; empty where null.
  func meant(
    _ cell: Range<Int>, in source: [UInt8], _ column: ColumnPlan, _ notes: inout CellNotes
  ) -> [UInt8] {
    var text = Array(source[cell])
    let isQuoted = spelled(cell, in: source).count > cell.count
    if isQuoted, text.contains(Dialect.quote) { text = ChunkWorker.unescaped(text) }
    if text.contains(where: { $0 >= 0x80 }), !ChunkWorker.isReadable(text) {
      notes.misencoded.append(cell.lowerBound)
      text = Array(MisencodedText.mended(text[...]).utf8)
    }
    if let substitution = column.substitution, !cell.isEmpty, let other = substitution(text) {
      if substitution.isCorrection { notes.substituted += 1 }
      return other
    }
    return CellParser.isNull(text.span) ? [] : text
  }

  /// The bytes of a cell with the quotes round it.
  func spelled(_ cell: Range<Int>, in source: [UInt8]) -> Range<Int> {
    // Before a cell without quotes stands a separator or nothing.
    let isQuoted = cell.lowerBound > 0 && source[cell.lowerBound - 1] == Dialect.quote
    return isQuoted ? cell.lowerBound - 1..<cell.upperBound + 1 : cell
  }

  /// Two quotes in a row are one.
  private static func unescaped(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var skipsQuote = false
    for byte in text {
      if byte == Dialect.quote, skipsQuote {
        skipsQuote = false
        continue
      }
      skipsQuote = byte == Dialect.quote
      result.append(byte)
    }
    return result
  }

  /// Whether bytes are the UTF-8 that the rest of the program takes them for.
  private static func isReadable(_ text: [UInt8]) -> Bool {
    (try? UTF8Span(validating: text.span)) != nil
  }
}

/// What one worker knows of the texts of a column in which they repeat.
struct CategoryReader {
  /// What a spelling means, found once.
  private struct Meaning {
    let code: Int32
    let isMisencoded: Bool
    let isSubstituted: Bool
  }

  /// Cells that do not stand in the file as they are meant.
  private var spellings = ByteInterner()
  private var meanings: [Meaning] = []
  /// What cells mean.
  private var values = ByteInterner()
  /// How many of them were handed on.
  private var metCount = 0

  /// The code of a text that stands in the file as it is meant.
  mutating func code(of text: borrowing Span<UInt8>) -> Int32 { values.code(of: text) }

  /// The texts that were met since this was asked last, in the order of their codes.
  mutating func takeMet() -> [[UInt8]] {
    defer { metCount = values.count }
    return (metCount..<values.count).map { Array(values.bytes($0)) }
  }

  /// The code of a cell as it is spelled at a position; its meaning is read at its first appearance.
  mutating func code(
    of spelled: borrowing Span<UInt8>, at position: Int, _ notes: inout CellNotes,
    meaning: (inout CellNotes) -> [UInt8]
  ) -> Int32 {
    let spelling = Int(spellings.code(of: spelled))
    if spelling == meanings.count {
      var own = CellNotes()
      let text = meaning(&own)
      meanings.append(
        Meaning(
          code: text.isEmpty ? Categories.null : values.code(of: text.span),
          isMisencoded: !own.misencoded.isEmpty, isSubstituted: own.substituted > 0))
    }
    let meaning = meanings[spelling]
    if meaning.isMisencoded { notes.misencoded.append(position) }
    if meaning.isSubstituted { notes.substituted += 1 }
    return meaning.code
  }
}
