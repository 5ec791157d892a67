import Records

@testable import Reports

/// One edition that holds everything a document can: each unit, what is not known, weak rates,
/// complete lists, totals, what stands for a rest, trees, comments, and names that try to be more
/// than text.
enum AgreementDocument {
  static let hostile = [
    "=cmd|' /C calc'!A0", "+1+1", "-2-3", "@SUM(A1:A9)", "\t=1+1", "'quoted", "_x0041_ and _x004",
    "007",
    "1e5", "TRUE", "2026-11-20", "<script>alert(1)</script>", "{{mustache}} & \"quotes\"",
    "\u{202E}evil.exe", "\u{FF1D}1+1", "a,b;c\"d", " spaces around ", "👩‍👩‍👧 Zoë ﷽ 株式会社",
    String(repeating: "W", count: 10_000),
  ]

  static let format = ValueFormatter()

  static func document() throws -> ReportDocument {
    var document = try Demo.document()
    document.comment = ["The quarter turned on \(format.count(3)) deals.", "Well done, everybody."]
    document.quiet = [
      ReportDocument.QuietSection(
        id: "conflicts", title: "Conflicts", why: "No account is claimed twice.")
    ]
    document.absent = [
      ReportDocument.AbsentSection(
        id: "renewals", title: "Renewals", because: "the export holds no contracts",
        remedy: "export Contract")
    ]
    document.sections.append(
      ReportDocument.Section(
        id: "everything", title: "Everything: all [units]",
        blocks: [
          .paragraph("There are \(format.count(4_321)) of them."),
          .callout(
            ReportDocument.Callout(
              kind: .warning, text: "Only \(format.rate(Ratio(1, over: 3))) is known.")),
          .figures(figures), .table(units), .table(tree), .table(cut),
          .table(
            ReportDocument.Table(
              id: "none", title: "Nothing", columns: [ReportDocument.Column(key: "a", title: "A")],
              rows: [], whyEmpty: "Nobody did anything.")),
        ]))
    return document
  }

  static var figures: [ReportDocument.KeyFigure] {
    let (zero, third) = (Ratio(0, over: 1), Ratio(1, over: 3))
    return [
      ReportDocument.KeyFigure(
        label: "Won", value: format.shortMoney(12_345_678_900),
        change: format.change(
          from: Ratio(1_500_000, over: 1), to: Ratio(1_234_567_89, over: 100), against: "last year"),
        note: "of \(format.count(12)) deals"),
      ReportDocument.KeyFigure(
        label: "Rate", value: format.rate(third, cases: 3),
        change: format.rateChange(from: third, to: Ratio(1_063, over: 3_000), against: "last year")),
      ReportDocument.KeyFigure(
        label: "Deals", value: format.count(1_234),
        change: format.countChange(from: zero, to: Ratio(34, over: 1), against: "last year")),
      ReportDocument.KeyFigure(label: "Coverage", value: format.multiple(Ratio(12, over: 5))),
    ]
  }

  /// A row for each hostile name, with a value of each unit.
  static var units: ReportDocument.Table {
    let keys = ["name", "money", "count", "rate", "times", "days", "mean", "number", "day", "id"]
    let rows = hostile.enumerated().map { index, name in
      let number = Int128(index * index * 7_919 - 20_000)
      let isKnown = index % 5 != 3
      let ratio = isKnown ? Ratio(number, over: 977) : Ratio(0, over: 0)
      return ReportDocument.Row([
        ReportDocument.Cell(
          format.text(name),
          link: RecordLink(base: "https://acme.my.salesforce.com", id: "001xx00000\(index)AAA"),
          id: index == 2 ? nil : "001xx00000\(index)AAA"),
        ReportDocument.Cell(format.money(isKnown ? number * 123_457 : nil)),
        ReportDocument.Cell(format.count(isKnown ? number : nil)),
        ReportDocument.Cell(format.rate(ratio, cases: Int128(index))),
        ReportDocument.Cell(format.multiple(ratio)),
        ReportDocument.Cell(format.days(isKnown ? Int128(index * 400) : nil)),
        ReportDocument.Cell(format.meanDays(ratio)), ReportDocument.Cell(format.number(ratio)),
        ReportDocument.Cell(
          format.day(isKnown ? Day(number: Int32(20_000 + index * 31)) : nil),
          mark: index == 4 ? "overdue" : nil),
        ReportDocument.Cell(format.id(isKnown ? "00\(index)E5" : nil)),
      ])
    }
    return ReportDocument.Table(
      id: "units", title: "All units: a [list]?",
      columns: keys.enumerated().map {
        ReportDocument.Column(
          key: $1, title: $1.capitalized, alignment: $0 > 0 ? .end : .start,
          isRowHeader: $0 == 0)
      },
      rows: Array(rows.prefix(10)), rest: Array(rows.dropFirst(10)),
      other: line("9 others", 77), total: line("All", 19),
      extent: ReportDocument.Extent(
        shown: format.count(10), all: format.count(Int128(hostile.count)),
        text: "10 of 19, the worst first"),
      whyEmpty: "", note: "Made up by \(format.count(1)) person.")
  }

  private static func line(_ name: String, _ number: Int128) -> ReportDocument.Row {
    ReportDocument.Row(
      [ReportDocument.Cell(format.text(name))]
        + [
          format.money(number * 10_000), format.count(number),
          format.rate(Ratio(number, over: 100)), format.multiple(Ratio(number, over: 10)),
          format.days(number), format.meanDays(Ratio(number, over: 7)),
          format.number(Ratio(number, over: 3)), format.undefined(.date), format.undefined(.id),
        ].map { ReportDocument.Cell($0) })
  }

  private static var tree: ReportDocument.Table {
    let names = [("Top", 0), ("Left", 1), ("Leaf", 2), ("Right", 1)]
    return ReportDocument.Table(
      id: "levels", title: "Levels",
      columns: [
        ReportDocument.Column(key: "account", title: "Account", isRowHeader: true),
        ReportDocument.Column(key: "won", title: "Won", unit: "USD", alignment: .end),
      ],
      rows: names.enumerated().map { index, node in
        ReportDocument.Row(
          [
            ReportDocument.Cell(format.text(node.0), id: "001xx0000\(index)AAA"),
            ReportDocument.Cell(format.money(Int128(index) * 10_000_000)),
          ], level: node.1)
      }, whyEmpty: "")
  }

  /// A list whose rest is not there, with a line that stands for it.
  private static var cut: ReportDocument.Table {
    func row(_ name: String, _ count: Int128) -> ReportDocument.Row {
      ReportDocument.Row([
        ReportDocument.Cell(format.text(name)), ReportDocument.Cell(format.count(count)),
      ])
    }
    return ReportDocument.Table(
      id: "cut", title: "All units: a list",
      columns: [
        ReportDocument.Column(key: "owner", title: "Owner", isRowHeader: true),
        ReportDocument.Column(key: "deals", title: "Deals", alignment: .end),
      ], rows: [row("Ada", 11), row("Ben", 7)], other: row("3 others", 9), total: row("All", 27),
      extent: ReportDocument.Extent(
        shown: format.count(2), all: format.count(5), text: "2 of 5, the most first"),
      whyEmpty: "")
  }
}
