import Foundation
import Testing

@testable import Reports

@Suite("Pages")
struct PageTests {
  @Test(
    "A page gives its template exactly what the check of templates promises",
    arguments: [false, true])
  func shape(isEmpty: Bool) throws {
    var document = try Demo.document(DemoAnswers(isEmpty: isEmpty))
    if !isEmpty { Demo.complete(&document) }
    let parts = PageParts(
      defined: [], drawn: DrawnPictures(), words: .english,
      files: [("Workbook", "company.xlsx"), ("PDF", "company.pdf")])
    let fields = try Templates().fields(
      HTMLWriter.fields(of: document, parts, home: "index.html", findings: "findings.html"),
      title: "Title", locale: .enUS)
    #expect(PageShape.report.mismatch(.object(fields)) == nil)
  }

  @Test("A comment, a quiet section, a cut list with its remainder and its files are on the page")
  func parts() throws {
    var document = try Demo.document()
    Demo.complete(&document)
    let html = try HTMLWriter(templates: Templates(), canvas: Demo.canvas()).text(
      of: document, files: [("XLSX", "company.xlsx"), ("PDF", "company.pdf")])
    #expect(html.contains("Comment, written by a person</h2>\n<p>Ask &lt;Ana&gt; about it.</p>"))
    #expect(html.contains("Left out, for there is nothing to show: Leads and Renewals."))
    #expect(
      html.contains(
        "<tbody class=\"other\"><tr><th scope=\"row\">3 others</th>"))
    #expect(
      html.contains(
        "The complete list is in <a href=\"company.xlsx\">XLSX</a> </p>"))
    #expect(html.contains("Other formats: <a href=\"company.xlsx\">XLSX</a>"))
    #expect(html.contains("<a href=\"company.pdf\">PDF</a>"))
    Demo.look("parts.html", html)
  }

  @Test("A German page has German words round English sentences, and says so at its foot")
  func german() throws {
    var document = try Demo.document()
    document.locale = .deDE
    document.words = try Templates().words(for: .deDE)
    document.footer.notes += document.words.notes
    let html = try HTMLWriter(templates: Templates(), canvas: Demo.canvas()).text(of: document)
    #expect(html.contains("<html lang=\"de-DE\">"))
    #expect(html.contains("Zum Bericht springen"))
    #expect(
      html.contains(
        "Erzeugte Sätze, Befunde sowie die Titel von Berichten und Kennzahlen stehen auf Englisch.")
    )
  }

  @Test("The index and the page of findings give their templates what the check promises")
  func indexShape() throws {
    let templates = try Templates()
    let index = try Demo.index()
    let page = FindingsPage(context: Demo.context())
    for (shape, fields) in [
      (PageShape.index, index.fields(findings: "findings.html")),
      (PageShape.findings, page.fields(home: "index.html")),
    ] {
      let given = templates.fields(fields, title: "Title", locale: .enUS)
      #expect(shape.mismatch(.object(given)) == nil)
    }
    Demo.look("index.html", index.html(templates: templates, findings: "findings.html"))
    Demo.look("findings.html", page.html(templates: templates, home: "index.html"))
  }

  @Test(
    "The demo, and the same with awkward names, without data and with 400 rows, can be looked at")
  func write() throws {
    let templates = try Templates()
    let cases = [
      ("demo", DemoAnswers()), ("awkward", DemoAnswers(isAwkward: true)),
      ("empty", DemoAnswers(isEmpty: true)), ("long", DemoAnswers(isAwkward: true, rows: 400)),
    ]
    for (name, answers) in cases {
      let document = try Demo.document(answers)
      let html = try HTMLWriter(templates: templates, canvas: Demo.canvas()).text(
        of: document, home: "index.html")
      let xml = try XMLWriter(templates: templates).bytes(of: document)
      #expect(html.hasPrefix("<!DOCTYPE html>"))
      #expect(!xml.isEmpty)
      Demo.look(name + ".html", html)
      Demo.look(name + ".xml", String(decoding: xml, as: UTF8.self))
    }
  }
}
