import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Reports that a CRM exports")
struct CRMReportTests {
  private static let deals = """
    Id,Name,AccountId,StageName,Amount,CloseDate,IsClosed,IsWon,IsDeleted
    \(ID.deal(1)),Pumps,\(ID.account(1)),Closed Won,1234.50,2026-03-04,1,1,0
    \(ID.deal(2)),Valves,\(ID.account(1)),Closed Won,100,2026-11-12,1,1,0
    \(ID.deal(3)),Valves,\(ID.account(2)),Closed Won,200,2026-05-13,1,1,0
    \(ID.deal(4)),Gone,\(ID.account(1)),Closed Won,300,2026-05-06,1,1,1
    \(ID.deal(5)),Bad,\(ID.account(1)),Closed Won,many,2026-05-07,1,1,0
    \(ID.deal(6)),Short,\(ID.account(1)),Closed Won
    \(ID.deal(2)),Again,\(ID.account(1)),Closed Won,777,2026-11-12,1,1,0

    """

  /// Reads a report against those deals.
  private func report(
    _ bytes: Data, _ name: String = "report.csv", id: String? = nil, value: String? = nil,
    entity: Entity = .opportunity, needsValue: Bool = true
  ) throws -> CRMReport {
    try withTemporaryFolder { folder in
      try folder.write(files: [
        "export/Account.csv": "Id,Name\n\(ID.account(1)),Acme\n\(ID.account(2)),Brand\n",
        "export/Opportunity.csv": Self.deals,
      ])
      let file = folder.appending(path: name)
      try bytes.write(to: file)
      let load = LoadRequest(
        paths: [folder.appending(path: "export").path], mapping: try Exports.salesforce(),
        fields: [.opportunity: ["Id", "Name", "Amount", "CloseDate"], .account: ["Id", "Name"]],
        asOf: Day(iso: "2026-11-20"))
      let export = try ExportLoader.load(load)
      return try export.joined(
        try ReportFile(
          ReportRequest(
            path: file.path, name: name, entity: entity, needsValue: needsValue, id: id,
            value: value)), of: load, valueField: "Amount")
    }
  }

  private func report(
    _ text: String, id: String? = nil, value: String? = nil, needsValue: Bool = true
  ) throws -> CRMReport {
    try report(Data(text.utf8), id: id, value: value, needsValue: needsValue)
  }

  private func refusal(_ text: String, id: String? = nil, value: String? = nil) -> String {
    do {
      _ = try report(text, id: id, value: value)
      return ""
    } catch {
      return ((error as? FindingsError)?.findings ?? []).map(\.description).joined(separator: "\n")
    }
  }

  private func short(_ number: Int) -> String { String(ID.deal(number).prefix(15)) }

