extension Dialect {
  /// Detects how a text stands for rows and cells by its first records.
  ///
  /// The delimiter is the candidate by which the rows have as many cells as the header, and many;
  /// what a person states or Excel's `sep=` line says goes before.
  static func detect(
    text: [UInt8], isWhole: Bool, encoding: Encoding, stated: Delimiter? = nil
  ) -> Dialect {
    let (preamble, hinted) = preamble(of: text)
    let body = text[preamble.bytes...]
    let candidates = stated.map(\.byte).map { [$0] } ?? hinted.map { [$0] }
    var best: (scan: LayoutScan, delimiter: UInt8)?
    for delimiter in candidates ?? Delimiter.allCases.map(\.byte) {
      // One that the text does not hold makes rows of one cell, like any other such.
      if best != nil, !body.contains(delimiter) { continue }
      let scan = layout(of: body, isWhole: isWhole, delimiter: delimiter)
      if let known = best?.scan,
        (known.score, known.headerCells) >= (scan.score, scan.headerCells)
      {
        continue
      }
      best = (scan, delimiter)
    }
    let scan = best?.scan ?? layout(of: body, isWhole: isWhole, delimiter: Delimiter.comma.byte)
    let delimiter = best?.delimiter ?? Delimiter.comma.byte
    let reason =
      stated != nil ? "stated" : hinted != nil ? "by its sep= line" : nil
    let words = [
      LayoutScan.words(delimiter, commas: scan.headerCells - 1, reason: reason),
      scan.quotingWords, encoding.description, scan.endWords,
    ]
    return Dialect(
      delimiter: delimiter, newline: scan.rules.ends == .returns ? 0x0D : 0x0A,
      encoding: encoding, description: words.joined(separator: ", "),
      rewriting: QuoteRewriting(
        delimiter: delimiter, escapes: scan.rules.escapes,
        loneReturns: scan.rules.ends == .both),
      preamble: preamble)
  }

  /// Whether a text has a header of several cells and rows that have as many.
  static func isTable(text: [UInt8], isWhole: Bool, stated: Delimiter?) -> Bool {
    let body = text[preamble(of: text).0.bytes...]
    return (stated.map { [$0] } ?? Delimiter.allCases).contains { delimiter in
      let scan = layout(of: body, isWhole: isWhole, delimiter: delimiter.byte)
      return scan.headerCells > 1 && scan.rows > 0 && scan.fit >= 0.9
    }
  }

  /// The reading of a text by one delimiter that fits best: which line ends, which quotes.
  private static func layout(
    of text: ArraySlice<UInt8>, isWhole: Bool, delimiter: UInt8
  ) -> LayoutScan {
    func scan(_ ends: LayoutScan.Ends, escapes: Bool = false) -> LayoutScan {
      LayoutScan(
        text, isWhole: isWhole,
        rules: LayoutScan.Rules(delimiter: delimiter, ends: ends, escapes: escapes))
    }
    var best = scan(.newlines)
    if best.loneReturns > 0 {
      // Carriage returns alone: characters of cells, or what ends the rows, or some of them.
      for ends in [LayoutScan.Ends.returns, .both] {
        let other = scan(ends)
        // One row of nothing but returns may be a header; several are rows, however they fit.
        let isOneRow = best.rows == 0 && other.rows > 0 && (other.fit >= 0.5 || other.rows > 1)
        if other.fit > best.fit || isOneRow {
          best = other
        }
        if best.rules.ends == .returns, best.loneNewlines == 0 { break }
      }
    }
    if best.irregularQuotes > 0, best.hasEscapedQuotes {
      let escaped = scan(best.rules.ends, escapes: true)
      if escaped.irregularQuotes == 0, escaped.fit >= best.fit { best = escaped }
    }
    return best
  }

  /// Blank lines and Excel's `sep=;`, which stand before the header and are no part of it.
  private static func preamble(of text: [UInt8]) -> (Preamble, hinted: UInt8?) {
    var preamble = Preamble()
    var hinted: UInt8?
    while preamble.bytes < text.count {
      let rest = text[preamble.bytes...]
      let line = rest.prefix { $0 != 0x0A && $0 != 0x0D }
      let after = rest.dropFirst(line.count)
      guard let end = after.first else { break }
      let bare = line.filter { $0 != quote }
      if hinted == nil, bare.count == 5, bare.starts(with: Array("sep=".utf8)) {
        hinted = bare.last
      } else if !line.isEmpty {
        break
      }
      let isPair = end == 0x0D && after.dropFirst().first == 0x0A
      preamble.bytes += line.count + (isPair ? 2 : 1)
      preamble.lines += 1
    }
    return (preamble, hinted)
  }
}

