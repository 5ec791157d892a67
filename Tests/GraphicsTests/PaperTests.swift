import Testing

@testable import Graphics

@Suite("Documents on paper")
struct PaperDocumentTests {
  private let style = TextStyle(10)

  private func run(_ text: String, link: PaperLink? = nil) -> PaperRun {
    PaperRun(text, style: style, colour: Theme.light.ink, link: link)
  }

  private func document(
    _ marks: [PaperMark], outline: [PaperHeading] = [], created: String = "2026-11-20"
  ) -> PaperDocument {
    PaperDocument(
      title: "Title", author: "Acme", subject: "Subject", language: "en-US", created: created,
      pages: [PaperPage(size: Size(300, 200), marks: marks)], outline: outline)
  }

  @Test("Lines are no wider than the width, and a text that fits is one line")
  func lines() throws {
    let typesetter = try CairoCanvas().typesetter()
    let words = "Bookings by territory and owner of the last four quarters"
    let whole = try typesetter.set([run(words)])
    #expect(whole.lines.count == 1)
    let narrow = try typesetter.set([run(words)], width: whole.size.width / 3)
    #expect(narrow.lines.count >= 3)
    #expect(narrow.lines.allSatisfy { $0.width <= whole.size.width / 3 + 0.01 })
    #expect(narrow.size.height == narrow.height(of: narrow.lines.indices))
  }

  @Test("A word wider than the width parts, without a letter standing out")
  func longWord() throws {
    let typesetter = try CairoCanvas().typesetter()
    let text = try typesetter.set([run(String(repeating: "W", count: 200))], width: 50)
    #expect(text.lines.count > 20)
    #expect(text.lines.allSatisfy { $0.width <= 50.01 })
  }

  @Test("Figures have their alternative text, heads their scope, the file its language and title")
  func additions() throws {
    let canvas = try CairoCanvas()
    let text = try canvas.typesetter().set([run("Won")])
    func words(_ tag: PaperTag, _ y: Double) -> [PaperMark] {
      [.begin(tag), .text(text, lines: 0..<1, at: Point(10, y), width: 100, .start), .end]
    }
    var marks: [PaperMark] = [.begin(.table), .begin(.row)]
    marks += words(.columnHead, 10)
    marks += [.end, .begin(.row)]
    marks += words(.rowHead, 30)
    marks += words(.cell, 50)
    marks += [.end, .end]
    marks += words(.figure(alternative: "Tür"), 70)
    marks += words(.figure(alternative: ""), 90)
    let file = String(decoding: try canvas.pdf(document(marks)), as: UTF8.self)
    #expect(file.contains("/S /TH\n /A << /O /Table /Scope /Column >>\n"))
    #expect(file.contains("/S /TH\n /A << /O /Table /Scope /Row >>\n"))
    #expect(file.contains("/S /Figure\n /Alt <FEFF005400FC0072>\n"))
    #expect(file.contains("/S /Figure\n /Alt <FEFF>\n"))
    #expect(file.contains("/Lang <FEFF0065006E002D00550053>"))
    #expect(file.contains("/DisplayDocTitle true"))
  }

  @Test("The table of places in the file leads to every object")
  func places() throws {
    let canvas = try CairoCanvas()
    let text = try canvas.typesetter().set([run("Won")])
    let bytes = try canvas.pdf(
      document([
        .begin(.figure(alternative: "A picture.")),
        .text(text, lines: 0..<1, at: Point(10, 10), width: 100, .start), .end,
      ]))
    let file = String(decoding: bytes, as: Unicode.ASCII.self)
    let units = Array(file.unicodeScalars)
    #expect(units.count == bytes.count)
    let start = try #require(Int(file.split(separator: "\n").dropLast().last ?? ""))
    let table = String(String.UnicodeScalarView(units[start...]))
    #expect(table.hasPrefix("xref\n0 "))
    var number = 0
    for line in table.split(separator: "\n").dropFirst(2) {
      guard line.hasSuffix("n ") || line.hasSuffix("f ") else { break }
      if line.hasSuffix("n "), let place = Int(line.prefix(10)) {
        let object = String(String.UnicodeScalarView(units[place..<(place + 12)]))
        #expect(object.hasPrefix("\(number) 0 obj\n"))
      }
      number += 1
    }
    #expect(number > 5)
  }

  @Test("A file that Cairo 1.16 did not write is left as it is")
  func foreign() {
    let tagged = TaggedPDF(language: "en-US", tags: [])
    for text in ["", "%PDF-1.5\n", "startxref\n9\n%%EOF", "startxref\n99999999\n%%EOF"] {
      #expect(tagged.completed(Array(text.utf8)) == Array(text.utf8))
    }
  }

  @Test("Flags stand as their letters, for a broken row of them would end the program")
  func flags() throws {
    #expect(run("🇺🇸🇷🇺🇸 🇦🇫 😀").withFlagsAsLetters.text == "USRUS AF 😀")
    let canvas = try CairoCanvas()
    let text = try canvas.typesetter().set([run("🇺🇸🇷🇺🇸 🇦🇫🇦🇲🇸")], width: 30)
    let bytes = try canvas.pdf(
      document([
        .begin(.paragraph),
        .text(text, lines: 0..<text.lines.count, at: Point(10, 10), width: 30, .start), .end,
      ]))
    #expect(!bytes.isEmpty)
  }

  @Test("A text with quotes and marks leads where it says and nowhere else")
  func links() throws {
    let canvas = try CairoCanvas()
    let text = try canvas.typesetter().set([
      run("see "), run("here", link: .address("https://a.example/?x='y'\\z")),
      run(" or "), run("there", link: .place("o'dd \\ place")),
    ])
    let bytes = try canvas.pdf(
      document([
        .begin(.paragraph),
        .text(text, lines: 0..<1, at: Point(10, 10), width: 200, .start), .end,
        .begin(.place("o'dd \\ place", Point(0, 0))), .end,
      ]))
    let file = String(decoding: bytes, as: UTF8.self)
    #expect(file.contains("/URI (https://a.example/?x='y'%5Cz)"))
    #expect(file.contains("/S /Span"))
  }

  @Test("A date that is none is refused, for the clock's would stand in its place")
  func date() throws {
    let canvas = try CairoCanvas()
    #expect(
      throws: GraphicsError.refused(
        format: "PDF", reason: "“today” is not a date like 2026-11-20")
    ) { try canvas.pdf(document([], created: "today")) }
  }
}
