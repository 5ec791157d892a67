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
      HTMLWriter.fields(of: document, home: "index.html", findings: "findings.html"),
      title: "Title", locale: .enUS)
    #expect(PageShape.report.mismatch(.object(fields)) == nil)
  }

  @Test("The demo, and the same with awkward names, without data and with 400 rows, can be looked at")
  func write() throws {
    let templates = try Templates()
    let cases = [
      ("demo", DemoAnswers()), ("awkward", DemoAnswers(isAwkward: true)),
      ("empty", DemoAnswers(isEmpty: true)), ("long", DemoAnswers(isAwkward: true, rows: 400)),
    ]
    for (name, answers) in cases {
      let document = try Demo.document(answers)
      let html = HTMLWriter(templates: templates).text(of: document, home: "index.html")
      let xml = try XMLWriter(templates: templates).bytes(of: document)
      #expect(html.hasPrefix("<!DOCTYPE html>"))
      #expect(!xml.isEmpty)
      if let folder = ProcessInfo.processInfo.environment["CADASTRE_LOOK"] {
        try Data(html.utf8).write(to: URL(filePath: folder).appending(path: name + ".html"))
        try Data(xml).write(to: URL(filePath: folder).appending(path: name + ".xml"))
      }
    }
  }
}
