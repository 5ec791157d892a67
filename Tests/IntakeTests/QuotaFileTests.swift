import Records
import Testing

@testable import Intake

@Suite("Quotas that a user keeps")
struct QuotaFileTests {
  private func read(_ rows: String) throws -> Export {
    try UserFiles.read("quotas: quotas.csv", ["quotas.csv": rows])
  }

  @Test("A holder is an Id, an e-mail, a developer name or a name; the active model's is meant")
  func holders() throws {
    let export = try read(
      """
      holder,period,amount
      \(ID.user(1)),2026-11,1
      \(ID.user(1).prefix(15)),2026-12,2
      ANN@acme.example,2027-01,3
      bo@acme.example,2026-11,4
      region_north,2026-11,5
      South,2026-11,6
      \(ID.territory(3)),2026-11,7

      """)
    #expect(
      export.quotas == [
        "\(ID.user(1)) 2026-11-01 1.00 - -", "\(ID.user(1)) 2026-12-01 2.00 - -",
        "\(ID.user(1)) 2027-01-01 3.00 - -", "\(ID.user(2)) 2026-11-01 4.00 - -",
        "\(ID.territory(1)) 2026-11-01 5.00 - -", "\(ID.territory(2)) 2026-11-01 6.00 - -",
        "\(ID.territory(3)) 2026-11-01 7.00 - -",
      ])
    #expect(export.userFileErrors.isEmpty)
    #expect(export.countedUserFiles == ["quotas.csv as quotas: 7 = 7 + 0"])
    #expect(export.records[.quota].sources.position(of: 2)?.description == "quotas.csv:4")
  }

  @Test("A holder whom nobody knows is an error that names the cell and whom it may mean")
  func unmatched() throws {
    let export = try read(
      """
      holder,period,amount
      ,2026-11,1
      ann@acme.exmaple,2026-11,1
      "Region_Nroth",2026-11,1
      team@acme.example,2026-11,1
      Twin,2026-11,1
      x,2026-11,1

      """)
    let end = "the row was set aside and no report is made"
    #expect(
      export.userFileErrors.map(\.description) == [
        "quotas.csv:2: error: the cell of \"holder\" is empty; \(end); "
          + "fill it in, or remove the row.",
        "quotas.csv:3:1: error: \"holder\" names no user or territory of the export; \(end); "
          + "did you mean \"ann@acme.example\"?",
        "quotas.csv:4:1: error: \"holder\" names no user or territory of the export; \(end); "
          + "did you mean \"Region_North\"?",
        "quotas.csv:5:1: error: \"holder\" names several users or territories; \(end); "
          + "write the Id, or the developer name.",
        "quotas.csv:6:1: error: \"holder\" names several users or territories; \(end); "
          + "write the Id, or the developer name.",
        "quotas.csv:7:1: error: \"holder\" names no user or territory of the export; \(end); "
          + "write the Id or e-mail of a user or the developer name of a territory.",
      ])
    #expect(export.countedUserFiles == ["quotas.csv as quotas: 6 = 0 + 6"])
    #expect(export.findings.count(of: "name-unmatched-quotas-holder") == 5)
  }

  @Test(
    "Periods are of the fiscal calendar with FY, of the civil one without",
    arguments: [
      ("FY2027", "2026-02-01 to 2027-01-31"), ("fy27", "2026-02-01 to 2027-01-31"),
      ("FY2027 Q1", "2026-02-01 to 2026-04-30"), ("Q4 FY2027", "2026-11-01 to 2027-01-31"),
      ("FY2027-Q2", "2026-05-01 to 2026-07-31"), ("2026", "2026-01-01 to 2026-12-31"),
      ("2026 Q4", "2026-10-01 to 2026-12-31"), ("2026-Q1", "2026-01-01 to 2026-03-31"),
      ("2026-11", "2026-11-01 to 2026-11-30"), ("2026-11-01", "2026-11-01 to 2026-11-30"),
    ])
  func periods(_ text: String, _ days: String) {
    let calendar = FiscalCalendar(startMonth: 2)
    #expect(QuotaPeriod(text, calendar: calendar)?.period.description == days)
  }

  @Test(
    "What is no period is none",
    arguments: [
      "", "Q1", "2026-13", "2026-11-02", "FY2027 Q5", "27", "2026 2027", "FY2027 Q1 Q2", "Q0 2026",
      "FY20277", "-5", "November", "FY0000",
    ])
  func noPeriods(_ text: String) {
    #expect(QuotaPeriod(text, calendar: FiscalCalendar(startMonth: 2)) == nil)
  }

  @Test("Fiscal years that are named by their starting year, or start in January")
  func calendars() {
    func first(_ calendar: FiscalCalendar) -> String? {
      QuotaPeriod("FY2027", calendar: calendar)?.period.start.description
    }
    #expect(first(FiscalCalendar(startMonth: 7, namedBy: .startingYear)) == "2027-07-01")
    #expect(first(FiscalCalendar(startMonth: 7)) == "2026-07-01")
    #expect(first(FiscalCalendar()) == "2027-01-01")
  }

  @Test("A quota is spread only where the file says so, evenly, and nothing of it is lost")
  func spread() throws {
    let export = try read(
      """
      holder,measure,period,amount,currency,prorate
      ann@acme.example,Bookings,FY2027 Q4,100.00,eur,month
      South,Bookings,FY2027,1000,,quarter
      North,Bookings,FY2027,12,,none

      """)
    #expect(
      export.quotas == [
        "\(ID.user(1)) 2026-11-01 33.33 Bookings EUR",
        "\(ID.user(1)) 2026-12-01 33.33 Bookings EUR",
        "\(ID.user(1)) 2027-01-01 33.33 Bookings EUR",
        "\(ID.territory(2)) 2026-02-01 250.00 Bookings -",
        "\(ID.territory(2)) 2026-05-01 250.00 Bookings -",
        "\(ID.territory(2)) 2026-08-01 250.00 Bookings -",
        "\(ID.territory(2)) 2026-11-01 250.00 Bookings -",
        "\(ID.territory(1)) 2026-02-01 12.00 Bookings -",
      ])
    // 33.3333 + 33.3334 + 33.3333: the exact parts sum to the amount.
    #expect(
      export.records[.quota].decimals("QuotaAmount").prefix(3) == [333_333, 333_334, 333_333])
    #expect(
      export.said.filter { $0.contains("spread") } == [
        "1 × quotas.csv:4:16: notice: a quota is for more than a quarter and the file does not say "
          + "how it is spread; it counts in the fiscal year, and in figures of quarters where it "
          + "begins; write month or quarter under prorate, or give a quota for each quarter."
      ])
  }

  @Test("Of quotas for the same, the one that is valid last by the as-of date counts")
  func versions() throws {
    // The as-of date is 2026-11-20.
    let export = try read(
      """
      holder,period,amount,valid_from
      North,2026-11,3,2026-11-20
      North,2026-11,1,
      North,2026-11,2,2026-11-10
      North,2026-11,4,2026-11-21

      """)
    #expect(export.quotas == ["\(ID.territory(1)) 2026-11-01 3.00 - -"])
    #expect(export.userFileErrors.isEmpty)
    #expect(export.countedUserFiles == ["quotas.csv as quotas: 4 = 1 + 3"])
    #expect(
      export.places(of: "row-unused-quotas") == [
        "quotas.csv:3:1", "quotas.csv:4:1", "quotas.csv:5:1",
      ])
  }

  @Test("A quota that stands twice is an error, for measures of their own it is none")
  func twice() throws {
    let export = try read(
      """
      holder,measure,period,amount
      North,A,2026-11,1
      North,B,2026-11,1
      Region_North,A,2026-11-01,1

      """)
    #expect(
      export.userFileErrors.map(\.description) == [
        "quotas.csv:4:1: error: the quota of this holder, measure and period stands in line 2 too; "
          + "the row was set aside and no report is made; "
          + "keep one, or say under valid_from which came later."
      ])
    #expect(export.countedUserFiles == ["quotas.csv as quotas: 3 = 2 + 1"])
  }

  @Test(
    "Each cell that cannot be read is named",
    arguments: [
      (
        "North,soon,1,,,", "7", "\"period\" is no month, quarter or year",
        "write FY2027, FY2027 Q1, 2026, 2026 Q4 or 2026-11."
      ),
      (
        "North,2026-11,lots,,,", "15", "\"amount\" is no number", "write it as 1234.56."
      ),
      (
        "North,2026-11,1,dollars,,", "17", "\"currency\" is no code of a currency",
        "write a code such as USD."
      ),
      (
        "North,2026-11,1,,soon,", "18", "\"valid_from\" is no date", "write it as 2026-11-20."
      ),
      (
        "North,2026-11,1,,1/2/26,", "18",
        "\"valid_from\" is a date in an order that nothing states",
        "write it as 2026-11-20, or state export_format: {dates: ORDER} in cadastre.yaml, "
          + "ORDER being month/day/year, day/month/year or year/month/day."
      ),
      (
        "North,2026-11,1,,,monthly", "19", "\"prorate\" has a word that has no meaning here",
        "did you mean \"month\"?"
      ),
    ])
  func cells(_ row: String, _ column: String, _ what: String, _ suggestion: String) throws {
    let export = try read("holder,period,amount,currency,valid_from,prorate\n\(row)\n")
    #expect(
      export.userFileErrors.map(\.description) == [
        "quotas.csv:2:\(column): error: \(what); the row was set aside and no report is made; "
          + suggestion
      ])
  }

  @Test("Quotas of a file take the place of the export's, which is said")
  func replaces() throws {
    let export = try UserFiles.read(
      "quotas: quotas.csv",
      [
        "export/ForecastingQuota.csv":
          "Id,QuotaOwnerId,StartDate,QuotaAmount\n,\(ID.user(2)),2026-11-01,5\n",
        "quotas.csv": "holder,period,amount\nNorth,2026-11,1\n",
      ])
    #expect(export.quotas == ["\(ID.territory(1)) 2026-11-01 1.00 - -"])
    #expect(
      export.said.contains(
        "1 × quotas.csv: notice: both this file and the export hold the quotas; "
          + "those of the file were taken; "
          + "remove the file from cadastre.yaml to use those of the export."))
  }
}
