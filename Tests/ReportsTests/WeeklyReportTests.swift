import Testing

@testable import Reports

@Suite("The weekly territory report")
struct WeeklyReportTests {
  @Test("The headline states won, its change on the same days of the year before, and what is open")
  func headline() throws {
    let north = try #require(try Company.documents().first { $0.edition.name.text == "North" })
    // Won since November 1: 100,000 + 50,000. The year before, by November 20: 60,000 alone.
    #expect(
      north.headline.plain
        == "North has won $150\u{A0}k in Q4 FY2027 to date, +$90.0\u{A0}k (+150.0%) on the same days a year "
        + "earlier. Open: $90.0\u{A0}k in 3 deals.")
  }

  @Test("Figures without a value are left out, each with a sentence that says why")
  func missing() throws {
    let north = try #require(try Company.documents().first { $0.edition.name.text == "North" })
    let section = try #require(north.sections.first { $0.id == "key-figures" })
    guard case .figures(let figures) = section.blocks.first,
      case .paragraph(let sentences) = section.blocks.last
    else {
      Issue.record("the section holds figures and a paragraph")
      return
    }
    #expect(
      figures.map(\.label) == [
        "Won this quarter", "Won this year", "Open pipeline", "Weighted pipeline", "Win rate",
      ])
    #expect(
      figures.map(\.value.data) == ["150000.00", "150000.00", "90000.00", "45000.00", "1.000000"])
    #expect(
      sentences.plain
        == "Quota attainment this year is not shown: this export holds no quota for it. "
        + "Coverage of this quarter is not shown: it needs a quota that is not yet met.")
    // Two deals were closed in the four completed quarters: the rate is weak and says so.
    let rate = figures[4]
    #expect(rate.value.strength == .weak)
    #expect(
      rate.note?.plain
        == "of 2 deals closed in the last four completed quarters; weak, with fewer than five cases"
    )
  }

  @Test("A figure whose earlier period holds nothing is shown without a change, and says so")
  func noChange() throws {
    let south = try #require(try Company.documents().first { $0.edition.name.text == "South" })
    let section = try #require(south.sections.first { $0.id == "key-figures" })
    guard case .figures(let figures) = section.blocks.first,
      case .paragraph(let sentences) = section.blocks.last
    else {
      Issue.record("the section holds figures and a paragraph")
      return
    }
    #expect(figures[0].change == nil)
    #expect(figures[0].note?.plain == "1 deal")
    #expect(
      sentences.plain.hasPrefix(
        "Won this quarter is shown without its change: nothing is known of the first 20 days of "
          + "Q4 FY2026. Won this year is shown without its change: nothing is known of the first "
          + "293 days of FY2026. "))
  }

  @Test("Open deals due this quarter stand largest first, the overdue one marked")
  func due() throws {
    let north = try #require(try Company.documents().first { $0.edition.name.text == "North" })
    let table = try #require(north.table("biggest-open-deals-due-this-quarter"))
    #expect(table.rows.map { $0.cells[0].value.text } == ["Bramble 2", "Bramble 3"])
    #expect(table.rows.map { $0.cells[4].mark } == [nil, "overdue"])
    #expect(table.rows.map { $0.cells[5].value.text } == ["$40,000", "$30,000"])
    #expect(table.rows[0].cells[1].link?.url == "https://acme.my.salesforce.com/a2")
    #expect(table.extent?.text == "All 2, the largest first")
  }

  @Test("A territory's edition names no account or deal of another territory")
  func scope() throws {
    let south = try #require(try Company.documents().first { $0.edition.name.text == "South" })
    let templates = try Templates()
    let html = HTMLWriter(templates: templates).text(of: south)
    let xml = String(
      decoding: try XMLWriter(templates: templates).bytes(of: south), as: UTF8.self)
    for hidden in ["Acorn", "Bramble", "Ada Lovell"] {
      #expect(!html.contains(hidden))
      #expect(!xml.contains(hidden))
    }
    #expect(html.contains("Cedar 2"))
  }

  @Test("Editions come in the order of the tree, the company first")
  func editions() throws {
    let documents = try Company.documents()
    #expect(documents.map(\.edition.name.text) == ["Acme", "North", "South"])
    let family = try #require(documents[0].sections.first { $0.id == "the-largest-family" })
    guard case .tree(let tree) = family.blocks.first else {
      Issue.record("the company has a family of two accounts")
      return
    }
    // Acorn won 100,000 + 50,000 + 60,000 + 70,000; Bramble has 90,000 open.
    #expect(
      tree.takeaway.plain
        == "Acorn with its 2 accounts: $280\u{A0}k won of all time, $90.0\u{A0}k open.")
    #expect(tree.nodes.rows.map(\.level) == [0, 1])
  }
}

extension ReportDocument {
  func table(_ section: String) -> Table? {
    for block in sections.first(where: { $0.id == section })?.blocks ?? [] {
      if case .table(let table) = block { return table }
    }
    return nil
  }
}

@Suite("Editions")
struct EditionTests {
  @Test("An export without territories has one edition, of the company, sliced by owners")
  func noTerritories() throws {
    #expect(EditionScope.all(of: .territory, company: "Acme", model: nil).isEmpty)
    #expect(
      EditionScope.whyNone(of: .territory)
        == "This export holds no territories of an active model (Territory2), so there is no "
        + "edition by territory.")
    let company = EditionScope.all(of: .company, company: "Acme", model: nil)
    #expect(company.map(\.name) == ["Acme"])
    let plan = ReportPlan(try Demo.definition(), for: company[0], in: Demo.context())
    #expect(
      plan.queries.contains { $0.by == [.owner] && $0.metrics == ["won_amount", "owner_quota"] })
  }

  @Test("The company's chart shows its territories and says who has the most, of the whole")
  func company() throws {
    let company = try Company.documents()[0]
    let section = try #require(company.sections.first { $0.id == "won-against-quota" })
    guard case .chart(let chart) = section.blocks.first else {
      Issue.record("the company has won something")
      return
    }
    // North 150,000 and South 5,000 in FY2027.
    #expect(
      chart.takeaway.plain == "North has the most: $150\u{A0}k, 96.8% of $155\u{A0}k.")
    #expect(chart.data.rows.map { $0.cells[1].value.data } == ["150000.00", "5000.00"])
    #expect(chart.title == "This fiscal year, by territory or owner; no target is known; USD")
  }
}
