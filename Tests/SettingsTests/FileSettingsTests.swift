import Records
import Settings
import Testing

@Suite("The export's form and the files beside it")
struct FileSettingsTests {
  private func at(_ line: Int, _ column: Int) -> SourcePosition {
    SourcePosition(file: "cadastre.yaml", line: line, column: column)
  }

  @Test("What is written is what is read")
  func whole() throws {
    let settings = try Configuration(
      text: """
        crm: HubSpot
        export_format: {dates: day/month/year, numbers: "1.234,56", encoding: Shift_JIS,
          delimiter: semicolon}
        max_age: 4 days
        quotas: quotas.xlsx#FY27
        people: people.csv
        costs: costs.csv
        holidays: holidays.csv
        crosswalk: crosswalk.csv
        activities: activities.csv
        subscriptions: {object: Contract, value: AnnualValue__c, per: year,
          exclude_status: [Draft, In Approval], start: From__c}
        territory_model:
          planned: metadata/territory2Models/FY27
          users: planned_users.csv
          owner_role: Account Executive
          manager_role: Manager
          effective: 2027-02-01
          reply_by: 2027-01-25
          hold_outs: holdouts.csv
          rule_combination: any
        """)
    #expect(settings.crm.value == .preset("hubspot"))
    #expect(settings.exportFormat.cells.dates == .dayMonthYear)
    #expect(settings.exportFormat.cells.numbers == .pointComma)
    #expect(settings.exportFormat.encoding?.value == "Shift_JIS")
    #expect(settings.exportFormat.encoding?.at == at(2, 71))
    #expect(settings.exportFormat.delimiter == .semicolon)
    #expect(settings.maxAge?.value == 4)
    #expect(settings.maxAge?.at == at(4, 10))
    #expect(settings.userFiles.quotas?.value == "quotas.xlsx#FY27")
    #expect(settings.userFiles.quotas?.at == at(5, 9))
    #expect(settings.userFiles.people?.value == "people.csv")
    #expect(settings.userFiles.costs?.value == "costs.csv")
    #expect(settings.userFiles.holidays?.value == "holidays.csv")
    #expect(settings.userFiles.crosswalk?.value == "crosswalk.csv")
    #expect(settings.userFiles.activities?.value == "activities.csv")
    let subscriptions = try #require(settings.subscriptions)
    #expect(subscriptions.excludedStatuses == ["Draft", "In Approval"])
    guard case .object(let object) = subscriptions.source else {
      Issue.record("The subscriptions are an object of the CRM.")
      return
    }
    #expect(object.name.value == "Contract")
    #expect(object.value.value == "AnnualValue__c")
    #expect(object.per == .year)
    #expect(object.start?.value == "From__c")
    #expect(object.end == nil)
    let model = try #require(settings.plannedModel)
    #expect(model.planned.value == "metadata/territory2Models/FY27")
    #expect(model.users?.value == "planned_users.csv")
    #expect(model.ownerRole == "Account Executive")
    #expect(model.managerRole == "Manager")
    #expect(model.effective?.value == Day(year: 2027, month: 2, day: 1))
    #expect(model.replyBy?.value == Day(year: 2027, month: 1, day: 25))
    #expect(model.holdOuts?.value == "holdouts.csv")
    #expect(model.ruleCombination == .any)
  }

  @Test("Without the keys everything is detected and no file is read")
  func empty() throws {
    let settings = try Configuration(text: "")
    #expect(settings.exportFormat.cells.dates == nil)
    #expect(settings.exportFormat.cells.numbers == nil)
    #expect(settings.exportFormat.encoding == nil)
    #expect(settings.exportFormat.delimiter == nil)
    #expect(settings.maxAge == nil)
    #expect(settings.userFiles.quotas == nil)
    #expect(settings.subscriptions == nil)
    #expect(settings.plannedModel == nil)
  }

  @Test("Subscriptions in a file", arguments: ["{file: subs.csv}", "subs.csv"])
  func subscriptionFile(_ text: String) throws {
    let settings = try Configuration(text: "subscriptions: \(text)\n")
    guard case .file(let path) = settings.subscriptions?.source else {
      Issue.record("The subscriptions are a file.")
      return
    }
    #expect(path.value == "subs.csv")
  }

  @Test("An object's value is a monthly one and the rules of a plan are all needed by default")
  func defaults() throws {
    let settings = try Configuration(
      text: "subscriptions: {object: S, value: V}\nterritory_model: {planned: plan.csv}\n")
    guard case .object(let object) = settings.subscriptions?.source else {
      Issue.record("The subscriptions are an object of the CRM.")
      return
    }
    #expect(object.per == .month)
    #expect(settings.plannedModel?.ruleCombination == .all)
  }

  @Test(
    "Each mistake has its sentence",
    arguments: [
      (
        "export_format: {dates: dmy}",
        "1:24: error: \"dates\" cannot be \"dmy\"; nothing was read; use month/day/year, "
          + "day/month/year or year/month/day."
      ),
      (
        "export_format: {numbers: 1234.56}",
        "1:26: error: \"numbers\" cannot be \"1234.56\"; nothing was read; "
          + "did you mean \"1'234.56\"?"
      ),
      (
        "export_format: {delimiter: \",\"}",
        "1:28: error: \"delimiter\" cannot be \",\"; nothing was read; use comma, tab, semicolon, "
          + "pipe, caret or backquote."
      ),
      (
        "export_format: {date: day/month/year}",
        "1:17: error: unknown key \"date\"; nothing was read; did you mean \"dates\"?"
      ),
      (
        "max_age: 4",
        "1:10: error: \"max_age\" must be a number of days such as 4 days, found \"4\"; "
          + "nothing was read; write a number of days such as 4 days."
      ),
      (
        "quota: quotas.csv",
        "1:1: error: unknown key \"quota\"; nothing was read; did you mean \"quotas\"?"
      ),
      (
        "quotas: [a.csv, b.csv]",
        "1:9: error: \"quotas\" must be text, found a list; nothing was read; write text."
      ),
      (
        "subscriptions: {value: V}",
        "1:16: error: \"subscriptions\" has no key \"object\" or \"file\"; nothing was read; "
          + "name an object of the CRM, or the path of a file."
      ),
      (
        "subscriptions: {object: S}",
        "1:16: error: \"subscriptions\" has no key \"value\"; nothing was read; add value."
      ),
      (
        "subscriptions: {object: S, value: V, file: s.csv}",
        "1:38: error: \"subscriptions\" has both \"object\" and \"file\"; nothing was read; "
          + "keep one of them."
      ),
      (
        "subscriptions: {file: s.csv, per: year}",
        "1:30: error: key \"per\" belongs to an object of the CRM, not to a file; "
          + "nothing was read; remove it: the columns of the file have names of their own."
      ),
      (
        "subscriptions: {object: S, value: V, per: quarter}",
        "1:43: error: \"per\" cannot be \"quarter\"; nothing was read; use month or year."
      ),
      (
        "territory_model: {effective: 2027-02-01}",
        "1:18: error: \"territory_model\" has no key \"planned\"; nothing was read; add planned."
      ),
      (
        "territory_model: {planned: p.csv, effective: 2027-02-01, reply_by: 2027-02-02}",
        "1:68: error: \"reply_by\" is after \"effective\"; nothing was read; "
          + "give a day before the model holds."
      ),
    ])
  func mistakes(_ text: String, _ sentence: String) {
    do {
      _ = try Configuration(text: text + "\n")
      Issue.record("\(text) was accepted.")
    } catch {
      #expect(error.findings.map(\.description) == ["cadastre.yaml:" + sentence])
    }
  }
}
