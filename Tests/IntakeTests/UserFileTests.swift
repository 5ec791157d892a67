import Records
import Testing

@testable import Intake

@Suite("Files that users keep beside the export")
struct UserFileTests {
  @Test("A file that is not there is an error at its place in the configuration")
  func missing() throws {
    #expect(
      try UserFiles.complaints("quotas: q.csv\npeople: people.xlsx#Team\n", [:]) == [
        "cadastre.yaml:2:9: error: there is no file \"q.csv\"; nothing was computed; "
          + "correct the path, which starts at the project.",
        "cadastre.yaml:3:9: error: there is no file \"people.xlsx\"; nothing was computed; "
          + "correct the path, which starts at the project.",
      ])
  }

  @Test("Headings are found without regard to case, order, spaces and underscores")
  func headings() throws {
    let export = try UserFiles.read(
      "quotas: quotas.csv",
      ["quotas.csv": "\u{FEFF}AMOUNT;Valid From; period ;Holder\r\n1;2026-01-01;2026-11;North\r\n"])
    #expect(export.quotas == ["\(ID.territory(1)) 2026-11-01 1.00 - -"])
    #expect(
      export.userFiles.map(\.form) == [
        "semicolon-separated (3 in the header), unquoted, UTF-8 by its byte-order mark, CRLF"
      ])
  }

  @Test("Columns that are missing, unknown or there twice are named")
  func columns() throws {
    #expect(
      try UserFiles.complaints(
        "quotas: a.csv\ncosts: b.csv\nholidays: c.csv\n",
        [
          "a.csv": "holders,period,period,sum\n", "b.csv": "\n\n", "c.csv": "name,x\n",
        ]) == [
          "a.csv:1:16: error: column \"period\" stands here a second time; nothing was computed; "
            + "keep one of them.",
          "a.csv:1: error: the file of quotas has no column \"holder\"; nothing was computed; "
            + "did you mean to call \"holders\" so?",
          "a.csv:1: error: the file of quotas has no column \"amount\"; nothing was computed; "
            + "add it.",
          "b.csv:1: error: the file has no header row; nothing was computed; "
            + "export it again, or remove it.",
          "c.csv:1: error: the file of holidays has no column \"date\"; nothing was computed; "
            + "add it.",
        ])
    let export = try UserFiles.read(
      "holidays: h.csv", ["h.csv": "date,nmae,land\n2026-12-25,Christmas,US\n"])
    #expect(
      export.said.filter { $0.contains("h.csv") } == [
        "2 × h.csv:1:6: notice: the file of holidays has a column that has no meaning here; "
          + "it was not read; did you mean \"name\"?"
      ])
  }

  @Test("A cell under no heading, a quote that never closes, a sheet of a text file")
  func forms() throws {
    let export = try UserFiles.read("holidays: h.csv", ["h.csv": "date\n2026-12-25,off\n"])
    #expect(
      export.said.filter { $0.contains("h.csv") } == [
        "1 × h.csv:2:12: notice: a cell stands under no heading; it was not read; "
          + "give its column a heading, or keep notes on another sheet."
      ])
    #expect(
      try UserFiles.complaints("holidays: h.csv", ["h.csv": "date,name\n2026-12-25,\"x\n"]) == [
        "h.csv:2:12: error: a quoted field opens here and is never closed; "
          + "nothing was computed; close the quote, or double it where it belongs to the text."
      ])
    #expect(
      try UserFiles.complaints("holidays: h.csv#May", ["h.csv": "date\n"]) == [
        "h.csv: error: a sheet \"May\" is named, but the file is no workbook; "
          + "nothing was computed; remove #May."
      ])
  }

  @Test("Lines are counted over newlines in quotes, columns in characters")
  func places() throws {
    let export = try UserFiles.read(
      "holidays: h.csv", ["h.csv": "name,date\n\"two\nlines\",2026-12-25\n\"Tag äö\",soon\n"])
    #expect(
      export.userFileErrors.map(\.description) == [
        "h.csv:4:10: error: \"date\" is no date; the row was set aside and no report is made; "
          + "write it as 2026-11-20."
      ])
    #expect(export.userRecords.holidays.map(\.name) == ["two\nlines"])
  }

  @Test("People: ramp by month, absences over several rows, cover")
  func people() throws {
    let export = try UserFiles.read(
      "people: people.csv",
      [
        "people.csv": """
        user,role,start_date,left_date,ramp_percent,manager,away_from,away_to,cover,exempt
        ann@acme.example,Account Executive,2026-09-01,,25; 50; 75,bo@acme.example,2026-12-20,2027-01-05,\(ID.user(2)),no
        ann@acme.example,,,,,,2026-10-01,,,
        \(ID.user(2)),Manager,,2027-01-01,,,,,,yes

        """
      ])
    #expect(export.userFileErrors.isEmpty)
    let people = export.userRecords.people
    #expect(people.map(\.user) == [0, 1])
    #expect(people[0].role == "Account Executive")
    #expect(people[0].startDate == Day(iso: "2026-09-01"))
    #expect(people[0].ramp == [250_000, 500_000, 750_000])
    #expect(people[0].manager == 1)
    #expect(
      people[0].absences.map { "\($0.from) \($0.to?.description ?? "-") \($0.cover ?? -1)" } == [
        "2026-10-01 - -1", "2026-12-20 2027-01-05 1",
      ])
    #expect(people[1].leftDate == Day(iso: "2027-01-01"))
    #expect(people[1].isExempt)
    #expect(export.countedUserFiles == ["people.csv as people: 3 = 3 + 0"])
  }

  @Test(
    "People who cannot be are named",
    arguments: [
      ("ann@acme.example,2026-09-01,2026-08-31,,,,", "\"left_date\" is before \"start_date\""),
      (
        "ann@acme.example,2026-09-01,,150,,,",
        "\"ramp_percent\" is no list of percentages from 0 to 100"
      ),
      ("ann@acme.example,,,50,,,", "\"ramp_percent\" has no \"start_date\" to begin at"),
      ("ann@acme.example,,,,ann@acme.example,,", "the user is their own manager"),
      (
        "ann@acme.example,,,,,,2026-01-01",
        "\"away_to\" or \"cover\" is given without \"away_from\""
      ),
      (
        "ann@acme.example,,,,,2026-02-01,2026-01-01", "\"away_to\" is before \"away_from\""
      ),
      ("Ann,,,,,,", "\"user\" names no user of the export"),
    ])
  func wrongPeople(_ row: String, _ what: String) throws {
    let export = try UserFiles.read(
      "people: p.csv",
      ["p.csv": "user,start_date,left_date,ramp_percent,manager,away_from,away_to\n\(row)\n"])
    #expect(export.userFileErrors.map(\.what) == [what])
  }

  @Test("A user whom two rows describe otherwise is an error")
  func twoOfAUser() throws {
    let export = try UserFiles.read(
      "people: p.csv",
      ["p.csv": "user,role\nann@acme.example,A\nann@acme.example,B\n"])
    #expect(
      export.userFileErrors.map(\.description) == [
        "p.csv:3:1: error: the user stands in an earlier row, which says something else; "
          + "the row was set aside and no report is made; "
          + "keep one row, and in further rows of the user absences alone."
      ])
  }

  @Test("A new owner is the one user in the owner's role; none or several are to be named")
  func plan() throws {
    let export = try UserFiles.read(
      "territory_model: {planned: plan.csv, users: u.csv, owner_role: AE, hold_outs: h.csv}",
      [
        "plan.csv": """
        AccountId,territory,owner
        \(ID.account(1)),Region_North,
        \(ID.account(1)),New_East,bo@acme.example
        \(ID.account(2)),New_East,
        \(ID.account(2)),new_west,

        """,
        "u.csv": """
        territory,user,role
        region_north,ann@acme.example,ae
        Region_North,bo@acme.example,Manager
        New_East,ann@acme.example,AE
        New_East,bo@acme.example,AE

        """,
        "h.csv": "AccountId,reason\n\(ID.account(2)),contract\n",
      ])
    #expect(export.userFileErrors.isEmpty)
    let plan = try #require(export.userRecords.plan)
    #expect(plan.territories.map(\.key) == ["New_East", "new_west", "Region_North"])
    #expect(plan.territories.map(\.existing) == [nil, nil, 0])
    #expect(plan.territories.map(\.members.count) == [2, 0, 2])
    #expect(plan.accounts.map(\.account) == [0, 0, 1, 1])
    #expect(plan.accounts.map(\.territory) == [2, 0, 0, 1])
    #expect(plan.accounts.map(\.owner) == [.user(0), .user(1), .toBeNamed, .toBeNamed])
    #expect(export.userRecords.holdOuts == [1])
    #expect(
      export.countedUserFiles == [
        "plan.csv as plan: 4 = 4 + 0", "u.csv as planned_users: 4 = 4 + 0",
        "h.csv as hold_outs: 1 = 1 + 0",
      ])
  }

  @Test("An account twice in one planned territory, or unknown, is an error")
  func wrongPlan() throws {
    let export = try UserFiles.read(
      "territory_model: {planned: plan.csv}",
      [
        "plan.csv": """
        AccountId,territory
        \(ID.account(1)),East
        \(ID.account(1)),EAST
        \(ID.account(9)),East

        """
      ])
    #expect(
      export.userFileErrors.map(\.description) == [
        "plan.csv:3:1: error: an earlier row puts the account into the same territory; "
          + "the row was set aside and no report is made; keep one of them.",
        "plan.csv:4:1: error: \"AccountId\" names no account of the export; "
          + "the row was set aside and no report is made; "
          + "write the Id of the account, or its old and new one in the crosswalk.",
      ])
  }

  @Test("A subscription's value is monthly; a twelfth of a year's, rounded half away from zero")
  func subscriptions() throws {
    let export = try UserFiles.read(
      "subscriptions: {file: s.csv}",
      [
        "s.csv": """
        AccountId,start_date,end_date,value,per,currency,status
        \(ID.account(1)),2026-01-01,,100,month,EUR,Active
        \(ID.account(2)),2026-01-01,2026-12-31,100,year,,
        \(ID.account(2)),2026-01-01,,500,once,,
        \(ID.account(2)),2026-01-01,2025-12-31,1,,,
        \(ID.account(9)),2026-01-01,,1,,,
        \(ID.account(1)),someday,,1,,,

        """
      ])
    // A system writes such files: a bad row is set aside, and the rest counts.
    #expect(export.userFileErrors.isEmpty)
    #expect(export.countedUserFiles == ["s.csv as subscriptions: 6 = 2 + 4"])
    let table = export.records[.contract]
    #expect(table.references("AccountId") == [0, 1])
    #expect(table.decimals("MonthlyValue__c") == [1_000_000, 83_333])
    #expect(table.dates("EndDate") == ["", "2026-12-31"])
    #expect(table.words("CurrencyIsoCode") == ["EUR", ""])
    #expect(
      export.said.filter { $0.contains("s.csv") } == [
        "1 × s.csv:5:31: warning: \"end_date\" is before \"start_date\"; "
          + "the row was set aside; correct one of the two.",
        "1 × s.csv:7:20: warning: \"start_date\" is no date; the row was set aside; "
          + "write it as 2026-11-20.",
        "1 × s.csv:6:1: warning: \"AccountId\" names no account of the export; "
          + "the row was set aside; "
          + "write the Id of the account, or its old and new one in the crosswalk.",
        "1 × s.csv:4:36: notice: a payment is made once, so it is no recurring revenue; "
          + "the row was set aside; nothing needs to be done.",
      ])
  }

  @Test("Subscriptions of an object of the CRM, with names and a yearly value of its own")
  func object() throws {
    let settings = """
      subscriptions: {object: Sub__c, value: Yearly__c, per: year, account: Account__c,
        start: From__c}
      """
    let export = try UserFiles.read(
      settings,
      [
        "export/Sub__c.csv": """
        Id,Account__c,From__c,EndDate,Yearly__c
        a0100000000001AAAA,\(ID.account(2)),2026-01-01,2026-12-31,1200

        """,
        "export/Contract.csv": "Id,AccountId\n,\(ID.account(1))\n",
      ])
    let table = export.records[.contract]
    #expect(table.references("AccountId") == [1])
    #expect(table.decimals("MonthlyValue__c") == [1_000_000])
    #expect(table.dates("EndDate") == ["2026-12-31"])
    #expect(
      try UserFiles.read(settings, [:]).said.contains(
        "1 × cadastre.yaml:2:25: warning: the export holds no Sub__c; "
          + "recurring revenue cannot be computed; "
          + "export it, correct its name, or keep the subscriptions in a file."))
  }

  @Test("Activities are of an account, or of a deal and so of its account")
  func activities() throws {
    let export = try UserFiles.read(
      "activities: a.csv",
      [
        "a.csv": """
        date,AccountId,OpportunityId,user,type
        2026-11-19,,\(ID.deal(1)),ann@acme.example,Call
        2026-11-18,\(ID.account(2)),,,
        2026-11-18,,,,
        2026-11-18,,\(ID.deal(7)),,

        """
      ])
    #expect(
      export.userRecords.activities == [
        Activity(
          account: 1, deal: Reference.null, user: Reference.null,
          day: try #require(Day(iso: "2026-11-18")), kind: nil),
        Activity(
          account: 0, deal: 0, user: 0, day: try #require(Day(iso: "2026-11-19")), kind: "Call"),
      ])
    #expect(export.countedUserFiles == ["a.csv as activities: 4 = 2 + 2"])
  }

  @Test("Costs by month, holidays each once, in order")
  func costs() throws {
    let export = try UserFiles.read(
      "costs: c.csv\nholidays: h.csv\n",
      [
        "c.csv": """
        month,amount,currency,category,segment
        2026-11,1000.5,USD,Marketing,
        2026-10-01,7,,,50-249
        2026 Q4,1,,,

        """,
        "h.csv": "date,name\n2026-12-25,Christmas\n2026-11-26,Thanksgiving\n2026-12-25,Again\n",
      ])
    #expect(export.userRecords.costs.map(\.month.description) == ["2026-10-01", "2026-11-01"])
    #expect(export.userRecords.costs.map(\.amount) == [70_000, 10_005_000])
    #expect(export.userRecords.costs.map(\.segment) == ["50-249", nil])
    #expect(
      export.userFileErrors.map(\.description) == [
        "c.csv:4:1: error: \"month\" is no month; "
          + "the row was set aside and no report is made; write it as 2026-11."
      ])
    #expect(export.userRecords.holidays.map(\.name) == ["Thanksgiving", "Christmas"])
    #expect(
      export.countedUserFiles == ["c.csv as costs: 3 = 2 + 1", "h.csv as holidays: 3 = 2 + 1"])
  }

  @Test("An old key leads to the present one, over several changes, in every file")
  func crosswalk() throws {
    let export = try UserFiles.read(
      "crosswalk: x.csv\nquotas: q.csv\nactivities: a.csv\n",
      [
        "x.csv": "old,new\nNorden,Nord\nNord,Region_North\nOLD-7,\(ID.account(2))\n",
        "q.csv": "holder,period,amount\nNorden,2026-11,1\n",
        "a.csv": "date,AccountId\n2026-11-18,OLD-7\n",
      ])
    #expect(export.userFileErrors.isEmpty)
    #expect(export.quotas == ["\(ID.territory(1)) 2026-11-01 1.00 - -"])
    #expect(export.userRecords.activities.map(\.account) == [1])
    #expect(export.userRecords.crosswalk.current("Norden") == "Region_North")
    #expect(export.userRecords.crosswalk.current("Region_South") == "Region_South")
  }

  @Test("Keys that lead in a circle, or to two places, are errors")
  func wrongCrosswalk() throws {
    let export = try UserFiles.read(
      "crosswalk: x.csv", ["x.csv": "old,new\na,b\nb,c\nc,a\na,d\ne,e\nf,\n"])
    let end = "the row was set aside and no report is made"
    #expect(
      export.userFileErrors.map(\.description) == [
        "x.csv:4:3: error: the new key leads back to the old one; \(end); remove one of the rows.",
        "x.csv:5:1: error: an earlier row says what became of the same key; \(end); "
          + "keep one of them.",
        "x.csv:6:3: error: the new key leads back to the old one; \(end); remove one of the rows.",
        "x.csv:7: error: the cell of \"new\" is empty; \(end); fill it in, or remove the row.",
      ])
    #expect(export.countedUserFiles == ["x.csv as crosswalk: 6 = 2 + 4"])
  }

  @Test("The first errors are told one by one, the rest by their number")
  func many() throws {
    let rows = (1...25).map { "\($0)" }.joined(separator: "\n")
    let export = try UserFiles.read("holidays: h.csv", ["h.csv": "date\n\(rows)\n"])
    do {
      try export.refuseUserFileErrors()
      Issue.record("The errors were passed over.")
    } catch let error as FindingsError {
      #expect(error.findings.count == 21)
      #expect(
        error.findings.last?.description
          == "error: 5 more cells are wrong in the files beside the export; "
          + "nothing was computed; mend these first, or run cadastre check.")
    }
  }
}
