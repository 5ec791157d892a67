import Records
import Testing

@testable import Intake

@Suite("Dates and numbers of another country in files beside the export")
struct UserFileFormTests {
  private static let german = "export_format: {dates: day/month/year, numbers: \"1.234,56\"}\n"

  private func said(_ export: Export, _ file: String) -> [String] {
    export.said.filter { $0.contains(file) }
  }

  @Test("Dates and numbers are read in the order and the form that the configuration states")
  func stated() throws {
    let export = try UserFiles.read(
      Self.german + "quotas: q.csv\ncosts: c.csv\nholidays: h.csv\npeople: p.csv\n",
      [
        "q.csv": """
        holder;period;amount;valid_from
        North;01.11.2026;1.234.567,50;5/11/2026
        South;2026-11;12,5;2026-11-05
        Region_South;FY2027 Q4;-1.000;

        """,
        "c.csv": "month;amount\n1/10/2026;99,0001\n", "h.csv": "date\n24.12.2026\n2026-12-25\n",
        "p.csv": "user;start_date;ramp_percent\nann@acme.example;1. September 2026;12,5; 25\n",
      ])
    #expect(
      export.quotas == [
        "\(ID.territory(1)) 2026-11-01 1234567.50 - -", "\(ID.territory(2)) 2026-11-01 12.50 - -",
        "\(ID.territory(2)) 2026-11-01 -1000.00 - -",
      ])
    #expect(export.userRecords.costs.map(\.amount) == [990_001])
    #expect(export.userRecords.costs.map(\.month.description) == ["2026-10-01"])
    #expect(export.userRecords.holidays.map(\.day.description) == ["2026-12-24", "2026-12-25"])
  }

  @Test("A number of a spreadsheet is the same in every country")
  func workbook() throws {
    let rows = """
      <row r="1"><c r="A1" t="str"><v>month</v></c><c r="B1" t="str"><v>amount</v></c></row>\
      <row r="2"><c r="A2" t="str"><v>2026-10</v></c><c r="B2"><v>1234.5</v></c></row>\
      <row r="3"><c r="A3" t="str"><v>2026-11</v></c><c r="B3" t="str"><v>1.234,5</v></c></row>\
      <row r="4"><c r="A4" t="str"><v>2026-12</v></c><c r="B4" t="str"><v>1234.5</v></c></row>
      """
    let file = try UserTable(
      try Workbooks.read(rows: rows), as: .costs, forms: CellForms(numbers: .pointComma))
    #expect(SmallFiles.costs(file).map(\.amount) == [12_345_000, 12_345_000])
    #expect(
      file.findings.map(\.description) == [
        "book.xlsx:Sheet1!B4: error: \"amount\" is a number in another form than 1.234,56; "
          + "the row was set aside and no report is made; correct it, or write it without groups."
      ])
  }

  @Test("Without a statement what is unmistakable is read, and what is not is named with its cell")
  func unstated() throws {
    let export = try UserFiles.read(
      "costs: c.csv\nholidays: h.csv",
      [
        "c.csv": "month;amount\n2026-09;1,234.50\n2026-10;1,234\n2026-11;1.234,5\n2026-12;x\n",
        "h.csv": "date\n26 Nov 2026\n3/1/2027\n2027-02-30\nnever\n",
      ])
    #expect(export.userRecords.costs.map(\.amount) == [12_345_000])
    #expect(export.userRecords.holidays.map(\.day.description) == ["2026-11-26"])
    let done = "the row was set aside and no report is made"
    let number =
      "error: \"amount\" is a number whose marks nothing explains; \(done); write it as 1234.56, "
      + "or state export_format: {numbers: FORM} in cadastre.yaml, FORM being "
      + CellForms.NumberForm.allCases.map { "\"\($0.rawValue)\"" }.dropLast().joined(
        separator: ", ")
      + " or \"\(CellForms.NumberForm.allCases.map(\.rawValue).last ?? "")\"."
    #expect(
      export.userFileErrors.map(\.description) == [
        "c.csv:3:9: \(number)", "c.csv:4:9: \(number)",
        "c.csv:5:9: error: \"amount\" is no number; \(done); write it as 1234.56.",
        "h.csv:3:1: error: \"date\" is a date in an order that nothing states; \(done); "
          + "write it as 2026-11-20, or state export_format: {dates: ORDER} in cadastre.yaml, "
          + "ORDER being month/day/year, day/month/year or year/month/day.",
        "h.csv:4:1: error: \"date\" is a date that no calendar has; \(done); correct it.",
        "h.csv:5:1: error: \"date\" is no date; \(done); write it as 2026-11-20.",
      ])
  }

  @Test("A date in another order than the stated one is named")
  func otherOrder() throws {
    let export = try UserFiles.read(
      Self.german + "holidays: h.csv", ["h.csv": "date\n12/24/2026\n"])
    #expect(
      export.userFileErrors.map(\.description) == [
        "h.csv:2:1: error: \"date\" is a date in another order than day/month/year; the row was set "
          + "aside and no report is made; correct it, or write it as 2026-11-20."
      ])
  }
}

