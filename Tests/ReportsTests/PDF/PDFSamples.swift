import Foundation
import Graphics

@testable import Reports

/// Documents that a PDF must survive, made by hand.
enum PDFSamples {
  static func text(_ text: String) -> Shown { Shown(text, data: text, unit: .text) }
  static func money(_ amount: Int) -> Shown { ValueFormatter().money(Int128(amount) * 10_000) }
  static func count(_ number: Int) -> Shown { ValueFormatter().count(Int128(number)) }

  /// A document of some sections with two definitions.
  static func document(
    _ sections: [ReportDocument.Section], name: String = "West",
    locale: ReportLocale = .enUS
  ) -> ReportDocument {
    ReportDocument(
      report: "sample", title: "Sample report", organisation: "Acme",
      edition: ReportDocument.Edition(
        kind: .territory, id: "0MIxx0000000001AAA",
        name: ReportDocument.Name(
          name, link: RecordLink(base: "https://acme.example", id: "0MIxx0000000001AAA")),
        path: [ReportDocument.Name("Americas")]),
      locale: locale, currency: "USD",
      asOf: Shown("Nov 20, 2026", data: "2026-11-20", unit: .date),
      headline: "\(ReportDocument.Name(name)) has won \(money(1_284_300)).", sections: sections,
      definitions: [
        ReportDocument.Definition(
          id: "won_amount", term: "Won", text: "Value of won bookings by close date."),
        ReportDocument.Definition(
          id: "it's \\ odd", term: "Odd", text: "A definition whose id has a quote."),
      ],
      footer: ReportDocument.Footer(
        facts: [
          ReportDocument.Fact(key: "as-of", label: "As of", value: text("Nov 20, 2026")),
          ReportDocument.Fact(key: "currency", label: "Currency", value: text("USD")),
        ],
        quality: [
          ReportDocument.QualityCount(
            code: "account-parent-absent", severity: "warning",
            text: "The parent of an account is not in the export.", count: count(3))
        ]))
  }

  static func section(
    _ title: String, _ blocks: [ReportDocument.Block], isNarrow: Bool = false
  ) -> ReportDocument.Section {
    ReportDocument.Section(
      id: title.lowercased().replacing(" ", with: "-"), title: title, blocks: blocks,
      isNarrow: isNarrow)
  }

  private static let stages = ["Qualification", "Discovery", "Proposal", "Negotiation"]

  /// A list of deals with links, marks, a line of others and a total.
  static func deals(_ count: Int) -> ReportDocument.Table {
    let rows = (0..<count).map { index in
      ReportDocument.Row([
        ReportDocument.Cell(
          text("\(DemoAnswers.companies[index % 12]) – renewal of licences \(index + 1)"),
          link: RecordLink(base: "https://acme.example", id: "006xx\(index)")),
        ReportDocument.Cell(text(DemoAnswers.people[index % 6])),
        ReportDocument.Cell(text(stages[index % 4])),
        ReportDocument.Cell(
          Shown("Dec \(index % 28 + 1), 2026", data: "2026-12-01", unit: .date),
          mark: index % 7 == 0 ? "overdue" : nil),
        ReportDocument.Cell(money(1_000_000 - index * 1_733)),
      ])
    }
    func line(_ words: String, _ amount: Int) -> ReportDocument.Row {
      ReportDocument.Row(
        [text(words), text(""), text(""), text(""), money(amount)].map { ReportDocument.Cell($0) })
    }
    return ReportDocument.Table(
      id: "deals", title: "All deals",
      columns: [
        ReportDocument.Column(key: "deal", title: "Deal", isRowHeader: true),
        ReportDocument.Column(key: "owner", title: "Owner"),
        ReportDocument.Column(key: "stage", title: "Stage"),
        ReportDocument.Column(key: "close", title: "Close date"),
        ReportDocument.Column(
          key: "amount", title: "Value", unit: "USD", alignment: .end, definition: "won_amount"),
      ],
      rows: rows, other: line("27 others", 123_456), total: line("All", 99_887_766),
      extent: ReportDocument.Extent(
        shown: self.count(count), all: self.count(count + 27),
        text: "\(count) of \(count + 27), the largest first"),
      whyEmpty: "No deal is open.", note: "Deals are credited to their current owner.")
  }

  /// A table of many columns of amounts.
  static func wide(_ columns: Int, rows: Int = 9) -> ReportDocument.Table {
    ReportDocument.Table(
      id: "wide\(columns)", title: "By territory and month",
      columns: [ReportDocument.Column(key: "territory", title: "Territory", isRowHeader: true)]
        + (1..<columns).map {
          ReportDocument.Column(key: "m\($0)", title: "Month \($0)", alignment: .end)
        },
      rows: (0..<rows).map { row in
        ReportDocument.Row(
          [ReportDocument.Cell(text("Northern California and Nevada \(row)"))]
            + (1..<columns).map { ReportDocument.Cell(money(10_000_000 + row * 71 + $0 * 13_331)) })
      }, whyEmpty: "")
  }

