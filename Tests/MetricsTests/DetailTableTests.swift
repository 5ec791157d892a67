import BuiltIns
import Records
import Testing

@testable import Metrics

/// A company of two territories under one, in which everything that can go wrong did, once.
///
/// Anna leads World; Ben works in North, Cleo in South, Dan is gone. As of 2026-11-20.
@Suite("Detail tables for reports")
struct DetailTableTests {
  private static func texts(_ values: [String]) -> Texts {
    var texts = Texts()
    for value in values { texts.append(Array(value.utf8)) }
    return texts
  }

  private static func table(
    _ entity: Entity, _ ids: [String], _ columns: [String: Column]
  ) -> Table {
    Table(entity: entity, count: ids.count, keys: .text(texts(ids)), columns: columns)
  }

  private static func day(_ text: String) -> Int32 { Day(iso: text)?.number ?? Day.null }

  private static let asOf = Day(iso: "2026-11-20") ?? Day(number: 0)

  /// Acme is in North and owned by Cleo (C3), its deal too (C1); Blue in both territories (C4); Core is
  /// Dan's, who is gone (C7); Dune is in none.
  private static var records: RecordSet {
    let tables = [
      table(
        .user, ["u1", "u2", "u3", "u4"],
        [
          "Name": .texts(texts(["Anna", "Ben", "Cleo", "Dan"])), "IsActive": .flags([1, 1, 1, 0]),
        ]),
      table(
        .territory, ["t1", "t2", "t3"],
        [
          "Name": .texts(texts(["World", "North", "South"])),
          "ParentTerritory2Id": .references([-1, 0, 0]),
        ]),
      table(
        .userTerritory, ["m1", "m2", "m3"],
        [
          "UserId": .references([0, 1, 2]), "Territory2Id": .references([0, 1, 2]),
          "RoleInTerritory2": .categories(
            Categories(codes: [0, 1, 1], values: ["Manager", "Account Executive"])),
        ]),
      table(
        .account, ["a1", "a2", "a3", "a4"],
        [
          "Name": .texts(texts(["Acme", "Blue", "Core", "Dune"])),
          "OwnerId": .references([2, 1, 3, 1]),
          "CreatedDate": .days([
            day("2020-01-01"), day("2020-01-01"), day("2020-01-01"), day("2026-11-10"),
          ]),
        ]),
      table(
        .accountTerritory, ["x1", "x2", "x3", "x4"],
        ["ObjectId": .references([0, 1, 1, 2]), "Territory2Id": .references([1, 1, 2, 2])]),
      table(
        .contract, ["c1", "c2", "c3", "c4"],
        [
          "AccountId": .references([0, 1, 1, 2]),
          "StartDate": .days([
            day("2026-01-01"), day("2026-01-01"), day("2027-01-01"), day("2026-01-01"),
          ]),
          "EndDate": .days([
            day("2026-12-31"), day("2026-12-31"), day("2027-12-31"), day("2027-06-30"),
          ]),
          "MonthlyValue__c": .decimals([1_000, 500, 600, 2_000].map { $0 * Exact.scale }),
        ]),
      table(
        .opportunity, ["d1", "d2", "d3", "d4"],
        [
          "Name": .texts(texts(["Acme pumps", "Blue valves", "Core pipes", "Blue taps"])),
          "AccountId": .references([0, 1, 2, 1]), "OwnerId": .references([2, 1, 3, 1]),
          "StageName": .categories(
            Categories(codes: [0, 0, 0, 1], values: ["Proposal", "Closed Won"])),
          "IsClosed": .flags([0, 0, 0, 1]), "IsWon": .flags([0, 0, 0, 1]),
          "Amount": .decimals([900, 400, 700, 300].map { $0 * Exact.scale }),
          "CreatedDate": .days([
            day("2026-06-01"), day("2026-11-12"), day("2026-06-01"), day("2026-06-01"),
          ]),
          "CloseDate": .days([
            day("2026-12-01"), day("2026-12-05"), day("2027-01-31"), day("2026-11-13"),
          ]),
        ]),
    ]
    return RecordSet(
      tables: Dictionary(uniqueKeysWithValues: tables.map { ($0.entity, $0) }), asOf: asOf)
  }

  private static func engine(churnSignals: [(String, String)] = []) throws -> LocalEngine {
    let path = "reports/metrics.yaml"
    let catalogue = try MetricCatalogue([
      MetricCatalogue.Source(path: path, text: BuiltIns.text(path) ?? "")
    ])
    let records = records
    var settings = MetricSettings(calendar: FiscalCalendar(startMonth: 2))
    settings.churnSignals = churnSignals.map {
      MetricSettings.NamedCondition(name: $0, condition: ExpressionText($1))
    }
    return LocalEngine(
      records: records, assignment: Assignment(of: records), catalogue: catalogue,
      settings: settings)
  }

  private func rows(
    _ table: DetailTable, _ columns: [String], scope: Scope = .company
  ) throws -> [[String?]] {
    let made = try DetailTableTests.engine().detailTables([table], scope: scope)[0]
    #expect(made.columns.map(\.name) == table.columnNames)
    return (0..<made.rowCount).map { row in
      columns.map { name in
        guard let column = made[name] else { return "no column" }
        return column.text(row)
          ?? column.value(row).flatMap { $0.isDefined ? $0.text(places: 0) : nil }
      }
    }
  }

