import Metrics
import Records
import Testing

@testable import Reports

/// Of the company written by hand: North holds three accounts with Coast's one below it, South one.
@Suite("What a notice predicted beside what is so, as tables")
struct PredictionTests {
  private func day(_ text: String) -> Day { Day(iso: text) ?? Day(number: 0) }

  private func whole(_ number: Int128) -> Ratio { Ratio(number, over: 1) }

  private func engine() throws -> LocalEngine {
    LocalEngine(
      records: Company.records, assignment: Assignment(of: Company.records),
      catalogue: try Company.catalogue(), settings: MetricSettings(calendar: Company.calendar))
  }

  private func context(_ past: ReportPast?) -> ReportContext {
    var context = ReportContext(
      organisation: "Acme", formatter: ValueFormatter(), calendar: Company.calendar,
      asOf: Company.asOf, model: TerritoryModel(activeIn: Company.records))
    context.past = past
    return context
  }

  private func edition(_ name: String, _ context: ReportContext) throws -> EditionScope {
    try #require(
      (context.editions(of: .company) + context.editions(of: .territory)).first { $0.name == name })
  }

  /// Territories have no developer names here, so their Ids stand for them.
  private static let predicted: [String: NoticePrediction.Figures] = [
    NoticePrediction.company: [.accounts: Ratio(5, over: 1), .openAmount: Ratio(100_000, over: 1)],
    "t1": [.accounts: Ratio(4, over: 1), .openAmount: Ratio(80_000, over: 1)],
    "t2": [.accounts: Ratio(1, over: 1), .openAmount: Ratio(20_000, over: 1)],
    "west": [.accounts: Ratio(2, over: 1), .openAmount: Ratio(7, over: 1)],
  ]

  private func past(
    on day: String = "2026-11-13", isLive: Bool = true
  ) throws -> ReportPast {
    let figures = NoticePrediction.figures(
      of: try #require(TerritoryModel(activeIn: Company.records)),
      byTerritory: try engine().run([
        Query(metrics: ["accounts", "open_count", "open_amount"], by: [.territorySubtree])
      ])[0],
      whole: try engine().run([Query(metrics: ["accounts", "open_count", "open_amount"])])[0])
    return ReportPast(
      prediction: NoticePrediction(
        day: self.day(day), model: "FY28", predicted: Self.predicted,
        names: ["west": "West of before"], actual: isLive ? figures : nil))
  }

  @Test("What territories hold is counted with those below them, by developer name")
  func figures() throws {
    let actual = try #require(try past().prediction?.actual)
    #expect(Set(actual.keys) == ["", "t1", "t2", "t3"])
    #expect(
      actual["t1"] == [
        .accounts: whole(3), .openDeals: whole(3),
        .openAmount: actual["t1"]?[.openAmount] ?? whole(0),
      ])
    #expect(actual["t1"]?[.openAmount]?.text(places: 2) == "90000.00")
    #expect(actual["t3"]?[.accounts] == whole(1))
    #expect(actual["t3"]?[.openDeals] == whole(0))
    #expect(actual[NoticePrediction.company]?[.accounts] == whole(4))
    #expect(actual[NoticePrediction.company]?[.openAmount]?.text(places: 2) == "98000.00")
  }

  @Test("What is in no territory is not counted with all territories")
  func remainders() throws {
    let model = try #require(TerritoryModel(activeIn: Company.records))
    let table = MetricTable(
      name: "q", grain: "",
      columns: [
        MetricColumn(
          name: "territory_subtree_id", title: "", unit: .text,
          cells: .text(["t1", "(unassigned)", "(former territory)"])),
        MetricColumn(name: "accounts", title: "", unit: .count, cells: .integers([3, 2, 1])),
      ])
    let all = MetricTable(
      name: "q", grain: "",
      columns: [
        MetricColumn(name: "accounts", title: "", unit: .count, cells: .integers([6]))
      ])
    let figures = NoticePrediction.figures(of: model, byTerritory: table, whole: all)
    #expect(figures[NoticePrediction.company] == [.accounts: whole(3)])
    // One without a row holds nothing.
    #expect(figures["t2"] == [.accounts: whole(0)])
  }

  @Test("An edition has a row a measure that both sides know, and what they differ by")
  func measures() throws {
    let context = context(try past())
    let table = context.table(.prediction, of: try edition("North", context))
    #expect(table["measure"]?.text(0) == "accounts")
    #expect(table["measure"]?.shownText(1) == "Open pipeline")
    #expect(table.rowCount == 2)
    #expect((0..<2).map { table["predicted"]?.value($0)?.text(places: 0) } == ["4", "80000"])
    #expect((0..<2).map { table["actual"]?.value($0)?.text(places: 0) } == ["3", "90000"])
    #expect((0..<2).map { table["difference"]?.value($0)?.text(places: 0) } == ["-1", "10000"])
    #expect(table["difference"]?.unit(1) == .money)
  }

  @Test("The company's edition names territories that are gone, a territory's only those below it")
  func territories() throws {
    let context = context(try past())
    let company = context.table(.predictionTerritories)
    #expect(
      (0..<company.rowCount).map { company["territory"]?.text($0) }
        == ["North", "Coast", "South", "West of before"])
    #expect(company["territory_id"]?.text(3) == nil)
    // Nobody predicted anything of Coast, and nothing is so of what is gone.
    #expect(try #require(company["accounts_predicted"]).value(1) == nil)
    #expect(company["accounts"]?.value(2)?.text(places: 0) == "1")
    #expect(try #require(company["accounts"]).value(3) == nil)
    #expect(company["open_count"] == nil)
    let north = context.table(.predictionTerritories, of: try edition("North", context))
    #expect((0..<north.rowCount).map { north["territory"]?.text($0) } == ["Coast"])
    let south = context.table(.predictionTerritories, of: try edition("South", context))
    #expect(south.notes == ["There is no territory below."])
  }

  @Test("What cannot be compared is said in a sentence")
  func lacks() throws {
    func said(_ past: ReportPast?, _ name: String = "North") throws -> [String] {
      let context = context(past)
      let table = context.table(.prediction, of: try edition(name, context))
      #expect(table.rowCount == 0)
      return table.notes
    }
    #expect(
      try said(nil) == ["No history is kept, so what a notice predicted is not known."])
    #expect(
      try said(ReportPast()) == [
        "No notice of a change of territory models is kept, so nothing was predicted that could be "
          + "held against what is so."
      ])
    #expect(
      try said(try past(isLive: false)) == [
        "The model “FY28”, of which the notice of Nov 13, 2026 tells, is not in force: what it "
          + "predicts is compared once it is."
      ])
    #expect(
      try said(try past(on: "2026-05-01")) == [
        "The notice of May 1, 2026 is more than 184 days old, and what it predicted is not compared "
          + "any more."
      ])
    #expect(
      try said(try past(), "Coast") == [
        "The notice of Nov 13, 2026 predicts nothing of Coast: the model had no territory of its "
          + "developer name."
      ])
  }
}
