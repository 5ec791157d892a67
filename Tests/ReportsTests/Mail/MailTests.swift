import Foundation
import Graphics
import Records
import TestKit
import Testing

@testable import Reports

@Suite("Mails")
struct MailTests {
  @Test(
    "A mail gives its templates exactly what the check of templates promises",
    arguments: [false, true])
  func shape(isEmpty: Bool) throws {
    let templates = try Templates()
    var documents = [try Demo.document(DemoAnswers(isEmpty: isEmpty))]
    documents.append(
      Letter.document(sections: [
        Letter.section(
          "Open",
          [
            .callout(ReportDocument.Callout(kind: .warning, text: "Two deals are overdue.")),
            .table(Letter.deals(2, of: 9)),
          ])
      ]))
    documents[1].comment = ["Call the first one.", "Then the second."]
    documents[1].quiet = [ReportDocument.QuietSection(id: "lost", title: "Lost", why: "Nothing.")]
    for document in documents {
      let page = MailPage(document: document, templates: templates, whereRest: "in the attachment")
      let fields = templates.mailFields(
        page.fields(MailPage.Extent(sections: document.sections.count)), title: "Title",
        locale: .enUS)
      #expect(MailShape.message.mismatch(.object(fields)) == nil)
    }
  }

  @Test(
    "A strict reader finds nothing that mail programs do not know", .needs(.python),
    arguments: [
      DemoAnswers(), DemoAnswers(isEmpty: true), DemoAnswers(isAwkward: true, rows: 60),
    ])
  func strict(answers: DemoAnswers) async throws {
    let problems = try await Letter.read(Letter.mail(Demo.document(answers)).html)
    #expect(problems == [])
  }

