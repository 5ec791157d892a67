import Foundation
import Records

/// What a report of a CRM is asked for.
public struct ReportRequest: Sendable {
  /// Where the file lies.
  public var path: String
  /// The file as findings name it; behind a `#` the sheet of a workbook.
  public var name: String
  public var sheet: String?
  /// What the rows of the report are.
  public var entity: Entity
  /// Whether values are compared, or records only counted.
  public var needsValue: Bool
  /// Headings of the value that are looked for before the usual ones.
  public var valueNames: [String]
  /// Heading of the column of Ids, where a person says it.
  public var id: String?
  /// Heading of the column of values, where a person says it.
  public var value: String?
  /// How dates and numbers are written, where a person says it.
  public var forms: CellForms

  public init(
    path: String, name: String, sheet: String? = nil, entity: Entity, needsValue: Bool,
    valueNames: [String] = [], id: String? = nil, value: String? = nil,
    forms: CellForms = CellForms()
  ) {
    self.path = path
    self.name = name
    self.sheet = sheet
    self.entity = entity
    self.needsValue = needsValue
    self.valueNames = valueNames
    self.id = id
    self.value = value
    self.forms = forms
  }
}

/// A report of a CRM, read, with its columns found; its rows do not know their records yet.
public struct ReportFile: Sendable {
  let request: ReportRequest
  let lines: ReportLines
  /// Position of each column in the table.
  let columns: [ReportHeadings.Role: Int]
  /// The headings of those columns, as the report shows them.
  let headings: [ReportHeadings.Role: String]

  /// Reads a file and finds its columns.
  ///
  /// - Throws: `FindingsError` where there is no such file, it cannot be read, or lacks a column that
  ///   nothing can be compared without.
  public init(_ request: ReportRequest) throws {
    self.request = request
    guard FileManager.default.fileExists(atPath: request.path) else {
      throw FindingsError([ReportFindings.missing(request.name)])
    }
    let isWorkbook = Workbook.isWorkbook(request.name)
    if let sheet = request.sheet, !isWorkbook {
      throw FindingsError([UserFileFindings.sheetOfText(request.name, sheet: sheet)])
    }
    var sheet =
      isWorkbook
      ? try Workbook(request.path, named: request.name).table(request.sheet, hasTitle: true)
      : try Sheet(csv: request.path, named: request.name)
    var head = ReportFile.head(of: sheet, request)
    if head == nil, !isWorkbook {
      // A title above the headings hides what stands between cells.
      for delimiter in Dialect.Delimiter.allCases where head == nil {
        let other = try Sheet(
          csv: request.path, named: request.name, stated: Dialect.Stated(delimiter: delimiter))
        head = ReportFile.head(of: other, request)
        if head != nil { sheet = other }
      }
    }
    let lines = ReportFile.lines(of: sheet)
    let first = head ?? lines.indices.first { lines[$0].cells.count > 1 } ?? 0
    guard lines.indices.contains(first) else {
      throw FindingsError([UserFileFindings.empty(sheet)])
    }
    (columns, headings) = try ReportFile.columns(lines[first], request, sheet)
    self.lines = ReportLines(
      Array(lines[(first + 1)...]), columns: columns, headingCount: lines[first].cells.count)
  }

  private static func lines(of sheet: Sheet) -> [Sheet.Row] {
    guard let first = sheet.headings.first else { return [] }
    let head = Sheet.Row(
      line: first.at.line,
      cells: Dictionary(
        sheet.headings.map { ($0.column, $0) }, uniquingKeysWith: { one, _ in one }))
    return [head] + sheet.rows
  }

  /// A title and what the report filters by may stand in so many lines above the headings.
  private static let highest = 60

  /// The line of the headings: the first with a heading of Ids or names, and others.
  private static func head(of sheet: Sheet, _ request: ReportRequest) -> Int? {
    let known = Set(
      request.id.map { [Synonyms.folded($0)] }
        ?? ReportHeadings.names(.id, of: request.entity)
        + ReportHeadings.names(.name, of: request.entity))
    let lines = lines(of: sheet).prefix(highest)
    let width = lines.map(\.cells.count).max() ?? 0
    return lines.indices.first { index in
      (lines[index].cells.count > 1 || width == 1)
        && lines[index].cells.values.contains { cell in
          known.contains(Synonyms.folded(ReportHeadings.shown(cell.text)))
        }
    }
  }

  private typealias Found = (
    columns: [ReportHeadings.Role: Int], headings: [ReportHeadings.Role: String]
  )

  private static func columns(
    _ head: Sheet.Row, _ request: ReportRequest, _ sheet: Sheet
  ) throws -> Found {
    let cells = head.cells.values.sorted { $0.column < $1.column }
    let shown = cells.map { ReportHeadings.shown($0.text) }
    let folded = shown.map(Synonyms.folded)
    let at = sheet.position(line: head.line)
    var found: Found = ([:], [:])
    var errors: [Finding] = []
    func take(_ role: ReportHeadings.Role, _ index: Int?) {
      guard let index, !found.columns.values.contains(cells[index].column) else { return }
      found.columns[role] = cells[index].column
      found.headings[role] = shown[index]
    }
    func find(_ names: [String]) -> Int? {
      names.lazy.compactMap { name in
        folded.indices.first {
          folded[$0] == name && !found.columns.values.contains(cells[$0].column)
        }
      }.first
    }
    func stated(_ name: String, _ option: String) -> Int? {
      let index =
        shown.firstIndex(of: UserTable.trimmed(name))
        ?? folded.firstIndex(of: Synonyms.folded(name))
      if index == nil {
        errors.append(
          ReportFindings.columnMissing(
            "", named: name, option: option, headings: shown, at: at))
      }
      return index
    }
    let entity = request.entity
    // What is stated goes first, so that no other column takes it.
    if let name = request.id { take(.id, stated(name, "--id")) }
    if let name = request.value { take(.value, stated(name, "--value")) }
    for role in ReportHeadings.Role.allCases where found.columns[role] == nil {
      switch role {
      case .id where request.id != nil, .value where request.value != nil: continue
      case .currency:
        // Salesforce shows the currency of an amount beside it: "Amount Currency".
        let beside = found.headings[.value].map { [Synonyms.folded($0) + "currency"] } ?? []
        take(.currency, find(beside + ReportHeadings.names(.currency, of: entity)))
      case .value:
        let preferred = request.valueNames.map(Synonyms.folded)
        take(.value, find(ReportHeadings.names(.value, of: entity, preferred: preferred)))
      default: take(role, find(ReportHeadings.names(role, of: entity)))
      }
    }
    guard errors.isEmpty else { throw FindingsError(errors) }
    if found.columns[.id] == nil, found.columns[.name] == nil {
      throw FindingsError([
        shown.contains(where: ReportHeadings.isSummary)
          ? ReportFindings.summary(at: at)
          : ReportFindings.columnMissing(
            "the Ids of the records", named: nil, option: "--id", headings: shown, at: at)
      ])
    }
    if request.needsValue, found.columns[.value] == nil {
      throw FindingsError([
        ReportFindings.columnMissing(
          "the value", named: nil, option: "--value", headings: shown, at: at)
      ])
    }
    return found
  }
}
