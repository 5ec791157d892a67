import BuiltIns
import Metrics
import Records
import Testing

@testable import Reports

/// The weekly report as it ships, on a company of which every figure is known.
@Suite("The weekly report as it ships")
struct WeeklyEditionTests {
  private func edition(_ name: String) throws -> ReportDocument {
    let text = try #require(BuiltIns.text("reports/weekly-territory.yaml"))
    return try #require(
      try Company.documents(text: text).first { $0.edition.name.text == name })
  }

  private func tables(_ document: ReportDocument, _ section: String) -> [ReportDocument.Table] {
    (document.sections.first { $0.id == section }?.blocks ?? []).compactMap {
      if case .table(let table) = $0 { return table }
      return nil
    }
  }

  @Test("The headline says what was won, of what quota, what is open and what is overdue")
  func headline() throws {
    #expect(
      try edition("North").headline.plain
        == "North has won $151\u{A0}k in Q4 FY2027 to date, +$91.0\u{A0}k (+151.7%) on the same days "
        + "a year earlier; that is 37.8% of its quota of $400\u{A0}k. Open: $90.0\u{A0}k in 3 deals, "
        + "1 of them overdue.")
  }

  @Test("Key figures stand beside quota, gap and the pace of earlier quarters")
  func figures() throws {
    let section = try #require(try edition("North").sections.first { $0.id == "key-figures" })
    guard case .figures(let figures)? = section.blocks.first else {
      Issue.record("there are figures")
      return
    }
    let byLabel = Dictionary(uniqueKeysWithValues: figures.map { ($0.label, $0) })
    // 151,000 of 400,000; the quota of the quarter stands for all below North.
    let attained = byLabel["Quota attained this quarter"]
    #expect(attained?.value.text == "37.8%")
    #expect(attained?.note?.plain == "of a quota of $400\u{A0}k; $249\u{A0}k to go")
    // Of 130,000 in Q4 FY2026, the one earlier quarter with a deal, 60,000 were won by November 10,
    // before the working day that November 20 is of its quarter.
    let pace = byLabel["Usual pace by this day"]
    #expect(pace?.value.text == "46.2%")
    #expect(
      pace?.note?.plain
        == "of the quarter\u{2019}s final value, median of 1 quarter, 46.2% to 46.2%")
    #expect(byLabel["Coverage of this quarter"]?.value.text == "0.3×")
    // No deal has a forecast category or a class here.
    #expect(byLabel["Commit this quarter"] == nil)
    #expect(byLabel["Renewals due this quarter"] == nil)
  }

  @Test("What to act on stands by money with its reason")
  func act() throws {
    // Nobody logs activity here, so that no deal is listed for want of it.
    let table = try #require(try tables(edition("North"), "act-this-week").first)
    #expect(
      table.rows.map { [$0.cells[0].value.text, $0.cells.last?.value.text] } == [
        ["Bramble 2", "closes Dec 1, 2026"], ["Bramble 3", "overdue since Nov 1, 2026"],
      ])
  }

  @Test("The team stands with what each has won and holds")
  func team() throws {
    let table = try #require(try tables(edition("North"), "team").first)
    // Ada: Acorn's 150,000 and Dune's 1,000 of FY2027 in four deals with Coast's, three open ones.
    #expect(
      table.rows.map { $0.cells.map(\.value.text) } == [
        ["Ada Lovell", "(no role here)", "3", "$151,000", "3", "$90,000", "3", "100.0%"]
      ])
  }

  @Test("Deals closed this week stand with their outcome")
  func closed() throws {
    let table = try #require(try tables(edition("North"), "won-and-lost-this-week").first)
    #expect(
      table.rows.map { [$0.cells[0].value.text, $0.cells[3].value.text, $0.cells[5].value.text] }
        == [["Acorn 2", "Closed Won", "$50,000"], ["Bramble 1", "Closed Lost", "$9,000"]])
  }

  @Test("The bridge of a scope balances, and names the deals behind its steps")
  func bridge() throws {
    // From November 8 to 15 nothing closed, and nothing was created: all stays as it was. Bramble 1 and
    // Acorn 2, closed on the 17th and 18th, still stood open.
    let steps = try #require(try tables(edition("North"), "what-moved-the-pipeline").first)
    #expect(
      steps.rows.map { $0.cells.map(\.value.text) } == [
        ["Opening", "5", "$149,000"], ["Closing", "5", "$149,000"],
      ])
  }
}