  @Test("The strict reader finds what it is for", .needs(.python))
  func reader() async throws {
    #expect(
      try await Letter.read(
        """
        <!DOCTYPE html>
        <html lang="en"><head><style>p { color: red }</style></head><body>
        <script>1</script><p onclick="x" style="display:flex">a</div>
        <img src="data:image/png;base64,AA==" alt=""><a href="#gone">b</a>
        <table><tr><td>c</td></tr></table></body></html>
        """) == [
          "Line 2: <style> holds more than media queries.",
          "Line 3: <script> is no tag for mails.",
          "Line 3: </script> closes nothing; open is <body>.",
          "Line 3: <p> has the attribute onclick.",
          "Line 3: <p> has the style display:flex.",
          "Line 3: </div> closes nothing; open is <p>.",
          "Line 4: A picture comes from data:image/png;base64,AA==.",
          "Line 4: A picture has no words for those who cannot see it.",
          "Line 4: A picture has no width.", "Line 4: A picture has no height.",
          "Line 4: A picture has no ground of its own.",
          "Line 5: A table has neither headings nor role=\"presentation\".",
          "Line 5: </body> closes nothing; open is <p>.",
          "Line 5: </html> closes nothing; open is <p>.",
          "<html> is never closed.", "<body> is never closed.", "<p> is never closed.",
          "A link leads to #gone, which is nowhere.",
        ])
  }

  @Test("Every figure of the document stands in the mail as it stands in the page", .needs(.python))
  func figures() async throws {
    let document = try Demo.document()
    let mail = try Letter.mail(document)
    let words = Set(try await Letter.read(mail.html, words: true))
    let text = mail.text
    for case .figures(let figures) in document.sections.flatMap(\.blocks) {
      for figure in figures {
        #expect(words.contains(figure.value.text), "\(figure.label)")
        #expect(text.contains(figure.value.text), "\(figure.label)")
        if let change = figure.change {
          #expect(words.contains { $0.hasSuffix(change.value.text) }, "\(figure.label)")
        }
      }
    }
    for case .table(let table) in document.sections.flatMap(\.blocks) {
      let shown = MailTable(
        table, isTree: false, markup: MailMarkup(colours: MailColours(.builtIn)), whereRest: nil,
        format: ValueFormatter())
      for column in shown.columns.figures {
        for row in table.rows {
          #expect(words.contains(row.cells[column].value.text), "\(table.columns[column].title)")
        }
      }
    }
  }

  @Test("The same document gives the same bytes, in HTML, text and pictures")
  func deterministic() throws {
    let one = try Letter.mail(Demo.document(DemoAnswers(isAwkward: true)))
    #expect(try one == Letter.mail(Demo.document(DemoAnswers(isAwkward: true))))
  }

  @Test("Pictures are opaque PNGs of twice their size, each with an address and a name of its own")
  func pictures() throws {
    let document = Letter.document(sections: [
      Letter.section("One", [.chart(Letter.chart("won")), .chart(Letter.chart("won by «x»"))])
    ])
    let mail = try Letter.mail(document)
    #expect(
      mail.images.map(\.contentID) == [
        "weekly.0MIxx0000000001AAA.2026-11-20.won@cadastre",
        "weekly.0MIxx0000000001AAA.2026-11-20.won-by---x--@cadastre",
      ])
    #expect(mail.images.map(\.fileName) == ["won.png", "won-by---x--.png"])
    for image in mail.images {
      #expect(image.width == 200 && image.height == 81)
      #expect(image.png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
      func number(_ at: Int) -> Int { image.png[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
      #expect(number(16) == 400 && number(20) == 161)
      // 8 bits of red, green and blue: no channel of transparency.
      #expect(image.png[24] == 8 && image.png[25] == 2)
      #expect(
        mail.html.contains(
          "<img src=\"cid:\(image.contentID)\" width=\"200\" height=\"81\" alt=\"West won most.\""))
    }
    let preview = mail.preview()
    #expect(preview.contains("<img src=\"won.png\" width=\"200\""))
    #expect(!preview.contains("cid:"))
  }

  @Test("A project's own template takes the place of the built-in one, and its mistakes are found")
  func templates() throws {
    let own: [String: (text: String, path: String)] = [
      "mail/definitions.mustache": ("[{{#definitions}}{{term}};{{/definitions}}]", "mine")
    ]
    let html = try MailWriter(templates: Templates(overrides: own), canvas: Demo.canvas())
      .parts(
        of: Letter.document(
          sections: [],
          definitions: [ReportDocument.Definition(id: "won", term: "Won", text: "What was won.")])
      ).html
    #expect(html.contains("[Won;]"))
    let wrong: [String: (text: String, path: String)] = [
      "mail/definitions.mustache": ("{{#definitions}}{{trem}}{{/definitions}}", "mine")
    ]
    let error = #expect(throws: FindingsError.self) { try Templates(overrides: wrong) }
    #expect(
      error?.findings.map(\.description) == [
        "mine:1:17: error: nothing called \"trem\" is given here; nothing was rendered; did you "
          + "mean \"term\"?"
      ])
  }

  @Test("Colours that say something are seen on white and on black")
  func colours() {
    let colours = MailColours(.builtIn)
    for colour in [colours.link, colours.good, colours.bad] {
      #expect(colour.contrast(with: Colour(0xFFFFFF)) >= 4.5)
      #expect(colour.contrast(with: Colour(0x000000)) >= 4.2)
    }
  }
}

