// Workbooks of strangers: read as a table that keeps its own order, or refused in words; what the
// files that users keep make of such a table has each of its rows used or set aside.
import FuzzKit
import Records

@testable import Intake

/// Reads an input that begins as a zip does as one, any other as parts.
///
/// Parts stand as text, each behind a line `== path`, and replace those of a small workbook: so cells
/// are reached, from which a checksum would keep the fuzzer.
@_cdecl("LLVMFuzzerTestOneInput")
public func workbookFuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = bytes(start, count)
  do {
    let sheet =
      if input.starts(with: [0x50, 0x4B]) {
        try withFile("book.xlsx", input) { try Sheet.read($0, named: "book.xlsx", sheet: nil) }
      } else {
        try table(of: parts(input))
      }
    check(sheet)
    for kind in UserFileKind.allCases { read(sheet, as: kind) }
  } catch let error as FindingsError {
    hold(!error.findings.isEmpty, "refused without a word")
    for finding in error.findings { hold(!finding.description.isEmpty, "a finding says nothing") }
  } catch {
    hold(false, "an error that is no finding: \(error)")
  }
  return 0
}

private let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/// The parts that an input leaves out.
private let usual: [String: [UInt8]] = [
  "_rels/.rels": """
  <Relationships><Relationship Id="r" Target="xl/workbook.xml" \
  Type="\(relationships)/officeDocument"/></Relationships>
  """,
  "xl/workbook.xml": """
  <workbook><sheets><sheet name="S" id="r1"/></sheets></workbook>
  """,
  "xl/_rels/workbook.xml.rels": """
  <Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml" Type="x/worksheet"/>\
  <Relationship Id="r2" Target="/xl/styles.xml" Type="x/styles"/>\
  <Relationship Id="r3" Target="sharedStrings.xml" Type="x/sharedStrings"/></Relationships>
  """,
  "xl/styles.xml": "<styleSheet/>",
  "xl/sharedStrings.xml": "<sst/>",
].mapValues { Array($0.utf8) }

/// The parts of an input; what stands before the first path is the sheet.
private func parts(_ input: [UInt8]) -> [String: [UInt8]] {
  var parts = usual
  var path = "xl/worksheets/sheet1.xml"
  var content: [UInt8] = []
  for line in input.split(separator: 0x0A, omittingEmptySubsequences: false) {
    if line.starts(with: "== ".utf8) {
      if !content.isEmpty { parts[path] = content }
      path = String(decoding: line.dropFirst(3), as: UTF8.self)
      content = []
    } else {
      content += line
      content.append(0x0A)
    }
  }
  parts[path] = content
  return parts
}

private func table(of parts: [String: [UInt8]]) throws -> Sheet {
  try Workbook(WorkbookPackage(name: "book.xlsx") { parts[$0] }).table(nil)
}

/// What every table promises.
private func check(_ sheet: Sheet) {
  let columns = sheet.headings.map(\.column)
  hold(zip(columns, columns.dropFirst()).allSatisfy(<), "headings are in no order")
  hold(!sheet.headings.contains { $0.text.isEmpty }, "a heading is empty")
  var last = sheet.headings.first?.at.line ?? 0
  for row in sheet.rows {
    hold(row.line > last, "row \(row.line) follows \(last)")
    hold(row.line <= Sheet.maximumRows, "a row is beyond every sheet")
    last = row.line
    for (column, cell) in row.cells {
      hold(cell.column == column && cell.at.column == column, "a cell is in another column")
      hold(cell.at.line == row.line, "a cell is in another row")
      hold((1...WorkbookCells.Name.lastColumn).contains(column), "a cell is beyond every sheet")
      hold(!cell.text.isEmpty, "a cell without text is kept")
      if cell.kind == .day, let day = Day(iso: cell.text) {
        hold(day.description == cell.text, "a day is another")
      }
    }
  }
}

private let records = RecordSet(tables: [:], asOf: Day(number: 20_000))
private let directory = Directory(records, crosswalk: Crosswalk(["a": "b"]))

/// Reads the table as each file that it has the columns of.
private func read(_ sheet: Sheet, as kind: UserFileKind) {
  guard let file = try? UserTable(sheet, as: kind) else { return }
  switch kind {
  case .quotas:
    _ = QuotaFile(directory: directory, calendar: FiscalCalendar(), asOf: records.asOf)
      .table(file)
  case .people: _ = PeopleFile(directory: directory).people(file)
  case .plan: _ = PlanFile(directory: directory, ownerRole: "AE").plan(file, users: nil)
  case .plannedUsers:
    _ = PlanFile(directory: directory, ownerRole: "AE", planned: ["T"]).plan(nil, users: file)
  case .holdOuts: _ = PlanFile(directory: directory, ownerRole: nil).holdOuts(file)
  case .subscriptions: _ = SubscriptionFile(directory: directory).table(file)
  case .activities: _ = SmallFiles.activities(file, directory, deals: records[.opportunity])
  case .costs: _ = SmallFiles.costs(file)
  case .holidays: _ = SmallFiles.holidays(file)
  case .crosswalk: _ = SmallFiles.crosswalk(file)
  case .namedAccounts: _ = SmallFiles.namedAccounts(file, directory)
  case .conflicts: _ = ConflictFile(directory: directory).conflicts(file)
  }
  hold(file.counts.read == sheet.rows.count, "a row of \(kind.rawValue) was not read")
  hold(
    file.counts.setAside <= file.counts.read, "more rows of \(kind.rawValue) set aside than read")
  for finding in file.findings { hold(!finding.description.isEmpty, "a finding says nothing") }
}