  @Test("Rows find their deals by Ids of 15 and of 18 characters, and footers are no rows")
  func salesforce() throws {
    let report = try report(
      """
      "Opportunity ID","Opportunity Name","Amount (converted) Currency","Amount (converted)","Close Date","Stage"
      "\(short(1))","Pumps","USD","1,234.50","3/4/2026","Closed Won"
      "\(ID.deal(2))","Valves","USD","100.00","11/12/2026","Closed Won"
      "\(short(3))","Valves","USD","","5/13/2026","Closed Won"
      "Grand Totals (3 records)"

      "Confidential Information - Do Not Distribute"
      "Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."
      "Salesforce"

      """)
    #expect(report.rows.map(\.match) == [.record(0), .record(1), .record(2)])
    #expect(report.rows.map(\.value) == [12_345_000, 1_000_000, nil])
    #expect(report.rows.map { $0.day?.description } == ["2026-03-04", "2026-11-12", "2026-05-13"])
    #expect(report.rows.map(\.currency) == ["USD", "USD", "USD"])
    #expect(report.places == 2)
    #expect(report.columns.value == "Amount (converted)")
    #expect(
      report.findings.map(\.description) == [
        "report.csv:5:1: notice: 4 lines of the report are totals, or stand below its rows;"
          + " no record was read from them; nothing needs to be done."
      ])
    // The Id stands twice in the export; the second row was set aside.
    #expect(report.rows[1].repeatedValues == [7_770_000])
  }

  @Test("What became of a deal that the tables do not hold is found in the files")
  func fates() throws {
    let report = try report(
      """
      Opportunity ID,Amount
      \(ID.deal(4)),1
      \(ID.deal(5)),2
      \(ID.deal(6)),3
      \(ID.deal(7)),4
      006000000000000,5
      ,6

      """)
    func place(_ line: Int) -> SourcePosition {
      SourcePosition(file: "Opportunity.csv", line: line)
    }
    #expect(
      report.rows.map(\.match) == [
        .deleted, .setAside(code: "cell-unreadable-Opportunity-Amount", at: place(6)),
        .setAside(code: "row-cell-count", at: place(7)), .newer, .absent,
      ])
  }

  @Test("Numbers and dates are read as the report's locale writes them, whatever its charset")
  func locale() throws {
    let text = """
      Opportunity-ID;Opportunity Name;Betrag;Close Date\r
      \(short(1));Pümpen;1.234,50 €;04.03.2026\r
      \(short(2));Ventile;1.100 €;12.11.2026\r
      \(short(3));Ventile;200,00 €;13.05.2026\r
      Gesamtsumme;;2.534,50 €;\r

      """
    for encoding in [String.Encoding.utf8, .utf16, .windowsCP1252] {
      let report = try report(
        try #require(text.data(using: encoding)), id: nil, value: "Betrag")
      #expect(report.rows.map(\.value) == [12_345_000, 11_000_000, 2_000_000])
      #expect(
        report.rows.map { $0.day?.description } == ["2026-03-04", "2026-11-12", "2026-05-13"])
      #expect(report.rows.map(\.currency) == ["EUR", "EUR", "EUR"])
      #expect(report.total == 25_345_000)
      #expect(report.findings.map(\.code) == ["report-lines-unused"])
    }
  }

  @Test("Without Ids a name finds its deal, and account, day or value tell two of a name apart")
  func names() throws {
    let report = try report(
      """
      Opportunity Name,Account Name,Amount
      pumps,Acme,1234.50
      Valves,Brand,7
      Valves,Unknown,100
      Nothing,Acme,1

      """)
    #expect(report.rows.map(\.match) == [.record(0), .record(2), .record(1), .unknownName])
    let several = try self.report("Deal Name,Deal Value\nValves,1\nPumps,2\n")
    #expect(several.rows.map(\.match) == [.severalNames(2), .record(0)])
  }

  @Test("A grouped report has its labels in the first row of a group, and subtotals are no deals")
  func grouped() throws {
    let report = try report(
      """
      Stage ↑,Opportunity ID,Amount
      Closed Won,\(short(1)),1234.50
      ,\(short(2)),100
      Subtotal,,1334.50
      Closed Lost,\(short(3)),200
      Total,,1534.50

      """)
    #expect(report.rows.map(\.stage) == ["Closed Won", "Closed Won", "Closed Lost"])
    #expect(report.total == 15_345_000)
    #expect(report.findings.map(\.code) == ["report-lines-unused"])
  }

  @Test("A title above the headings is passed over, in text and in a workbook")
  func titles() throws {
    let text = try report(
      "Won deals\nFiltered by: me\n\nDeal ID;Deal Name;Amount\n\(ID.deal(1));Pumps;5\n")
    #expect(text.rows.map(\.match) == [.record(0)])
    #expect(text.rows.map(\.value) == [50_000])
    let sheet = Workbooks.sheet(
      """
      <row r="1"><c r="A1" t="inlineStr"><is><t>Won deals</t></is></c></row>\
      <row r="4"><c r="B4" t="inlineStr"><is><t>Opportunity ID</t></is></c>\
      <c r="C4" t="inlineStr"><is><t>Amount</t></is></c></row>\
      <row r="5"><c r="B5" t="inlineStr"><is><t>\(short(1))</t></is></c>\
      <c r="C5"><v>1234.5</v></c></row>\
      <row r="6"><c r="B6" t="inlineStr"><is><t>Total</t></is></c><c r="C6"><v>1234.5</v></c></row>
      """)
    let book = try report(Workbooks.zip(Workbooks.parts(sheet)), "report.xlsx")
    #expect(book.rows.map(\.match) == [.record(0)])
    #expect(book.rows.map(\.value) == [12_345_000])
    #expect(book.rows.first?.at.description == "report.xlsx:Sheet1!B5")
    #expect(book.findings.map(\.code) == ["report-lines-unused"])
  }

  @Test("A report that cannot be compared is refused with what to do")
  func refusals() {
    #expect(
      refusal("Stage,Sum of Amount,Record Count\nWon,5,1\n")
        == "report.csv:1: error: the report holds totals of groups and no records; nothing was"
        + " compared; export its rows: in Salesforce choose Export, Details Only, and show the"
        + " column of Ids.")
    #expect(
      refusal("Opportunity ID,Forecast EUR\n\(ID.deal(1)),5\n")
        == "report.csv:1: error: no column of the report is known to hold the value; nothing was"
        + " compared; name it with --value COLUMN: the columns are Opportunity ID and Forecast EUR."
    )
    #expect(
      refusal("Opportunity ID,Forecast EUR\n\(ID.deal(1)),5\n", value: "Forcast EUR")
        == "report.csv:1: error: the report has no column \"Forcast EUR\"; nothing was compared;"
        + " did you mean \"Forecast EUR\"?")
    #expect(
      refusal("Owner,Amount\nAnn,5\n")
        == "report.csv:1: error: no column of the report is known to hold the Ids of the records;"
        + " nothing was compared; name it with --id COLUMN: the columns are Owner and Amount.")
    #expect(
      refusal("Id,Amount\n\(ID.account(1)),5\n")
        == "report.csv:2:1: error: column \"Id\" holds Ids of Account, and the figure is made from"
        + " Opportunity; nothing was compared; name the column of Opportunity Ids with --id COLUMN,"
        + " or add it to the report.")
    #expect(refusal("").hasPrefix("report.csv"))
  }

  @Test("A report with headings alone holds no deals, and a cell that is no number is told")
  func empty() throws {
    #expect(try report("Opportunity ID,Amount\n").rows.isEmpty)
    let bad = try report("Opportunity ID,Amount\n\(ID.deal(1)),n/a\n\(ID.deal(2)),5\n")
    #expect(bad.rows.map(\.isUnreadable) == [true, false])
    #expect(
      bad.findings.map(\.description) == [
        "report.csv:2:20: warning: column \"Amount\" holds no number in a row; they count as 0;"
          + " mend them, or say how numbers are written with --numbers, such as --numbers 1.234,56."
      ])
  }

  @Test("A total that is not the sum of the rows is told")
  func total() throws {
    let report = try report("Opportunity ID,Name,Amount\n\(ID.deal(1)),Pumps,5\nTotal,,7\n")
    #expect(report.findings.map(\.code) == ["report-lines-unused", "report-total-differs"])
  }

  @Test("Of two forms that read all numbers the one without three decimals is taken")
  func forms() {
    func values(_ cells: [String]) -> [Int64?] {
      ReportForms.numbers(cells.map { ($0, false) }, stated: nil).values.map { $0?.value }
    }
    #expect(values(["1.234", "12.500", "900"]) == [12_340_000, 125_000_000, 9_000_000])
    #expect(values(["1,234", "12,500"]) == [12_340_000, 125_000_000])
    #expect(values(["1.5", "12.25"]) == [15_000, 122_500])
    #expect(values(["1,5", "12,25"]) == [15_000, 122_500])
    #expect(values(["(1,234.50)", "USD 2.00"]) == [-12_345_000, 20_000])
  }
}