/// The first records of a text, read by one hypothesis about its dialect.
struct LayoutScan {
  /// What ends a row.
  enum Ends { case newlines, returns, both }

  struct Rules {
    let delimiter: UInt8
    let ends: Ends
    /// Whether a backslash in a quoted cell makes the next quote a character of it.
    let escapes: Bool
  }

  let rules: Rules
  private(set) var headerCells = 0
  /// Rows after the header, and those that have as many cells.
  private(set) var rows = 0
  private var fittingRows = 0
  private(set) var irregularQuotes = 0
  private(set) var hasEscapedQuotes = false
  private(set) var loneReturns = 0
  private(set) var loneNewlines = 0
  private var pairs = 0
  private var quotedCells = 0
  private var filledCells = 0

  /// As many rows show what the others are like.
  private static let mostRows = 100

  init(_ text: ArraySlice<UInt8>, isWhole: Bool, rules: Rules) {
    self.rules = rules
    enum State { case start, unquoted, quoted, escaped, closing }
    var state = State.start
    var cells = 1
    var isBlank = true
    var previous: UInt8 = 0
    for (position, byte) in zip(text.indices, text) {
      defer { previous = byte }
      switch state {
      case .escaped:
        state = .quoted
        continue
      case .quoted:
        if byte == Dialect.quote {
          if previous == UInt8(ascii: "\\") { hasEscapedQuotes = true }
          state = .closing
        } else if rules.escapes, byte == UInt8(ascii: "\\") {
          state = .escaped
        }
        continue
      case .closing where byte == Dialect.quote:
        state = .quoted
        continue
      case .start where byte == Dialect.quote:
        state = .quoted
        isBlank = false
        quotedCells += 1
        filledCells += 1
        continue
      default: break
      }
      let isPair = byte == 0x0D && position + 1 < text.endIndex && text[position + 1] == 0x0A
      if byte == 0x0D, !isPair { loneReturns += 1 }
      if byte == 0x0A { if previous == 0x0D { pairs += 1 } else { loneNewlines += 1 } }
      // The return of a pair belongs to the newline behind it.
      if isPair, rules.ends != .returns { continue }
      let endsRow =
        byte == 0x0A ? rules.ends != .returns : byte == 0x0D && rules.ends != .newlines
      if endsRow {
        end(cells, isBlank: isBlank)
        (cells, isBlank, state) = (1, true, .start)
      } else if byte == rules.delimiter {
        cells += 1
        isBlank = false
        state = .start
      } else {
        if state == .closing { irregularQuotes += 1 }
        if state == .start { filledCells += 1 }
        isBlank = false
        state = .unquoted
      }
      if rows >= LayoutScan.mostRows { return }
    }
    if isWhole, state != .quoted || headerCells == 0 { end(cells, isBlank: isBlank) }
    if headerCells == 0 { headerCells = cells }
  }

  private mutating func end(_ cells: Int, isBlank: Bool) {
    if isBlank { return }
    guard headerCells > 0 else {
      headerCells = cells
      return
    }
    rows += 1
    if cells == headerCells { fittingRows += 1 }
  }

  /// The share of the rows that have as many cells as the header.
  var fit: Double { rows == 0 ? 1 : Double(fittingRows) / Double(rows) }

  /// How well the delimiter fits: the delimiters that rows and header have in common.
  var score: Double { fit * Double(headerCells - 1) }
}

// MARK: Words

extension LayoutScan {
  /// Such as `comma-separated (12 in the header)`.
  static func words(_ delimiter: UInt8, commas: Int, reason: String?) -> String {
    if commas == 0, reason == nil { return "one column" }
    let name =
      Dialect.Delimiter.allCases.first { $0.byte == delimiter }?.rawValue
      ?? "\"\(Character(Unicode.Scalar(delimiter)))\""
    return "\(name)-separated (\(reason ?? "\(commas) in the header"))"
  }

  var quotingWords: String {
    if quotedCells == 0 { return "unquoted" }
    return (quotedCells == filledCells ? "quoted always" : "quoted as needed")
      + (rules.escapes ? " with backslashes" : "")
  }

  var endWords: String {
    switch rules.ends {
    case .returns: "CR"
    case .both: "mixed line ends"
    case .newlines: pairs == 0 ? "LF" : loneNewlines == 0 ? "CRLF" : "LF and CRLF"
    }
  }
}
