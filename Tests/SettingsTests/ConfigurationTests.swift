import Records
import Settings
import Testing

private func complaints(about text: String) -> [String] {
  do {
    _ = try Configuration(text: text)
    return []
  } catch {
    return error.findings.map(\.description)
  }
}

@Suite("The configuration")
struct ConfigurationTests {
  @Test("What is written is what is read")
  func whole() throws {
    let text = """
      organisation: Acme
      crm: salesforce
      export: exports/2026-11-20
      as_of: 2026-11-20
      time_zone: America/New_York
      locale: en_US
      currency: NOK
      fiscal_year: {starts: february, named_by: starting_year}
      week_starts: sunday
      opportunity_territory: record
      crm_url: https://acme.my.salesforce.com/
      deals:
        value: Net__c
        bookings_from: Qualification
        classes: {new: "Type = 'New Business'", renewal: "Type = 'Renewal'"}
        bookings: [new]
        bands: [1000, 5000]
      segments: {field: AnnualRevenue, bands: [50, 250]}
      metrics: [metrics.yaml]
      reports:
        - {report: weekly-territory, every: monday, editions: territory}
        - {report: performance-review, every: quarter, editions: company}
        - {report: notice, editions: manager}
        - {report: account-family, editions: family, families: 20}
        - {report: account-family, editions: family, families: [0015g00000XaBcDAAV]}
      people_metrics: nobody
      """
    let settings = try Configuration(text: text)
    func at(_ line: Int, _ column: Int) -> SourcePosition {
      SourcePosition(file: "cadastre.yaml", line: line, column: column)
    }
    #expect(settings.organisation == "Acme")
    #expect(settings.crm.value == .preset("salesforce"))
    #expect(settings.crm.at == at(2, 6))
    #expect(settings.export.map(\.value) == ["exports/2026-11-20"])
    #expect(settings.asOf == Day(year: 2026, month: 11, day: 20).map { .day($0) })
    #expect(settings.timeZone == "America/New_York")
    #expect(settings.currency == "NOK")
    #expect(settings.fiscalYear == FiscalCalendar(startMonth: 2, namedBy: .startingYear))
    #expect(settings.weekStarts == .sunday)
    #expect(settings.opportunityTerritory == .record)
    #expect(settings.crmURL == "https://acme.my.salesforce.com")
    #expect(settings.deals.value?.value == "Net__c")
    #expect(settings.deals.bookingsFrom?.value == "Qualification")
    #expect(settings.deals.classes.map(\.name) == ["new", "renewal"])
    #expect(settings.deals.classes[0].condition.value == "Type = 'New Business'")
    #expect(settings.deals.classes[0].condition.at == at(15, 19))
    #expect(settings.deals.bookings == ["new"])
    #expect(settings.deals.bands == [1000, 5000])
    #expect(settings.segments?.field.value == "AnnualRevenue")
    #expect(settings.segments?.bands == [50, 250])
    #expect(settings.metrics.map(\.value) == ["metrics.yaml"])
    #expect(
      settings.reports.map(\.name.value) == [
        "weekly-territory", "performance-review", "notice", "account-family", "account-family",
      ])
    #expect(settings.reports.map(\.every) == [.weekday(.monday), .quarter, nil, nil, nil])
    #expect(
      settings.reports.map(\.editions) == [.territory, .company, .manager, .family, .family])
    #expect(settings.reports[3].families == .largest(20))
    #expect(settings.reports[4].families == .named(["0015g00000XaBcDAAV"]))
    #expect(settings.peopleMetrics == .nobody)
  }

  @Test("An empty file leaves every default")
  func empty() throws {
    let settings = try Configuration(text: "")
    #expect(settings.crm.value == .preset("salesforce"))
    #expect(settings.asOf == .export)
    #expect(settings.locale == "en_US")
    #expect(settings.fiscalYear == nil)
    #expect(settings.weekStarts == .monday)
    #expect(settings.opportunityTerritory == .recordOrAccount)
    #expect(settings.deals.bookings == nil)
    #expect(settings.segments == nil)
    #expect(settings.reports.isEmpty)
  }

  @Test("A mapping file is told from a CRM by its path", arguments: ["maven.yaml", "crm/maven"])
  func mapping(_ path: String) throws {
    #expect(try Configuration(text: "crm: \(path)\n").crm.value == .mapping(path))
  }

  @Test("Several zips, and a company called NO in the country NO")
  func lists() throws {
    let settings = try Configuration(text: "export: [a.zip, b.zip]\norganisation: NO\n")
    #expect(settings.export.map(\.value) == ["a.zip", "b.zip"])
    #expect(settings.organisation == "NO")
  }

  @Test("The history is cadastre.db beside the configuration, unless it says another file")
  func history() throws {
    #expect(try Configuration(text: "export: a\n").history.value == "cadastre.db")
    let settings = try Configuration(text: "history: kept/weeks.db\n")
    #expect(settings.history.value == "kept/weeks.db")
    #expect(settings.history.at.description == "cadastre.yaml:1:10")
  }

  @Test("Keys of later versions are refused by name, each at its place")
  func later() {
    let text = """
      reports:
        - {report: notice, editions: everybody}
      engine: {spark: {mastr: x, format: orc}}
      """
    #expect(
      complaints(about: text) == [
        "cadastre.yaml:2:32: error: \"editions\" cannot be \"everybody\"; nothing was read; use "
          + "company, region, territory, manager or family.",
        "cadastre.yaml:3:18: error: unknown key \"mastr\"; nothing was read; did you mean \"master\"?",
        "cadastre.yaml:3:36: error: \"format\" cannot be \"orc\"; nothing was read; use csv or"
          + " parquet.",
      ])
  }

  @Test("A notice is made by manager, from some days before the planned model goes live")
  func notice() throws {
    let report = try #require(
      try Configuration(
        text: "reports:\n  - {report: notice, before_effective: 7 days, editions: manager}\n"
      ).reports.first)
    #expect(report.beforeEffective?.value == 7)
    #expect(report.editions == .manager)
  }

  @Test(
    "Each mistake has its sentence",
    arguments: [
      (
        "curency: USD",
        "1:1: error: unknown key \"curency\"; nothing was read; did you mean \"currency\"?"
      ),
      (
        "crm: salesfroce",
        "1:6: error: \"crm\" cannot be \"salesfroce\"; nothing was read; "
          + "did you mean \"salesforce\"?"
      ),
      (
        "crm: siebel",
        "1:6: error: \"crm\" cannot be \"siebel\"; nothing was read; "
          + "use salesforce, hubspot, dynamics365, pipedrive or zoho, or the path of a mapping "
          + "file such as mapping.yaml."
      ),
      (
        "as_of: yesterday",
        "1:8: error: \"as_of\" must be export, today or a date such as 2026-11-20, found "
          + "\"yesterday\"; nothing was read; "
          + "write export, today or a date such as 2026-11-20."
      ),
      (
        "time_zone: America/New_Yrok",
        "1:12: error: \"time_zone\" cannot be \"America/New_Yrok\"; nothing was read; "
          + "did you mean \"America/New_York\"?"
      ),
      (
        "locale: de_ED",
        "1:9: error: \"locale\" cannot be \"de_ED\"; nothing was read; did you mean \"de_DE\"?"
      ),
      (
        "currency: dollar",
        "1:11: error: \"currency\" must be the code of a currency such as USD, found "
          + "\"dollar\"; nothing was read; write the code of a currency such as USD."
      ),
      (
        "fiscal_year: {starts: febuary}",
        "1:23: error: \"starts\" cannot be \"febuary\"; nothing was read; "
          + "did you mean \"february\"?"
      ),
      (
        "week_starts: 1",
        "1:14: error: \"week_starts\" cannot be \"1\"; nothing was read; use monday, tuesday, "
          + "wednesday, thursday, friday, saturday or sunday."
      ),
      (
        "crm_url: acme.my.salesforce.com",
        "1:10: error: \"crm_url\" must be an address such as https://acme.my.salesforce.com, "
          + "found \"acme.my.salesforce.com\"; nothing was read; "
          + "write an address such as https://acme.my.salesforce.com."
      ),
      (
        "deals: {classes: {new: \"Type = 'New'\"}, bookings: [nwe]}",
        "1:52: error: \"bookings\" names the class \"nwe\", which is not defined; "
          + "nothing was read; did you mean \"new\"?"
      ),
      (
        "deals: {classes: {new: }}",
        "1:19: error: class \"new\" has no condition; nothing was read; "
          + "write one, such as \"Type = 'New Business'\"."
      ),
      (
        "churn_signals: {few seats: }",
        "1:17: error: signal \"few seats\" has no condition; nothing was read; "
          + "write one, such as \"Seats_Used__c < 10\"."
      ),
      (
        "segments: {bands: [50, 250, 100]}",
        "1:29: error: band 100 does not follow 250; nothing was read; list the bands ascending."
      ),
      (
        "deals: {bands: [5000, 1000]}",
        "1:23: error: band 1000 does not follow 5000; nothing was read; list the bands ascending."
      ),
      (
        "account_values: {weights: {fitt: 5}}",
        "1:28: error: \"fitt\" is no part of an account's value; nothing was read; "
          + "did you mean \"fit\"?"
      ),
      (
        "account_values: {fields: {whitespace: X}}",
        "1:27: error: no field decides about \"whitespace\"; nothing was read; "
          + "use solvency, fit, channel or churn_risk."
      ),
      (
        "account_values: {weights: {fit: 2000000}}",
        "1:33: error: \"fit\" must be a number from 0 to 1000000, found \"2000000\"; "
          + "nothing was read; write a number from 0 to 1000000."
      ),
      (
        "account_values: {fields: {fit: {field: Rating, values: {Hot: 101}}}}",
        "1:62: error: \"Hot\" must be a number from 0 to 100, found \"101\"; nothing was read; "
          + "write a number from 0 to 100."
      ),
      (
        "segments: {field: X}",
        "1:11: error: \"segments\" has no key \"bands\"; nothing was read; add bands."
      ),
      (
        "reports: [{every: monday}]",
        "1:11: error: item 1 of \"reports\" has no key \"report\"; nothing was read; add report."
      ),
      (
        "reports: weekly",
        "1:10: error: \"reports\" must be a group of keys, found \"weekly\"; nothing was read; "
          + "write a group of keys."
      ),
      (
        "organisation: ''",
        "1:15: error: \"organisation\" must be text, found \"\"; nothing was read; write text."
      ),
      (
        "just text",
        "1:1: error: the file must be a group of keys, found \"just text\"; nothing was read; "
          + "write a group of keys."
      ),
    ])
  func mistakes(_ text: String, _ sentence: String) {
    #expect(complaints(about: text + "\n") == ["cadastre.yaml:" + sentence])
  }

  @Test("A report is due on the last scheduled day before or on the as-of date")
  func schedule() throws {
    // 2026-11-20 is a Friday.
    let day = try #require(Day(year: 2026, month: 11, day: 20))
    let calendar = FiscalCalendar(startMonth: 2)
    func last(_ schedule: Schedule) -> String {
      schedule.lastDay(notAfter: day, calendar: calendar).description
    }
    #expect(last(.day) == "2026-11-20")
    #expect(last(.weekday(.monday)) == "2026-11-16")
    #expect(last(.weekday(.friday)) == "2026-11-20")
    #expect(last(.weekday(.saturday)) == "2026-11-14")
    #expect(last(.month) == "2026-11-01")
    #expect(last(.quarter) == "2026-11-01")
    #expect(last(.year) == "2026-02-01")
  }
}
