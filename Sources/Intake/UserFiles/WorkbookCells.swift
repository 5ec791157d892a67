import Foundation
import Records

/// Reads the cells of one sheet of a workbook.
struct WorkbookCells {
  /// The sheet.
  let place: SourcePosition
  let texts: [String]
  let styles: WorkbookStyles
  private(set) var rows: [Sheet.Row] = []
  private var count = 0
  /// Columns that are read: those that the first row with something in it has, or all.
  private var headings: ClosedRange<Int>?

  /// - Parameters:
  ///   - place: the sheet.
  ///   - texts: the texts that cells share.
  ///   - styles: which numbers are dates.
  ///   - hasTitle: whether anything may stand above the headings, so that the first row does not say
  ///     which columns there are.
  init(place: SourcePosition, texts: [String], styles: WorkbookStyles, hasTitle: Bool = false) {
    self.place = place
    self.texts = texts
    self.styles = styles
    if hasTitle { headings = 1...Name.lastColumn }
  }

  /// A cell's place in the sheet.
  struct Name {
    let row: Int
    let column: Int

    static let lastColumn = 16_384

    /// `C7`; nil where it is no name of a cell, or lies outside of every sheet.
    init?(_ text: some StringProtocol) {
      let letters = text.utf8.prefix { (0x41...0x5A).contains($0) }
      guard (1...3).contains(letters.count) else { return nil }
      column = letters.reduce(0) { $0 * 26 + Int($1) - 0x40 }
      let digits = text.utf8.dropFirst(letters.count)
      guard digits.allSatisfy({ (0x30...0x39).contains($0) }), digits.count <= 7,
        let row = Int(String(decoding: digits, as: UTF8.self)),
        (1...Sheet.maximumRows).contains(row), column <= Name.lastColumn
      else { return nil }
      self.row = row
    }
  }

  /// Reads the whole part.
  ///
  /// - Throws: `FindingsError` where rows or cells are where none can be, or too many.
  mutating func read(_ part: WorkbookPart) throws {
    var row = 0
    var merges: [(first: Name, last: Name)] = []
    while let event = try part.next() {
      switch event {
      case .start("row"):
        let last = row
        row = part.attributes()["r"].map { Int($0) ?? 0 } ?? last + 1
        guard row > last, row <= Sheet.maximumRows else {
          throw damaged("row \(last) is followed by one that cannot be", row: max(last, 1))
        }
        let cells = try self.cells(part, row: row)
        if !cells.isEmpty { rows.append(Sheet.Row(line: row, cells: cells)) }
      case .start("mergeCell"):
        let names = (part.attributes()["ref"] ?? "").split(separator: ":").compactMap { Name($0) }
        guard names.count == 2 else { throw damaged("merged cells have no place", row: 0) }
        merges.append((names[0], names[1]))
      default: break
      }
    }
    try fill(merges)
  }

  /// The cells of a row, up to the last that has a heading.
  private mutating func cells(_ part: WorkbookPart, row: Int) throws -> [Int: Sheet.Cell] {
    var cells: [Int: Sheet.Cell] = [:]
    var column = 0
    var hasStray = false
    while let event = try part.next(), event != .end("row") {
      guard event == .start("c") else { continue }
      let attributes = part.attributes()
      if let written = attributes["r"] {
        guard let name = Name(written), name.row == row else {
          throw damaged("a cell has a name that is not of its row", row: row)
        }
        column = name.column
      } else {
        column += 1
      }
      guard column <= Name.lastColumn else {
        throw damaged("the row has more cells than a sheet", row: row)
      }
      guard let cell = try cell(part, attributes, row: row, column: column) else { continue }
      // A stray behind the headings is kept, to be told; a second one tells nothing new.
      if let headings, column > headings.upperBound {
        if hasStray { continue }
        hasStray = true
      }
      cells[column] = cell
      count += 1
      guard count <= Sheet.maximumCells else {
        throw damaged("it has more than \(Sheet.maximumCells) cells", row: 0)
      }
    }
    if headings == nil, let first = cells.keys.min(), let last = cells.keys.max() {
      headings = first...last
    }
    return cells
  }

