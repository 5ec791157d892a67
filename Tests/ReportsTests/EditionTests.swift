import Metrics
import Records
import Testing

@testable import Reports

/// Territories North (with Coast and Hills below it; Hills has Peak below) and South, all below All;
/// Ada manages All, Ben North, Cy Hills; nobody has a role in Coast, whose only user reports to Cy.
enum Editions {
  static func table(
    _ entity: Entity, _ ids: [String], _ columns: [String: Column]
  ) -> Table {
    Table(entity: entity, count: ids.count, keys: .text(texts(ids)), columns: columns)
  }

  static func texts(_ values: [String]) -> Texts {
    var texts = Texts()
    for value in values { texts.append(Array(value.utf8)) }
    return texts
  }

  static let names = ["All", "North", "Coast", "Hills", "Peak", "South"]

  static var records: RecordSet { records() }

  /// - Parameters:
  ///   - parents: the territories above those of `names`.
  ///   - emails: addresses of the users; nil: the export has none.
  ///   - forecasters: the forecast manager of each territory; nil: the export has none.
  ///   - owners: who owns the two accounts.
  /// - Returns: an export with two accounts and three deals.
  static func records(
    parents: [Int32] = [-1, 0, 1, 1, 3, 0], emails: [String]? = nil,
    forecasters: [Int32]? = nil, owners: [Int32] = [3, 4]
  ) -> RecordSet {
    var territories: [String: Column] = [
      "Name": .texts(texts(names)), "ParentTerritory2Id": .references(parents),
    ]
    if let forecasters { territories["ForecastUserId"] = .references(forecasters) }
    var users: [String: Column] = [
      "Name": .texts(texts(["Ada", "Ben", "Cy", "Dee", "Eve"])),
      "ManagerId": .references([-1, 0, 1, 2, -1]), "IsActive": .flags([1, 1, 0, 1, 1]),
    ]
    if let emails { users["Email"] = .texts(texts(emails)) }
    let tables = [
      table(.user, ["u0", "u1", "u2", "u3", "u4"], users),
      table(.territory, ["t0", "t1", "t2", "t3", "t4", "t5"], territories),
      table(
        .userTerritory, ["m0", "m1", "m2", "m3", "m4"],
        [
          "UserId": .references([0, 1, 2, 3, 4]), "Territory2Id": .references([0, 1, 3, 2, 5]),
          "RoleInTerritory2": .categories(
            Categories(codes: [0, 0, 0, 1, 1], values: ["Manager", "Rep"])),
        ]),
      table(
        .account, ["a0", "a1"],
        ["Name": .texts(texts(["Acorn", "Birch"])), "OwnerId": .references(owners)]),
      table(
        .accountTerritory, ["x0", "x1"],
        ["ObjectId": .references([0, 1]), "Territory2Id": .references([2, 5])]),
      table(
        .opportunity, ["d0", "d1", "d2"],
        [
          "Name": .texts(texts(["One", "Two", "Three"])), "AccountId": .references([0, 0, 1]),
          "OwnerId": .references([3, 3, 4]),
          "StageName": .categories(Categories(codes: [0, 1, 0], values: ["Won", "Lost"])),
          "IsClosed": .flags([1, 1, 1]), "IsWon": .flags([1, 0, 1]),
          "Amount": .decimals([100 * Exact.scale, 50 * Exact.scale, 7 * Exact.scale]),
          "CloseDate": .days([20_700, 20_700, 20_700]),  // 2026-09-04
        ]),
    ]
    return RecordSet(
      tables: Dictionary(uniqueKeysWithValues: tables.map { ($0.entity, $0) }),
      asOf: Company.asOf)
  }

  static func engine(_ records: RecordSet = records) throws -> LocalEngine {
    LocalEngine(
      records: records, assignment: Assignment(of: records), catalogue: try Company.catalogue(),
      settings: MetricSettings())
  }

  static func context(
    _ policy: PeopleMetrics = .managementLine, _ records: RecordSet = records
  ) throws -> ReportContext {
    let engine = try engine(records)
    var context = ReportContext(
      organisation: "Acme", formatter: ValueFormatter(), calendar: FiscalCalendar(),
      asOf: Company.asOf, model: Assignment(of: records).model,
      catalogue: try Company.catalogue())
    context.line = engine.managementLine
    context.peopleMetrics = policy
    return context
  }

  /// The rows of the one table of a report, as their texts.
  static func rows(
    _ section: String, _ edition: EditionScope, _ policy: PeopleMetrics = .managementLine
  ) throws -> [[String]] {
    let definition = try ReportDefinition(
      text: """
        report: people
        title: People
        editions: [company, territory, manager]
        sections:
          - \(section)
        """, file: "people.yaml")
    let engine = try engine()
    let plan = ReportPlan(definition, for: edition, in: try context(policy))
    let document = try plan.document(
      ReportPlan.Answers(
        queries: try engine.run(plan.queries), listings: try engine.list(plan.listings),
        tables: try engine.standardTables(plan.tables, scope: plan.scope)),
      canvas: Demo.canvas())
    for block in document.sections[0].blocks {
      if case .table(let table) = block {
        return table.rows.map { $0.cells.map(\.value.text) }
      }
    }
    return []
  }
}

@Suite("Editions by region, manager and family")
struct EditionKindTests {
  @Test("Regions are the territories of the second level that have others below them")
  func regions() throws {
    let regions = try Editions.context().editions(of: .region)
    #expect(regions.map(\.name) == ["North"])
    #expect(regions.map(\.scope) == [.territory(1)])
    #expect(regions.map { $0.parts.map(\.name) } == [["Coast", "Hills"]])
    #expect(EditionScope.fileNames(of: regions) == ["region-north"])
  }

