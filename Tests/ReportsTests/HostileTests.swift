import Testing

@testable import Reports

@Suite("Names that try to be more than text")
struct HostileTests {
  @Test("Markup is escaped by scalar, also where a mark joins it into one character")
  func escape() {
    #expect(HTMLText.escaped("<b a=\"c\">'&") == "&lt;b a=&quot;c&quot;&gt;&#39;&amp;")
    // U+0600 joins with what follows, U+0301 with what precedes: each pair is one Character.
    #expect(HTMLText.escaped("\u{0600}<x") == "\u{0600}&lt;x")
    let joined = "\"" + "\u{0301}"
    #expect(HTMLText.escaped(joined) == "&quot;\u{0301}")
    #expect(HTMLText.escaped("{{x}}") == "{{x}}")
  }

  @Test(
    "A long name of a file parts at its marks and words, escaped all the same",
    arguments: [
      ("Account.csv", "Account.csv"),
      ("ObjectTerritory2Association.csv", "Object<wbr>Territory2<wbr>Association.csv"),
      (
        "hubspot-crm-exports-all-deals-2026-11-20.csv",
        "hubspot-<wbr>crm-<wbr>exports-<wbr>all-<wbr>deals-<wbr>2026-<wbr>11-<wbr>20.csv"
      ),
      ("two words of a short kind", "two words of a short kind"),
      (
        "exports/WE_00D<b>&amp_1.ZIP/x",
        "exports/<wbr>WE_<wbr>00D&lt;b&gt;&amp;amp_<wbr>1.ZIP/<wbr>x"
      ),
      ("日本語のとても長い名前のファイル_二〇二六年十一月", "<bdi>日本語のとても長い名前のファイル_<wbr>二〇二六年十一月</bdi>"),
    ])
  func longNames(_ name: String, _ markup: String) {
    #expect(HTMLText.file(name) == markup)
  }

  @Test("Hostile names come out of the page as text")
  func page() throws {
    let document = try Demo.document(DemoAnswers(isAwkward: true))
    let html = try HTMLWriter(templates: try Templates(), canvas: Demo.canvas()).text(of: document)
    // The one script is the page's own, the pictures are its charts and its tree.
    #expect(html.components(of: "<script") == 1)
    #expect(html.components(of: "<img") == 4)
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(html.contains("{{x}} &quot;quoted&quot; &#39;twice&#39;"))
    #expect(html.contains("<bdi>\u{202E}evil.exe</bdi>"))
    let attack = Array("\"".utf8) + Array("\u{0301} onmouseover".utf8)
    #expect(Array(html.utf8).firstRange(of: attack) == nil)
    #expect(!html.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test("Hostile names come out of the XML as text, and libxml2 reads it back as valid")
  func xml() throws {
    let document = try Demo.document(DemoAnswers(isAwkward: true, rows: 12))
    let xml = String(
      decoding: try XMLWriter(templates: Templates()).bytes(of: document), as: UTF8.self)
    #expect(xml.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(xml.contains("Nul\u{FFFD}l and bell\u{FFFD}"))
  }

  @Test("A name of ten thousand characters is held by page and XML")
  func long() throws {
    var document = try Demo.document()
    let name = ReportDocument.Name(String(repeating: "W", count: 10_000))
    document.headline = "\(name) is long."
    let templates = try Templates()
    let html = try HTMLWriter(templates: templates, canvas: Demo.canvas()).text(of: document)
    let xml = try XMLWriter(templates: templates).bytes(of: document)
    #expect(html.utf8.count > 10_000)
    #expect(xml.count > 10_000)
  }
}

extension String {
  func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