  /// One cell; nil where it is empty.
  private func cell(
    _ part: WorkbookPart, _ attributes: [String: String], row: Int, column: Int
  ) throws -> Sheet.Cell? {
    var value = ""
    var isValue = false
    var isFormula = false
    while let event = try part.next(), event != .end("c") {
      switch event {
      case .start("v"): isValue = true
      case .end("v"): isValue = false
      case .start("f"): isFormula = true
      case .start("is"): value = try part.richText(until: "is")
      case .text(let text) where isValue: value += text
      default: break
      }
    }
    func made(_ text: String, _ kind: Sheet.Cell.Kind) -> Sheet.Cell {
      Sheet.Cell(
        text: text, kind: kind, column: column,
        at: SourcePosition(file: place.file, sheet: place.sheet, line: row, column: column))
    }
    // A formula whose text is empty has been computed: its cell says so by its type.
    if value.isEmpty {
      return isFormula && attributes["t"] != "str"
        ? made("a formula that was never computed", .fault) : nil
    }
    switch attributes["t"] ?? "n" {
    case "s":
      guard let number = Int(value), texts.indices.contains(number) else {
        throw damaged("a cell names a text that the workbook lacks", row: row, column: column)
      }
      return texts[number].isEmpty ? nil : made(texts[number], .text)
    case "str": return made(WorkbookPart.unescaped(value), .text)
    case "inlineStr": return made(value, .text)
    case "b": return made(value == "1" || value == "true" ? "TRUE" : "FALSE", .flag)
    case "e": return made(WorkbookCells.errors.contains(value) ? value : "an error", .fault)
    case "d": return made(String(value.prefix(10)), .day)
    default:
      guard styles.isDate(attributes["s"].flatMap { Int($0) }) else { return made(value, .number) }
      guard let number = CellParser.decimal(Array(value.utf8).span), let day = styles.day(number)
      else { return made("a date outside of the calendar", .fault) }
      return made(day.description, .day)
    }
  }

  /// The errors of formulas that a finding may repeat.
  private static let errors: Set = [
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!",
  ]

  /// Gives the text of merged cells to each of them, within the rows and columns of the table.
  private mutating func fill(_ merges: [(first: Name, last: Name)]) throws {
    guard let headings, let head = rows.first?.line, !merges.isEmpty else { return }
    var steps = 0
    for (first, last) in merges
    where first.row > head && first.column <= min(last.column, headings.upperBound) {
      guard let source = rows.binarySearch(line: first.row),
        let cell = rows[source].cells[first.column]
      else { continue }
      guard last.column >= headings.lowerBound else { continue }
      let columns = headings.clamped(to: first.column...last.column)
      var index = source
      while index < rows.count, rows[index].line <= last.row {
        for column in columns
        where index != source || column != first.column {
          var copy = cell
          copy.column = column
          copy.isMerged = true
          copy.at = SourcePosition(
            file: place.file, sheet: place.sheet, line: rows[index].line, column: column)
          // In its place: a copy of a wide row for each of many merges would take long.
          rows[index].cells[column] = copy
          steps += 1
        }
        index += 1
        steps += 1
        guard steps <= Sheet.maximumCells else {
          throw damaged("it has more than \(Sheet.maximumCells) merged cells", row: 0)
        }
      }
    }
  }

  private func damaged(_ reason: String, row: Int, column: Int = 0) -> FindingsError {
    FindingsError([
      UserFileFindings.workbookDamaged(
        place.file, reason: reason,
        at: SourcePosition(file: place.file, sheet: place.sheet, line: row, column: column))
    ])
  }
}

extension [Sheet.Row] {
  /// The index of the row of a line, nil where it is blank.
  fileprivate func binarySearch(line: Int) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].line < line { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].line == line ? low : nil
  }
}