@Suite("Subscriptions of statuses that do not count")
struct ExcludedStatusTests {
  private static let contracts = """
    Id,AccountId,StartDate,EndDate,Status,MonthlyValue__c
    800000000000001AAA,\(ID.account(1)),2026-01-01,2026-12-31,Activated,10
    800000000000002AAA,\(ID.account(1)),2026-01-01,2026-12-31,Draft,20
    800000000000003AAA,\(ID.account(2)),2026-01-01,2026-12-31,draft,30
    800000000000004AAA,\(ID.account(2)),2026-01-01,2026-12-31,,40
    800000000000005AAA,\(ID.account(2)),2026-01-01,2026-12-31,Lost,50

    """

  private func read(_ excluded: String, _ contracts: String = contracts) throws -> Export {
    try UserFiles.read(
      "subscriptions: {object: Contract, value: MonthlyValue__c, exclude_status: [\(excluded)]}",
      ["export/Contract.csv": contracts])
  }

  private func values(_ export: Export) -> [Int64] {
    export.records[.contract].decimals("MonthlyValue__c").map { $0 / Exact.scale }
  }

  @Test("Subscriptions of a listed status are set aside and counted, without regard to case")
  func excluded() throws {
    let export = try read("DRAFT, Lost")
    #expect(values(export) == [10, 40])
    #expect(export.counted.contains("Contract.csv: 5 = 2 + 3 + 0"))
    #expect(
      export.said.contains(
        "3 × Contract.csv:3: notice: the subscription has a status that exclude_status names; "
          + "it was set aside; nothing needs to be done."))
    #expect(export.records[.contract].sources.position(of: 1)?.line == 5)
  }

  @Test("Where nothing is listed all count")
  func none() throws {
    let export = try read("")
    #expect(values(export) == [10, 20, 30, 40, 50])
  }

  @Test("A status that no subscription has is a warning, with what it may mean")
  func unknown() throws {
    let export = try read("Drafts")
    #expect(values(export) == [10, 20, 30, 40, 50])
    #expect(
      export.said.contains(
        "1 × cadastre.yaml: warning: exclude_status names \"Drafts\", which is the status of no "
          + "subscription; nothing was left out for it; did you mean \"Draft\"?"))
  }

  @Test("Subscriptions without a status all count, which is a warning")
  func absent() throws {
    let export = try read(
      "Draft",
      "Id,AccountId,StartDate,EndDate,MonthlyValue__c\n"
        + "800000000000001AAA,\(ID.account(1)),2026-01-01,,10\n")
    #expect(values(export) == [10])
    #expect(
      export.said.contains(
        "1 × Contract.csv: warning: subscriptions have no Status, of which exclude_status names "
          + "some; all of them count; export Status, or name its field under subscriptions: "
          + "{status: FIELD}."))
  }

  @Test("The rows of a file of subscriptions are left out too")
  func file() throws {
    let export = try UserFiles.read(
      "subscriptions: {file: s.csv, exclude_status: [Draft]}",
      [
        "s.csv": """
        AccountId,start_date,value,status
        \(ID.account(1)),2026-01-01,10,Active
        \(ID.account(1)),2026-01-01,20,draft

        """
      ])
    #expect(values(export) == [10])
    #expect(export.countedUserFiles == ["s.csv as subscriptions: 2 = 1 + 1"])
    #expect(
      export.said.contains(
        "1 × s.csv:3:34: notice: its status is one that exclude_status names; "
          + "the row was set aside; nothing needs to be done."))
  }
}