@Suite("The size of a mail")
struct MailSizeTests {
  @Test(
    "Of three tables of 5,000 rows a mail shows as many as fit, and says how many there are",
    .needs(.python))
  func long() async throws {
    let document = Letter.document(
      sections: (1...3).map { number in
        Letter.section("List \(number)", [.table(Letter.deals(5_000, id: "deals-\(number)"))])
      })
    let mail = try Letter.mail(document)
    let problems = try await Letter.read(mail.html)
    #expect(problems == [])
    #expect(
      mail.html.components(of: "40 of 5,000, the largest first; all in the attachment</p>") == 3)
    #expect(mail.html.contains(">Deal 39</a>"))
    #expect(!mail.html.contains(">Deal 40</a>"))
    #expect(mail.text.contains("40 of 5,000, the largest first; all in the attachment\n"))
  }

  @Test("The longest tables give way first, all to one length; short ones stay whole")
  func longest() throws {
    let lists = (1...8).map { number in
      Letter.section("List \(number)", [.table(Letter.deals(5_000, id: "deals-\(number)"))])
    }
    let document = Letter.document(
      sections: lists + [
        Letter.section("Short", [.table(Letter.deals(5, name: { "Small \($0)" }))])
      ])
    let mail = try Letter.mail(document)
    #expect(mail.html.utf8.count <= 92_160)
    // One row more for each of them would be too much: a row has more than 400 bytes.
    #expect(mail.html.utf8.count > 92_160 - 8 * 600)
    let shown = mail.html.components(of: ">Deal 0</a>")
    #expect(shown == 8)
    let last = (0..<40).last { mail.html.contains(">Deal \($0)</a>") } ?? 0
    #expect(
      mail.html.components(of: "\(last + 1) of 5,000, the largest first; all in the attachment")
        == 8)
    #expect(mail.html.contains("All 5, the largest first</p>"))
    #expect(mail.html.contains(">Small 4</a>"))
  }

  @Test("Rows kept back are said to be in the attachment; a complete list is not sent there")
  func kept() throws {
    let document = Letter.document(sections: [
      Letter.section("Cut", [.table(Letter.deals(10, of: 37))]),
      Letter.section("Whole", [.table(Letter.deals(10, id: "whole"))]),
    ])
    let mail = try Letter.mail(document)
    #expect(mail.html.contains(">10 of 37, the largest first; all in the attachment</p>"))
    #expect(mail.html.contains(">All 10, the largest first</p>"))
    let alone = try MailWriter(templates: Templates(), canvas: Demo.canvas()).parts(
      of: document, whereRest: nil)
    #expect(alone.html.contains(">10 of 37, the largest first</p>"))
  }

  @Test("The line that sums the others stands where all shown rows do, and not where more are cut")
  func other() throws {
    var table = Letter.deals(10, of: 37)
    table.other = ReportDocument.Row([
      Letter.text("27 others"), Letter.text(""), Letter.text(""), Letter.money(1),
    ])
    #expect(
      try Letter.mail(Letter.document(sections: [Letter.section("A", [.table(table)])])).html
        .contains("27 others"))
    var long = Letter.deals(50, of: 77)
    long.other = table.other
    let mail = try Letter.mail(Letter.document(sections: [Letter.section("A", [.table(long)])]))
    #expect(!mail.html.contains("27 others"))
    #expect(!mail.text.contains("27 others"))
    #expect(mail.html.contains(">40 of 77, the largest first; all in the attachment</p>"))
  }

  @Test("Where rows alone do not make room, definitions and the last sections go, and are named")
  func sections() throws {
    let words = String(repeating: "word ", count: 700)
    let document = Letter.document(
      sections: (1...40).map { Letter.section("Part \($0)", [.paragraph("\(words: words)")]) },
      definitions: [ReportDocument.Definition(id: "won", term: "Won", text: "What was won.")])
    let mail = try Letter.mail(document)
    #expect(mail.html.utf8.count <= 92_160)
    #expect(mail.html.contains(">Part 20</h2>"))
    #expect(!mail.html.contains(">Part 30</h2>"))
    #expect(
      mail.html.contains("Part 38, Part 39, Part 40 and Definitions (in the attachment)."))
    #expect(mail.text.contains("Part 40\n=======\n"))
  }

  @Test("A tree too wide for a mail is its upper levels, with the count of all")
  func tree() throws {
    // A root, twenty below it, and below the first of those two more.
    let levels = [0, 1, 2, 2] + [Int](repeating: 1, count: 19)
    let rows = levels.enumerated().map { index, level in
      ReportDocument.Row([Letter.text("Node \(index)"), Letter.money(index)], level: level)
    }
    let tree = ReportDocument.Tree(
      id: "tree", title: "Accounts", takeaway: "A family.", picture: nil,
      nodes: ReportDocument.Table(
        id: "nodes", title: "Accounts",
        columns: [
          ReportDocument.Column(key: "account", title: "Account", isRowHeader: true),
          ReportDocument.Column(key: "won", title: "Won", alignment: .end),
        ], rows: rows, whyEmpty: ""))
    let html = try Letter.mail(
      Letter.document(sections: [Letter.section("Family", [.tree(tree)])])
    ).html
    #expect(html.contains(">12 of 23; all in the attachment</p>"))
    #expect(html.contains(">Node 1<"))
    #expect(!html.contains(">Node 2<"))
    #expect(html.contains(">Node 13<"))
    #expect(!html.contains(">Node 14<"))
  }
}

