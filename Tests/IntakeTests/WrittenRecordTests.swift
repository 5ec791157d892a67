import Records
import TestKit
import Testing

@testable import Intake

@Suite("Records of locale exports")
struct WrittenRecordTests {
  private let german = CellForms(dates: .dayMonthYear, numbers: .pointComma)

  private func deal(_ number: Int, _ cells: String) -> String { "\(ID.deal(number));\(cells)\n" }

  @Test("Stated forms are read in every column; a local time is of the organisation's zone")
  func statedForms() throws {
    let deals =
      "Id;StageName;IsClosed;IsWon;Probability;Amount;CloseDate;CreatedDate;LastModifiedDate\n"
      + deal(1, "Talks;0;0;45 %;1.234,50;24.12.2026;24.12.2025 23:30;20.11.2026 23:59")
      + deal(2, "Talks;0;0;10;(7,5);1.2.2027;2025-12-25 04:30:00;")
    let export = try Exports.load(
      Exports.files(["Opportunity.csv": deals]),
      fields: [.opportunity: ["Probability", "Amount", "CreatedDate"]],
      timeZone: "America/New_York", forms: german)
    let table = export.records[.opportunity]
    #expect(table.decimals("Amount") == [12_345_000, -75_000])
    #expect(table.decimals("Probability") == [450_000, 100_000])
    #expect(table.dates("CloseDate") == ["2026-12-24", "2027-02-01"])
    #expect(table.dates("CreatedDate") == ["2025-12-24", "2025-12-24"])
    #expect(export.records.asOf.description == "2026-11-20")
    #expect(
      export.said == [
        "1 × Opportunity.csv:3: notice: Opportunity.Amount is below zero; it counts as it is; "
          + "correct it in the CRM where it is no credit."
      ])
  }

  @Test("Without a statement nothing is guessed, and the finding says what to state")
  func unstated() throws {
    let deals =
      "Id,StageName,IsClosed,IsWon,Probability,Amount,CloseDate,SystemModstamp\n"
      + "\(ID.deal(1)),Talks,0,0,\"1,234\",100,2026-12-01,2026-11-20\n"
      + "\(ID.deal(2)),Talks,0,0,10,\"1,234\",2026-12-01,2026-11-20\n"
      + "\(ID.deal(3)),Talks,0,0,10,100,3/1/2026,2026-11-20\n"
      + "\(ID.deal(4)),Talks,0,0,10,100,2026-02-30,2026-11-20\n"
    let export = try Exports.load(
      Exports.files(["Opportunity.csv": deals]),
      fields: [.opportunity: ["Probability", "Amount"]])
    #expect(
      export.said == [
        "1 × Opportunity.csv:5:37: warning: Opportunity.CloseDate is a date that no calendar has; "
          + "the row was set aside; correct the date.",
        "1 × Opportunity.csv:4:37: warning: Opportunity.CloseDate is a date in an order that "
          + "nothing states; the row was set aside; state export_format: {dates: ORDER} in "
          + "cadastre.yaml, ORDER being month/day/year, day/month/year or year/month/day.",
        "1 × Opportunity.csv:3:34: warning: Opportunity.Amount is a number whose marks nothing "
          + "explains; the row was set aside; state export_format: {numbers: FORM} in "
          + "cadastre.yaml, FORM being \"1,234.56\", \"1.234,56\", \"1 234,56\" or "
          + "\"1'234.56\".",
        "1 × Opportunity.csv:2:31: warning: Opportunity.Probability is a number whose marks "
          + "nothing explains; the cell was read as empty; state export_format: {numbers: FORM} "
          + "in cadastre.yaml, FORM being \"1,234.56\", \"1.234,56\", \"1 234,56\" or "
          + "\"1'234.56\".",
      ])
    #expect(export.counted[1] == "Opportunity.csv: 4 = 1 + 3 + 0")
  }

  @Test("A cell in another form than the stated one is said to be so")
  func otherForm() throws {
    let deals =
      "Id;StageName;IsClosed;IsWon;Amount;CloseDate;SystemModstamp\n"
      + "\(ID.deal(1));Talks;0;0;1,234.50;24.12.2026;2026-11-20\n"
      + "\(ID.deal(2));Talks;0;0;1;12/31/2026;2026-11-20\n"
    let export = try Exports.load(
      Exports.files(["Opportunity.csv": deals]), fields: [.opportunity: ["Amount"]],
      forms: german)
    #expect(
      export.said == [
        "1 × Opportunity.csv:3:32: warning: Opportunity.CloseDate is a date in another order than "
          + "day/month/year; the row was set aside; correct it, or state export_format: "
          + "{dates: ORDER} in cadastre.yaml, ORDER being month/day/year, day/month/year or "
          + "year/month/day.",
        "1 × Opportunity.csv:2:30: warning: Opportunity.Amount is a number in another form than "
          + "1.234,56; the row was set aside; correct it, or state export_format: "
          + "{numbers: FORM} in cadastre.yaml, FORM being \"1,234.56\", \"1.234,56\", "
          + "\"1 234,56\" or \"1'234.56\".",
      ])
  }

  @Test("A mapping's forms hold where the request states none")
  func mappingForms() throws {
    var mapping = try Exports.salesforce()
    mapping.forms = CellForms(dates: .dayMonthYear, numbers: .commaPoint)
    let deals =
      "Id,StageName,IsClosed,IsWon,Amount,CloseDate,SystemModstamp\n"
      + "\(ID.deal(1)),Talks,0,0,\"1,234\",2/1/2027,2026-11-20\n"
    func dates(_ forms: CellForms) throws -> [String] {
      try Exports.load(
        Exports.files(["Opportunity.csv": deals]), mapping: mapping, forms: forms
      ).records[.opportunity].dates("CloseDate")
    }
    #expect(try dates(CellForms()) == ["2027-01-02"])
    #expect(try dates(CellForms(dates: .monthDayYear)) == ["2027-02-01"])
  }

  private let header =
    "Id,StageName,IsClosed,IsWon,Amount,CloseDate,SystemModstamp,CurrencyIsoCode\n"

  @Test("A currency beside the amount is the record's where it has none")
  func currencyOfCells() throws {
    let deals =
      header.replacing(",CurrencyIsoCode", with: "")
      + "\(ID.deal(1)),Talks,0,0,\"USD 1,234.50\",2026-12-01,2026-11-20\n"
      + "\(ID.deal(2)),Talks,0,0,EUR 5,2026-12-01,2026-11-20\n"
      + "\(ID.deal(3)),Talks,0,0,7,2026-12-01,2026-11-20\n"
      + "\(ID.deal(4)),Talks,0,0,x,2026-12-01,2026-11-20\n"
      + "\(ID.deal(5)),Talks,0,0,USD 6,2026-12-01,2026-11-20\n"
    let export = try Exports.load(
      Exports.files(["Opportunity.csv": deals]), fields: [.opportunity: ["Amount"]],
      blockSize: 64)
    let table = export.records[.opportunity]
    #expect(table.words("CurrencyIsoCode") == ["USD", "EUR", "", "USD"])
    #expect(table.decimals("Amount") == [12_345_000, 50_000, 70_000, 60_000])
  }

  @Test("A currency that differs from the record's is a finding, and the record's counts")
  func otherCurrency() throws {
    let deals =
      header + "\(ID.deal(1)),Talks,0,0,USD 5,2026-12-01,2026-11-20,USD\n"
      + "\(ID.deal(2)),Talks,0,0,EUR 5,2026-12-01,2026-11-20,USD\n"
      + "\(ID.deal(3)),Talks,0,0,EUR 5,2026-12-01,2026-11-20,\n"
    let export = try Exports.load(
      Exports.files(["Opportunity.csv": deals]),
      fields: [.opportunity: ["Amount", "CurrencyIsoCode"]])
    #expect(export.records[.opportunity].words("CurrencyIsoCode") == ["USD", "USD", "EUR"])
    #expect(
      export.said.first { $0.contains("currency") }
        == "1 × Opportunity.csv:3: warning: Opportunity.Amount is written in another currency "
        + "than CurrencyIsoCode says; the amount counts in the currency of the record; "
        + "export amounts without the currency, or correct CurrencyIsoCode.")
  }
}