  @Test("Everybody who manages a territory has an edition, by name")
  func managers() throws {
    let managers = try Editions.context().editions(of: .manager)
    #expect(managers.map(\.name) == ["Ada", "Ben", "Cy"])
    #expect(
      managers.map(\.scope) == [
        .manager(0, territories: [0]), .manager(1, territories: [1]),
        // Coast by the manager of its user, Hills by the role there.
        .manager(2, territories: [2, 3]),
      ])
    #expect(
      managers.map { $0.parts.map(\.name) } == [
        ["North", "South"], ["Coast", "Hills"], ["Coast", "Hills"],
      ])
    #expect(EditionScope.fileNames(of: managers) == ["manager-ada", "manager-ben", "manager-cy"])
  }

  @Test("What a manager who has left would get goes to the manager above, with the reason")
  func recipients() throws {
    let managers = try Editions.context().editions(of: .manager)
    #expect(managers.map { $0.recipient?.name } == ["Ada", "Ben", "Ben"])
    #expect(
      managers.map { $0.recipient?.because } == [
        nil, nil, "sent to you because Cy, who manages Coast, is no longer there",
      ])
    let coast = try Editions.context().editions(of: .territory).first { $0.name == "Coast" }
    #expect(coast?.recipient?.name == "Ben")
  }

  @Test("An edition is called by its Id or name, behind its kind where several have it")
  func calls() throws {
    let context = try Editions.context()
    let region = try #require(context.editions(of: .region).first)
    let territory = try #require(context.editions(of: .territory).first { $0.name == "North" })
    let manager = try #require(context.editions(of: .manager).first)
    #expect(region.isCalled("north", model: context.model))
    #expect(territory.isCalled("North", model: context.model))
    #expect(region.isCalled("region:North", model: context.model))
    #expect(!territory.isCalled("region:North", model: context.model))
    #expect(manager.isCalled("manager:u0", model: context.model))
    #expect(manager.isCalled("Áda", model: context.model))
    #expect(manager.isCalled("ada", model: context.model))
    #expect(!manager.isCalled("company", model: context.model))
  }

  @Test("Every shape of edition is asked once")
  func shapes() throws {
    let context = try Editions.context()
    let shapes = EditionScope.shapes(
      of: ReportDocument.Edition.Kind.allCases, company: "Acme", model: context.model,
      line: context.line)
    #expect(shapes.map(\.kind) == [.company, .territory, .territory, .region, .manager])
  }
}

@Suite("Named people's figures stay in their line of management")
struct PeopleTests {
  private static let rates =
    "{kind: table, title: Team, metrics: [won_amount, win_rate_count], by: owner, order: won_amount descending}"

  private func edition(_ kind: ReportDocument.Edition.Kind, _ name: String) throws -> EditionScope {
    try #require(Editions.context().editions(of: kind).first { $0.name == name })
  }

  @Test("In the company's edition nobody's win rate is named, and what adds up is one line")
  func company() throws {
    let company = try edition(.company, "Acme")
    #expect(try Editions.rows(Self.rates, company) == [["2 others", "$107", "–"]])
    #expect(
      try Editions.rows(Self.rates, company, .everyone) == [
        ["Dee", "$100", "50.0%"], ["Eve", "$7", "100.0%"],
      ])
  }

  @Test("A manager sees everybody below and the members of the territories, and nobody else")
  func manager() throws {
    // Dee is below Ben by ManagerId; Eve is not.
    #expect(
      try Editions.rows(Self.rates, edition(.manager, "Ben")) == [["Dee", "$100", "50.0%"]])
    #expect(
      try Editions.rows(Self.rates, edition(.manager, "Ada")) == [
        ["Dee", "$100", "50.0%"], ["Eve", "$7", "100.0%"],
      ])
    #expect(
      try Editions.rows(Self.rates, edition(.manager, "Ben"), .nobody) == [
        ["1 other", "$100", "–"]
      ])
  }

  @Test("A territory shows its members")
  func territory() throws {
    #expect(
      try Editions.rows(Self.rates, edition(.territory, "South")) == [["Eve", "$7", "100.0%"]])
  }

  @Test("A cut list shows those who may be shown, whoever stands before them")
  func limit() throws {
    let section = Self.rates.dropLast() + ", limit: 1}"
    #expect(
      try Editions.rows(String(section), edition(.manager, "Ben")) == [["Dee", "$100", "50.0%"]])
  }

  @Test("Amounts and counts by owner are no figures of people")
  func amounts() throws {
    let section =
      "{kind: table, title: Won, metrics: [won_amount], by: owner, order: won_amount descending}"
    #expect(
      try Editions.rows(section, edition(.company, "Acme")) == [["Dee", "$100"], ["Eve", "$7"]])
  }

  @Test("The tables of owners and of their fit name nobody, and keep what adds up by band")
  func tables() throws {
    let company = try edition(.company, "Acme")
    let owners = try Editions.rows(
      "{kind: table, title: Owners, table: owners, columns: {Owner: owner, Won: won_amount, Rate: win_rate_count}}",
      company)
    #expect(owners == [["2 others", "$107", "–"]])
    let fit = try Editions.rows("{kind: table, title: Fit, table: rep-fit}", company)
    #expect(fit.count == 1)
    #expect(!fit.joined().contains { $0.contains("u3") || $0.contains("Dee") })
  }
}