@Suite("Mails that hold hostile names")
struct MailHostileTests {
  private static let names =
    DemoAnswers.awkward + [
      "{{#sections}}{{title}}{{/sections}}", "src=\"cid:x\"", "javascript:alert(1)",
      String(repeating: "W", count: 10_000),
      "a" + String(repeating: "\u{301}", count: 10_000), "Line\r\nBcc: all@acme.example",
    ]

  @Test("They are text, and nothing more, in HTML and text", .needs(.python))
  func inert() async throws {
    var document = Letter.document(
      name: "<script>alert(1)</script>",
      headline: "\(ReportDocument.Name("{{x}}\u{202E}evil")) has won.",
      sections: [
        Letter.section(
          "Names",
          [
            .table(Letter.deals(Self.names.count, name: { Self.names[$0] })),
            .figures([
              ReportDocument.KeyFigure(
                label: "Won", value: Letter.format.text("<b>"),
                note: "\(ReportDocument.Name("=cmd|' /C calc'!A0"))")
            ]),
            .chart(Letter.chart("won", alternative: "\"><script>alert(1)</script>")),
          ])
      ])
    document.comment = ["\(ReportDocument.Name("</td></tr></table>"))"]
    let mail = try Letter.mail(document)
    let problems = try await Letter.read(mail.html)
    #expect(problems == [])
    #expect(!mail.html.contains("<script"))
    #expect(mail.html.contains("{{x}}evil has won."))
    #expect(mail.html.contains("{{#sections}}{{title}}{{/sections}}"))
    #expect(mail.html.contains("=cmd|&#39; /C calc&#39;!A0"))
    #expect(mail.html.utf8.count < 40_000)
    for text in [mail.html, mail.text, mail.subject] {
      #expect(
        !text.unicodeScalars.contains {
          $0.value < 0x20 && $0 != "\n" || (0x202A...0x202E).contains($0.value)
        })
    }
    #expect(mail.preview().contains("<img src=\"won.png\""))
    #expect(mail.preview().contains("src=&quot;cid:x&quot;"))
  }

  @Test("A subject is one line, and not without end")
  func subject() throws {
    func subject(_ name: String) throws -> String {
      MailWriter.subject(of: Letter.document(name: name, sections: []))
    }
    #expect(try subject("West") == "Weekly report: West, Nov 20, 2026")
    #expect(
      try subject("West\r\nBcc: all@acme.example\u{0}\u{202E}")
        == "Weekly report: West  Bcc: all@acme.example\u{FFFD}, Nov 20, 2026")
    #expect(
      try subject(String(repeating: "W", count: 10_000))
        == "Weekly report: \(String(repeating: "W", count: 79))…, Nov 20, 2026")
  }

  @Test("The line that mail programs show beside the subject is the headline")
  func preheader() throws {
    #expect(
      try Letter.mail(Letter.document(sections: [])).html.contains(
        "overflow:hidden;mso-hide:all\">West has won $1.3 M.</div>"))
  }
}