  @Test(
    "Every detail table has the columns that it is documented with", arguments: DetailTable.allCases
  )
  func columns(table: DetailTable) throws {
    _ = try rows(table, [])
  }

  @Test("Every standard table has the columns that definitions may name")
  func standardColumns() throws {
    let tables = try DetailTableTests.engine().standardTables(
      StandardTable.allCases, scope: .company)
    for (table, made) in zip(StandardTable.allCases, tables) {
      #expect(made.columns.map(\.name) == table.columnNames, "\(table.rawValue)")
    }
  }

  @Test("The bridge of a scope is one line: closing is the sum of all before it")
  func bridge() throws {
    // From November 8 to 15: Blue valves was created on the 12th, Blue taps won on the 13th.
    #expect(
      try rows(.pipelineBridge, ["step", "deals", "amount"]) == [
        ["opening", "3", "1900"], ["created", "1", "400"], ["won", "1", "-300"],
        ["closing", "3", "2000"],
      ])
    #expect(
      try rows(.pipelineBridgeDeals, ["step", "opportunity", "account", "amount"]) == [
        ["created", "Blue valves", "Blue", "400"], ["won", "Blue taps", "Blue", "-300"],
      ])
    // Only Acme's deal is in North alone: a deal of an account in two territories is in neither.
    #expect(
      try rows(.pipelineBridge, ["step", "amount"], scope: .territory(1)) == [
        ["opening", "900"], ["closing", "900"],
      ])
  }

  @Test("Conflicts stand by amount, each with the manager above all that are concerned")
  func conflicts() throws {
    // C1 Acme pumps 900 (North, Cleo of South: World decides), C3 Acme 900, C7 Core 700 and its deal
    // (South, whose manager is World's), C4 Blue 400.
    #expect(
      try rows(.conflictList, ["kind", "subject", "owner", "amount", "decider"]) == [
        ["C1", "Acme pumps", "Cleo", "900", "Anna"], ["C3", "Acme", "Cleo", "900", "Anna"],
        ["C1", "Core pipes", "Dan", "700", "Anna"], ["C3", "Core", "Dan", "700", "Anna"],
        ["C7", "Core", "Dan", "700", "Anna"], ["C7", "Core pipes", "Dan", "700", "Anna"],
        ["C4", "Blue", "Ben", "400", "Anna"],
      ])
    #expect(
      try rows(.conflictKinds, ["kind", "conflicts", "amount"]) == [
        ["C1", "2", "1600"], ["C3", "2", "1600"], ["C4", "1", "400"], ["C7", "2", "1400"],
      ])
    #expect(
      try rows(.conflictList, ["subject", "territories"], scope: .territory(1)).contains {
        $0[0] == "Core"
      } == false)
  }

  @Test("A subscription that another follows is renewed; the others stand by their annual value")
  func renewals() throws {
    // Blue's is followed by the one of January; Core's ends in June.
    #expect(
      try rows(.renewalsDue, ["account", "end_date", "days_left", "annual_value", "signals"]) == [
        ["Acme", "2026-12-31", "41", "12000", nil]
      ])
  }

  @Test("The configuration's own signals stand by name where their conditions hold")
  func signals() throws {
    let engine = try DetailTableTests.engine(churnSignals: [
      ("old customer", "CreatedDate < 2021-01-01"), ("of Dan", "Owner.Name = 'Dan'"),
      ("begins with A", "Name starts with 'A'"),
    ])
    let table = try engine.detailTables([.renewalsDue], scope: .company)[0]
    #expect(table["signals"]?.text(0) == "old customer; begins with A")
  }

  @Test("A signal about a field that accounts have not is refused where it is written")
  func wrongSignal() throws {
    let engine = try DetailTableTests.engine(churnSignals: [("fewer seats", "Seats__c < 10")])
    let error = try #require(throws: FindingsError.self) {
      try engine.detailTables([.renewalsDue], scope: .company)
    }
    #expect(error.findings.map(\.what) == ["unknown field \"Seats__c\""])
  }

  @Test("The team stands by role, with what each has won and holds")
  func team() throws {
    #expect(
      try rows(.team, ["role", "owner", "territories", "won_amount", "open_amount"]) == [
        ["Account Executive", "Ben", "North", "300", "400"],
        ["Account Executive", "Cleo", "South", "0", "900"],
        ["Manager", "Anna", "World", "0", "0"],
        ["(no role here)", "Dan", nil, "0", "700"],
      ])
  }

  @Test("An account in no territory stands with how long it waits and where its owner works")
  func unassigned() throws {
    #expect(
      try rows(.unassignedList, ["account", "owner", "days_unassigned", "owner_territory"]) == [
        ["Dune", "Ben", "10", "North"]
      ])
  }

  @Test("The gap to quota is unknown without a quota, and activity a share of the open deals")
  func metrics() throws {
    let table = try DetailTableTests.engine().run([
      Query(metrics: ["quota_gap", "active_open_count", "logged_share", "renewals_open_amount"])
    ])[0]
    #expect(table["quota_gap"]?.value(0)?.isDefined != true)
    #expect(table["active_open_count"]?.value(0)?.numerator == 0)
    #expect(table["logged_share"]?.value(0)?.text(places: 2) == "0.00")
    #expect(table["renewals_open_amount"]?.value(0)?.isDefined != true)
  }
}
