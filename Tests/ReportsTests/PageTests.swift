import Foundation
import Testing

@testable import Reports

@Suite("Pages")
struct PageTests {
  @Test(
    "A page gives its template exactly what the check of templates promises",
    arguments: [false, true])
  func shape(isEmpty: Bool) throws {
    let document = try Demo.document(DemoAnswers(isEmpty: isEmpty))
    let fields = try Templates().fields(
      HTMLWriter.fields(
        of: document, drawn: DrawnPictures(), home: "index.html", findings: "findings.html"),
      title: "Title", locale: .enUS)
    #expect(PageShape.report.mismatch(.object(fields)) == nil)
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
