import Records
import Testing

@testable import Reports

@Suite("Report documents as XML")
struct XMLTests {
  @Test("A value carries its unit and its exact data beside the text of the page")
  func values() throws {
    let document = try Demo.document()
    let xml = String(
      decoding: try XMLWriter(templates: Templates()).bytes(of: document), as: UTF8.self)
    #expect(
      xml.hasPrefix(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<report xmlns=\"urn:cadastre:report:1\" "
          + "name=\"weekly-territory\" as-of=\"2026-11-20\" locale=\"en_US\" currency=\"USD\">"))
    #expect(
      xml.contains(
        "<value unit=\"money\" currency=\"USD\" data=\"1284300.37\" full=\"$1,284,300.37\">"
          + "$1.3\u{A0}M</value>"))
    #expect(
      xml.contains("<edition kind=\"territory\" id=\"0MIxx0000000001AAA\">"))
  }

  @Test("A document that does not follow its schema is an error, and gives no bytes")
  func invalid() throws {
    var document = try Demo.document()
    document.currency = "dollars"
    let failure = #expect(throws: XMLFailure.self) {
      try XMLWriter(templates: Templates()).bytes(of: document)
    }
    let text = failure?.description ?? ""
    #expect(text.hasPrefix("weekly-territory for West:2: the XML does not follow its schema: "))
    #expect(text.hasSuffix("; it was not written; report this as a defect."))
  }

  @Test("The same document gives the same bytes, in XML and in HTML")
  func deterministic() throws {
    let templates = try Templates()
    let (one, two) = (try Demo.document(), try Demo.document())
    #expect(one == two)
    let xml = XMLWriter(templates: templates)
    #expect(try xml.bytes(of: one) == xml.bytes(of: two))
    let html = try HTMLWriter(templates: templates, canvas: Demo.canvas())
    #expect(try html.text(of: one) == html.text(of: two))
  }

  @Test("Editions written by many threads at once are those written by one")
  func parallel() async throws {
    let templates = try Templates()
    let document = try Demo.document()
    let alone = try XMLWriter(templates: templates).bytes(of: document)
    let page = try HTMLWriter(templates: templates, canvas: Demo.canvas()).text(of: document)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        group.addTask {
          let xml = try XMLWriter(templates: templates).bytes(of: document)
          let again = try HTMLWriter(templates: templates, canvas: Demo.canvas()).text(of: document)
          return xml == alone && again == page
        }
      }
      for try await isSame in group { #expect(isSame) }
    }
  }
}