  /// Names in a table, a sentence, a figure and a call-out.
  static func names(_ names: [String]) -> [ReportDocument.Section] {
    let link = RecordLink(base: "https://acme.example", id: "001xx")
    let linked = names.map { ReportDocument.Name($0, link: link) }
    let sentences: [ReportDocument.Block] = linked.map {
      .paragraph("The account \($0) has won \(money(76_543)).")
    }
    let warnings: [ReportDocument.Block] = linked.map {
      .callout(ReportDocument.Callout(kind: .warning, text: "Look at \($0)."))
    }
    return [
      section(
        "Names",
        [
          .table(
            ReportDocument.Table(
              id: "names", title: "Names",
              columns: [
                ReportDocument.Column(key: "name", title: "Account", isRowHeader: true),
                ReportDocument.Column(key: "owner", title: "Owner"),
                ReportDocument.Column(key: "won", title: "Won", alignment: .end),
              ],
              rows: names.enumerated().map { index, name in
                ReportDocument.Row(
                  [
                    ReportDocument.Cell(text(name), link: link, mark: "overdue"),
                    ReportDocument.Cell(text(name)), ReportDocument.Cell(money(1_234_567 + index)),
                  ], level: index % 8)
              }, whyEmpty: ""))
        ] + sentences),
      section("Warnings", warnings),
    ]
  }

  /// A section of each kind without anything in it.
  static var empty: [ReportDocument.Section] {
    [
      section(
        "Empty list",
        [
          .table(
            ReportDocument.Table(
              id: "none", title: "Deals", columns: [], rows: [], whyEmpty: "No deal is open."))
        ]),
      section("No figures", [.figures([])]),
      section("Nothing", []),
      ReportDocument.Section(
        id: "absence", title: "Absence", absence: "Without accounts there is nothing to say."),
    ]
  }

  /// Key figures, a sentence and a call-out with every kind of value.
  static var figures: ReportDocument.Section {
    let change = ReportDocument.Change(
      value: Shown("+$917 (+5.0%)", data: "917", unit: .money("USD")), direction: .up,
      moreIsBetter: true, against: "on last week")
    let weak = Shown("27.4%", data: "0.274", unit: .rate, strength: .weak)
    let none = Shown("–", data: "", unit: .rate, strength: .undefined)
    return section(
      "Where we stand",
      [
        .figures([
          .init(label: "Won", value: money(1_284_300), change: change, definition: "won_amount"),
          .init(label: "Win rate", value: weak, note: "of 3 deals", definition: "it's \\ odd"),
          .init(label: "Attainment", value: none, definition: "not_defined"),
          .init(label: "Deals", value: count(4_711), note: "42 of them overdue"),
          .init(label: "Coverage", value: Shown("2.4×", data: "2.4", unit: .multiple)),
        ]),
        .paragraph("Won \(money(55_512)), which is \(weak) of all."),
        .callout(.init(kind: .note, text: "The quota of \(money(900_001)) is new.")),
      ])
  }

  /// A family whose drawing is larger than any page.
  static func tree(boxes: Int) throws -> ReportDocument.Section {
    let nodes = (0..<boxes).map { index in
      TreeDiagram.Node(
        parent: index == 0 ? nil : (index - 1) / 6,
        lines: ["Company number \(index)", "France · Ada Lovell", "$\(index) k"],
        value: Int64(index), group: "Region \(index % 3)")
    }
    let diagram = try TreeDiagram(
      heading: ChartHeading(title: ""), nodes: nodes, maximum: boxes,
      foldLines: { count, _ in ["+\(count)"] })
    var theme = Theme.light
    theme.margin = 4
    let scene = diagram.scene(width: 384, theme: theme, measurer: try Demo.canvas())
    return section(
      "The family",
      [
        .tree(
          ReportDocument.Tree(
            id: "tree", title: "Accounts of the family", takeaway: "A large family.",
            picture: ReportDocument.Picture(
              light: scene, dark: scene, alternative: "A tree of \(boxes) boxes."),
            nodes: ReportDocument.Table(
              id: "nodes", title: "Accounts",
              columns: [ReportDocument.Column(key: "account", title: "Account", isRowHeader: true)],
              rows: (0..<boxes).map {
                ReportDocument.Row([ReportDocument.Cell(text("Company number \($0)"))])
              }, whyEmpty: "")))
      ])
  }
}
