import Testing

@testable import Reports

@Suite("The weekly territory report")
struct WeeklyReportTests {
  private func edition(_ name: String) throws -> ReportDocument {
    try #require(try Company.documents().first { $0.edition.name.text == name })
  }

  private func keyFigures(
    _ document: ReportDocument
  ) throws -> (figures: [ReportDocument.KeyFigure], sentences: String) {
    let section = try #require(document.sections.first { $0.id == "key-figures" })
    var figures: [ReportDocument.KeyFigure] = []
    var sentences = ""
    for block in section.blocks {
      if case .figures(let some) = block { figures += some }
      if case .paragraph(let prose) = block { sentences += prose.plain }
    }
    return (figures, sentences)
  }

  @Test("The headline states won, its change on the same days of the year before, and what is open")
  func headline() throws {
    // Won since November 1: 100,000 + 50,000 + Coast's 1,000. The year before, by November 20:
    // 60,000 alone. North's own quota is 400,000; Coast's is never added to it.
    #expect(
      try edition("North").headline.plain
        == "North has won $151\u{A0}k in Q4 FY2027 to date, +$91.0\u{A0}k (+151.7%) on the same days "
        + "a year earlier; that is 37.8% of its quota of $400\u{A0}k. Open: $90.0\u{A0}k in 3 deals."
    )
  }

  @Test("Key figures of a territory hold those of the territories below it, but its own quota")
  func figures() throws {
    let (figures, sentences) = try keyFigures(try edition("North"))
    #expect(
      figures.map(\.label) == [
        "Won this quarter", "Won this year", "Quota attainment this year", "Open pipeline",
        "Weighted pipeline", "Win rate", "Coverage of this quarter",
      ])
    // Coverage: 40,000 + 30,000 due this quarter over 400,000 - 151,000.
    #expect(
      figures.map(\.value.data) == [
        "151000.00", "151000.00", "0.377500", "90000.00", "45000.00", "1.000000", "0.281124",
      ])
    #expect(sentences == "")
    // Two deals were closed in the four completed quarters: the rate is weak and says so.
    #expect(figures[5].value.strength == .weak)
    #expect(
      figures[5].note?.plain
        == "of 2 deals closed in the last four completed quarters; weak, with fewer than five cases"
    )
  }

  @Test("Figures and changes without a value are left out, each with a sentence that says why")
  func missing() throws {
    let (figures, sentences) = try keyFigures(try edition("South"))
    #expect(
      figures.map(\.label) == [
        "Won this quarter", "Won this year", "Open pipeline", "Weighted pipeline",
      ])
    #expect(figures[0].change == nil)
    #expect(figures[0].note?.plain == "1 deal")
    #expect(
      sentences
        == "Won this quarter is shown without its change: nothing is known of the first 20 days of "
        + "Q4 FY2026. Won this year is shown without its change: nothing is known of the first 293 "
        + "days of FY2026. Quota attainment this year is not shown: this export holds no quota for "
        + "it. Win rate is not shown: no deal was closed in the last four completed quarters. "
        + "Coverage of this quarter is not shown: it needs a quota that is not yet met.")
  }

  @Test("A territory with others below it is charted before them, each with its target")
  func parts() throws {
    let section = try #require(
      try edition("North").sections.first { $0.id == "won-against-quota" })
    guard case .chart(let chart) = section.blocks.first else {
      Issue.record("North has won something")
      return
    }
    #expect(chart.takeaway.plain == "North has $151\u{A0}k of $400\u{A0}k, 37.8%.")
    #expect(
      chart.data.rows.map { $0.cells.map(\.value.data) } == [
        ["North", "151000.00", "400000.00"], ["Coast", "1000.00", "100000.00"],
      ])
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
    let html = try HTMLWriter(templates: templates, canvas: Demo.canvas()).text(of: south)
    let xml = String(
      decoding: try XMLWriter(templates: templates).bytes(of: south), as: UTF8.self)
    for hidden in ["Acorn", "Bramble", "Ada Lovell"] {
      #expect(!html.contains(hidden))
      #expect(!xml.contains(hidden))
    }
    #expect(html.contains("Cedar 2"))
  }

  @Test("The company's quota is that of its top territories: levels are never added")
  func companyQuota() throws {
    // 151,000 + South's 5,000 of North's 400,000; South has none, and Coast's stands below North's.
    #expect(
      try edition("Acme").headline.plain
        == "Acme has won $156\u{A0}k in Q4 FY2027 to date, +$96.0\u{A0}k (+160.0%) on the same days "
        + "a year earlier; that is 39.0% of its quota of $400\u{A0}k. Open: $98.0\u{A0}k in 4 deals."
    )
  }

  @Test("Every edition of a real engine's figures can be written in both formats")
  func written() throws {
    let templates = try Templates()
    for document in try Company.documents() {
      let html = try HTMLWriter(templates: templates, canvas: Demo.canvas()).text(
        of: document, home: "index.html")
      #expect(try !XMLWriter(templates: templates).bytes(of: document).isEmpty)
      #expect(html.contains("</html>"))
      Demo.look(document.edition.name.text + ".html", html)
    }
  }

  @Test("Editions come in the order of the tree, the company first")
  func editions() throws {
    let documents = try Company.documents()
    #expect(documents.map(\.edition.name.text) == ["Acme", "North", "Coast", "South"])
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

  @Test("Files of editions have plain names, unlike each other also where the territories' are not")
  func files() {
    func edition(_ id: String, _ name: String) -> EditionScope {
      EditionScope(kind: .territory, scope: .territory(0), id: id, name: name)
    }
    let editions = [
      edition("0MI1", "North / West"), edition("0MI2", "South"), edition("0MI3", "SOUTH"),
      edition("0MI4", "東京"), edition("", "../.."), edition("", "…"),
      edition("0MI5", "Søren & Inés Straße"),
    ]
    #expect(
      EditionScope.fileNames(of: editions) == [
        "north-west", "south-0mi2", "south-0mi3", "0mi4", "edition", "edition-2",
        "soren-ines-strasse",
      ])
  }

  @Test("The company's chart shows its territories and says what lacks of the quota")
  func company() throws {
    let company = try Company.documents()[0]
    let section = try #require(company.sections.first { $0.id == "won-against-quota" })
    guard case .chart(let chart) = section.blocks.first else {
      Issue.record("the company has won something")
      return
    }
    // North 151,000 with Coast, and South 5,000 in FY2027.
    // North's quota is 400,000; South has none.
    #expect(chart.takeaway.plain == "North lacks $249\u{A0}k of its quota.")
    #expect(chart.data.rows.map { $0.cells[1].value.data } == ["151000.00", "5000.00"])
    #expect(chart.title == "This fiscal year, by territory or owner; USD")
  }
}
