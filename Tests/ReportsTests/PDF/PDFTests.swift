import Foundation
import TestKit
import Testing

@testable import Reports

@Suite("Reports as PDF", .needs(.pdftotext, .pdfinfo, .pdffonts))
struct PDFTests {
  /// Expects that poppler reads every text of a document, word for word.
  private func expectWords(_ document: ReportDocument, in pdf: PrintedPDF) {
    let squeezed = pdf.squeezed
    for text in document.printed {
      let wanted = PrintedPDF.squeezed(text)
      if wanted.isEmpty { continue }
      #expect(squeezed.contains(wanted), "\(text.prefix(80))")
    }
  }

  @Test("Every figure and word of the weekly report is text, in embedded fonts, tagged")
  func weekly() async throws {
    let document = try Demo.document()
    let pdf = try await PrintedPDF(document, look: "weekly")
    expectWords(document, in: pdf)
    #expect(pdf.info("Title") == "Weekly territory report: West, Nov 20, 2026")
    #expect(pdf.info("Author") == "Acme")
    #expect(pdf.info("Tagged") == "yes")
    #expect(pdf.info("CreationDate")?.contains("Nov 20") == true)
    #expect(pdf.info("Page    1 size") == "612 x 792 pts (letter)")
    let fonts = pdf.fonts.split(separator: "\n").dropFirst(2)
    #expect(!fonts.isEmpty)
    for font in fonts { #expect(font.contains(/yes +(yes|no) +yes/), "\(font)") }
  }

  @Test("The same document gives the same bytes, on two threads too")
  func sameBytes() async throws {
    let document = try Demo.document()
    let templates = try Templates()
    let canvas = try Demo.canvas()
    async let first = PDFWriter(templates: templates, canvas: canvas).bytes(of: document)
    async let second = PDFWriter(templates: templates, canvas: canvas).bytes(of: document)
    let third = try PDFWriter(templates: templates, canvas: Demo.canvas()).bytes(of: document)
    #expect(try await first == third)
    #expect(try await second == third)
  }

  @Test("Key figures, weak and unknown values, changes and notes are all there, and linked")
  func figures() async throws {
    let document = PDFSamples.document([PDFSamples.figures])
    let pdf = try await PrintedPDF(document, look: "figures")
    expectWords(document, in: pdf)
    #expect(pdf.links.contains("https://acme.example/0MIxx0000000001AAA"))
    let file = String(decoding: pdf.bytes, as: UTF8.self)
    #expect(file.contains("/Dest (def-won_amount)"))
    #expect(file.contains("/Lang <FEFF0065006E002D00550053>"))
    // What is not defined leads nowhere.
    #expect(!file.contains("not_defined"))
  }

  @Test("A table of 500 rows repeats its head on each page, which is numbered")
  func long() async throws {
    let document = PDFSamples.document([
      PDFSamples.section("Deals", [.table(PDFSamples.deals(500))])
    ])
    let pdf = try await PrintedPDF(document, look: "long")
    expectWords(document, in: pdf)
    let count = pdf.pages.count
    #expect(count > 10)
    for (index, page) in pdf.pages.enumerated() {
      let lines = page.split(separator: "\n")
      #expect(
        lines.suffix(2).joined(separator: " ").hasSuffix(
          "As of Nov 20, 2026 · Page \(index + 1) of \(count)"))
      if page.contains("renewal of licences") {
        // How Poppler parts the cells of a row differs between its versions.
        let words = page.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("Deal Owner Stage Close date Value USD"), "page \(index + 1)")
      }
    }
    // In the structure the head stands once, and each row is one with a head of its own.
    #expect(pdf.structure.split(separator: "\n").count { $0.hasSuffix("  Table (block)") } == 1)
    #expect(pdf.structure.components(of: "\"Close date\"") == 1)
    #expect(pdf.elements("TR") == 1 + 500 + 2)
    #expect(pdf.elements("TH") == 5 + 500 + 2)
    #expect(pdf.elements("TD") == 4 * (500 + 2))
    // Each deal and the edition itself.
    #expect(pdf.addresses.count == 501)
    let file = String(decoding: pdf.bytes, as: UTF8.self)
    #expect(file.components(of: "/Scope /Column") == 5)
    #expect(file.components(of: "/Scope /Row") == 500 + 2)
  }

  @Test("Structure is in reading order, and the headings are the outline")
  func structure() async throws {
    var document = PDFSamples.document([
      PDFSamples.figures, PDFSamples.section("Deals", [.table(PDFSamples.deals(2))]),
    ])
    document.comment = ["Ask for \(ReportDocument.Name("Nordlys")) first.", "Second thought."]
    document.quiet = [.init(id: "churn", title: "Churn", why: "No customer left.")]
    document.absent = [
      .init(
        id: "leads", title: "Leads", because: "the export has no leads", remedy: "export Lead")
    ]
    let pdf = try await PrintedPDF(document, look: "structure")
    expectWords(document, in: pdf)
    let words = pdf.structure.matches(of: /"([^"]*)"/).map { String($0.1) }
    let expected = [
      "Acme · Sample report", "West", "Comment", "Where we stand", "Won", "Deals", "Deal", "Owner",
      "Churn: ", "Leads: ", "Definitions", "About this report",
    ]
    var place = words.startIndex
    for text in expected {
      let found = words[place...].firstIndex { $0.contains(text) }
      #expect(found != nil, "\(text)")
      place = found ?? place
    }
    let file = String(decoding: pdf.bytes, as: UTF8.self)
    for title in ["Where we stand", "Deals", "Not in this report", "Definitions"] {
      #expect(file.contains("/Title (\(title))"))
    }
  }

  @Test(
    "A wide table turns its page, a wider one stands in parts, and nothing is cut off",
    arguments: [(14, "792 x 612 pts (letter)"), (40, "792 x 612 pts (letter)")])
  func wide(columns: Int, size: String) async throws {
    let table = PDFSamples.wide(columns)
    let document = PDFSamples.document([
      PDFSamples.section("Before", [.paragraph("Upright.")]),
      PDFSamples.section("Wide", [.table(table)]),
      PDFSamples.section("After", [.paragraph("Upright again.")]),
    ])
    let pdf = try await PrintedPDF(document, look: "wide-\(columns)")
    let squeezed = pdf.squeezed
    for row in table.rows {
      for cell in row.cells {
        #expect(squeezed.contains(PrintedPDF.squeezed(cell.value.text)))
      }
    }
    #expect(pdf.info("Page    1 size") == "612 x 792 pts (letter)")
    #expect(pdf.info("Page    2 size") == size)
    #expect(pdf.pages[1].hasPrefix("Wide\n"))
    #expect(pdf.pages.last?.contains("Upright again.") == true)
    #expect(pdf.pages[1].contains("Columns 1 to") == (columns == 40))
  }

  @Test("A picture larger than a page stands in parts, each box once")
  func tree() async throws {
    let document = PDFSamples.document([try PDFSamples.tree(boxes: 90)])
    let pdf = try await PrintedPDF(document, look: "tree")
    let drawn = pdf.squeezed.components(separatedBy: "Figuresofthecharts")[0]
    for index in 0..<90 {
      #expect(drawn.components(of: "Companynumber\(index)France") == 1, "\(index)")
    }
    #expect(pdf.pages.contains { $0.contains("Part 2 of ") })
    let file = String(decoding: pdf.bytes, as: UTF8.self)
    // "A tree of 90 boxes." in UTF-16.
    #expect(file.contains("/Alt <FEFF004100200074007200650065"))
  }

  @Test("Hostile names are text and no more, and links stay those of records")
  func hostile() async throws {
    let document = PDFSamples.document(
      PDFSamples.names(DemoAnswers.awkward), name: "<b>West')/A<</S/JavaScript>>")
    let pdf = try await PrintedPDF(document, look: "hostile")
    #expect(pdf.info("JavaScript") == "no")
    let squeezed = pdf.squeezed
    for name in ["<script>alert(1)</script>", "{{x}}\"quoted\"'twice'", "=cmd|'/Ccalc'!A0"] {
      #expect(squeezed.components(of: name) == 4, "\(name)")
    }
    for index in DemoAnswers.awkward.indices {
      #expect(squeezed.contains(PDFSamples.money(1_234_567 + index).text))
    }
    #expect(
      pdf.addresses == [
        "https://acme.example/0MIxx0000000001AAA", "https://acme.example/001xx",
      ])
  }

  @Test("Names in every script are text")
  func scripts() async throws {
    let names = [
      "Ærøskøbing Ćmielów", "Ελληνική Εταιρεία", "Северсталь Групп", "株式会社日立製作所",
      "中国移动通信集团", "삼성전자", "บริษัทไทย", "ООО «Ромашка»",
    ]
    let pdf = try await PrintedPDF(
      PDFSamples.document(PDFSamples.names(names)), look: "scripts")
    let squeezed = pdf.squeezed
    for name in names { #expect(squeezed.contains(PrintedPDF.squeezed(name)), "\(name)") }
  }

  @Test("Names from right to left are read as they are written, and the words around them stay")
  func rightToLeft() async throws {
    let names = ["شركة الاتصالات السعودية", "טבע תעשיות"]
    let pdf = try await PrintedPDF(PDFSamples.document(PDFSamples.names(names)), look: "rtl")
    // Poppler gives such letters one by one, in the order in which they are read.
    // An Arabic ligature comes with its two letters in the order of its shape.
    #expect(pdf.squeezed.contains(PrintedPDF.squeezed(names[1])))
    #expect(pdf.pages.joined().contains("has won $76,543."))
  }

  @Test("A name of ten thousand letters goes over pages and keeps every letter")
  func tenThousand() async throws {
    let name = String(repeating: "W", count: 10_000)
    var document = PDFSamples.document(PDFSamples.names([name]), name: name)
    document.headline = "Short."
    let pdf = try await PrintedPDF(document, look: "letters")
    // As the edition's name, twice in the table, in a sentence and a call-out.
    let letters = pdf.squeezed.reduce(0) { $0 + ($1 == "W" ? 1 : 0) }
    #expect(letters >= 50_000)
    #expect(pdf.pages.allSatisfy { $0.contains(" of \(pdf.pages.count)") })
  }

  @Test("Sections without anything say why, and a document without sections is a page")
  func empty() async throws {
    let document = PDFSamples.document(PDFSamples.empty)
    let pdf = try await PrintedPDF(document, look: "empty")
    expectWords(document, in: pdf)
    let bare = try await PrintedPDF(PDFSamples.document([]))
    #expect(bare.pages.count == 1)
  }
}
