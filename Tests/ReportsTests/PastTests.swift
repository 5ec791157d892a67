import Metrics
import Records
import Testing

@testable import Reports

@Suite("Key figures and what earlier runs kept of them")
struct PastTests {
  private func day(_ text: String) -> Day { Day(iso: text) ?? Day(number: 0) }

  /// North's edition and its key figures by their labels.
  private func north(
    _ past: ReportPast?
  ) throws -> (
    document: ReportDocument, figures: [String: ReportDocument.KeyFigure], sentences: String
  ) {
    let document = try #require(
      try Company.documents(past: past).first { $0.edition.name.text == "North" })
    let section = try #require(document.sections.first { $0.id == "key-figures" })
    var figures: [String: ReportDocument.KeyFigure] = [:]
    var sentences = ""
    for block in section.blocks {
      if case .figures(let some) = block { for figure in some { figures[figure.label] = figure } }
      if case .paragraph(let prose) = block { sentences += prose.plain }
    }
    return (document, figures, sentences)
  }

  private func past(_ edition: ReportPast.Edition, isYearBefore: Bool = false) throws -> ReportPast
  {
    let document = try north(nil).document
    let key = ReportPast.EditionKey(
      report: document.report, kind: document.edition.kind.rawValue, scope: document.edition.id)
    return isYearBefore ? ReportPast(yearBefore: [key: edition]) : ReportPast(last: [key: edition])
  }

  @Test("An edition hands over what it shows, exact and by metric, period and condition")
  func exact() throws {
    let exact = try north(nil).document.exact
    let won = try #require(exact.first { $0.key == "won_amount fiscal_quarter_to_date" })
    #expect(won.label == "Won this quarter")
    #expect(won.unit == "money")
    #expect(won.value?.text(places: 4) == "151000.0000")
    #expect(Set(exact.map(\.key)).count == exact.count)
  }

  @Test("A project that keeps no history is told nothing of earlier editions")
  func none() throws {
    let (_, figures, sentences) = try north(nil)
    #expect(sentences == "")
    #expect(figures["Open pipeline"]?.change == nil)
  }

  @Test("A first edition says what it cannot compare yet")
  func first() throws {
    #expect(
      try north(ReportPast()).sentences
        == "No earlier edition is kept: changes since the last one are shown from the next one on.")
  }

  @Test(
    "Figures show what changed since the last edition, beside the year before where they have it")
  func last() throws {
    let exact = try north(nil).document.exact
    func key(_ label: String) -> String { exact.first { $0.label == label }?.key ?? "" }
    let edition = ReportPast.Edition(
      day: day("2026-11-13"),
      figures: [
        "won_amount fiscal_quarter_to_date": Ratio(100_000, over: 1),
        key("Open pipeline"): Ratio(120_000, over: 1),
        key("Win rate"): Ratio(1, over: 1),
        key("Coverage of this quarter"): Ratio(1, over: 5),
      ])
    let (_, figures, sentences) = try north(try past(edition))
    // 151,000 against 100,000 a week before; the year before stays its change.
    let won = try #require(figures["Won this quarter"])
    #expect(won.change?.value.text == "+$91.0\u{A0}k (+151.7%)")
    #expect(won.note?.plain == "3 deals; +$51.0\u{A0}k (+51.0%) since Nov 13, 2026")
    // 90,000 against 120,000.
    let open = try #require(figures["Open pipeline"])
    #expect(open.change?.value.text == "−$30.0\u{A0}k (−25.0%)")
    #expect(open.change?.against == "since Nov 13, 2026")
    #expect(
      figures["Win rate"]?.note?.plain
        == "of 2 deals closed in the last four completed quarters; weak, with fewer than five cases; "
        + "unchanged since Nov 13, 2026")
    // 0.28 against 0.20.
    #expect(figures["Coverage of this quarter"]?.change?.value.text == "+0.1×")
    #expect(sentences == "")
  }

  @Test("Figures of a quarter that began since the last edition are named and not compared")
  func begun() throws {
    let exact = try north(nil).document.exact
    let edition = ReportPast.Edition(
      day: day("2026-10-30"),
      figures: Dictionary(
        uniqueKeysWithValues: exact.compactMap { figure in
          figure.value.map { _ in (figure.key, Ratio(1, over: 7)) }
        }))
    let (_, figures, sentences) = try north(try past(edition))
    #expect(
      sentences
        == "Not compared with Oct 30, 2026, since when another period has begun: Won this quarter, "
        + "Win rate and Coverage of this quarter.")
    #expect(figures["Won this quarter"]?.note?.plain == "3 deals")
    #expect(figures["Open pipeline"]?.change?.against == "since Oct 30, 2026")
  }

  @Test("Figures without an earlier period are held against the edition of a year before")
  func yearBefore() throws {
    let exact = try north(nil).document.exact
    let open = try #require(exact.first { $0.label == "Open pipeline" })
    let edition = ReportPast.Edition(
      day: day("2025-11-18"),
      figures: [
        open.key: Ratio(60_000, over: 1),
        "won_amount fiscal_quarter_to_date": Ratio(1, over: 1),
      ])
    let (_, figures, _) = try north(try past(edition, isYearBefore: true))
    let note = try #require(figures["Open pipeline"]?.note?.plain)
    #expect(note.hasSuffix("+$30.0\u{A0}k (+50.0%) against Nov 18, 2025"))
    // It has the year before by its definition.
    #expect(figures["Won this quarter"]?.note?.plain == "3 deals")
  }

  @Test("A trend has a row a run, the as-of date last, and only figures that some run knew")
  func trend() {
    var context = ReportContext(
      organisation: "Acme", formatter: ValueFormatter(), calendar: FiscalCalendar(),
      asOf: day("2026-11-20"))
    context.past = ReportPast(trend: [
      ReportPast.TrendDay(day: day("2026-11-13"), figures: [.neglected: Ratio(7, over: 1)]),
      ReportPast.TrendDay(
        day: day("2026-11-20"),
        figures: [.neglected: Ratio(5, over: 1), .conflicts: Ratio(2, over: 1)]),
    ])
    let table = context.table(.trend)
    #expect(table.columns.map(\.name) == ["as_of", "neglected_accounts", "conflicts"])
    #expect(table["as_of"]?.text(1) == "2026-11-20")
    #expect(table["conflicts"]?.value(0) == nil)
    #expect(table["conflicts"]?.value(1) == Ratio(2, over: 1))
  }
}
