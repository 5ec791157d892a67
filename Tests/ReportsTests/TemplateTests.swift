import BuiltIns
import Foundation
import Records
import Testing

@testable import Reports

@Suite("Templates")
struct TemplateTests {
  @Test("Every name in every built-in template is given to it")
  func builtIn() throws {
    _ = try Templates()
    #expect(Templates.files.contains("html/page.mustache"))
  }

  private func findings(_ name: String, _ text: String) -> [String] {
    do {
      _ = try Templates(overrides: [name: (text, "mine/" + name)])
      return []
    } catch {
      return error.findings.map(\.description)
    }
  }

  @Test("A name that nobody gives is found with its place, and the nearest one is named")
  func unknownName() {
    #expect(
      findings(
        "html/definitions.mustache", "<dl>\n{{#definitions}}<dt>{{trem}}</dt>{{/definitions}}</dl>")
        == [
          "mine/html/definitions.mustache:2:21: error: nothing called \"trem\" is given here; "
            + "nothing was rendered; did you mean \"term\"?"
        ])
  }

  @Test("Sections that do not match, foreign tags and missing partials are found")
  func structure() {
    #expect(
      findings("html/definitions.mustache", "{{#definitions}}{{term}}").first
        == "mine/html/definitions.mustache:1:1: error: the section \"definitions\" is never closed; "
        + "nothing was rendered; add {{/definitions}}.")
    #expect(
      findings("html/definitions.mustache", "{{=<% %>=}}").first
        == "mine/html/definitions.mustache:1:1: error: the tag \"<% %>=\" is of a kind that is not "
        + "used here; nothing was rendered; write values, sections, inverted sections, partials and "
        + "comments only.")
    #expect(
      findings("html/definitions.mustache", "{{>tabel}}").first
        == "mine/html/definitions.mustache:1:1: error: there is no template \"tabel\"; nothing was "
        + "rendered; did you mean \"table\"?")
    #expect(
      findings("html/definitions.mustache", "{{>page}}").first
        == "mine/html/definitions.mustache:1:1: error: the template \"page\" uses itself; nothing "
        + "was rendered; break the circle.")
  }

  @Test("A file that no page uses is refused by name")
  func unknownFile() {
    #expect(
      findings("html/tabel.mustache", "x") == [
        "mine/html/tabel.mustache: error: no template is called \"html/tabel.mustache\"; nothing "
          + "was rendered; did you mean \"html/table.mustache\"?"
      ])
  }

  @Test("A template of the project takes the place of the built-in one")
  func override() throws {
    let text = "<p>{{#definitions}}[{{term}}]{{/definitions}}</p>"
    let templates = try Templates(
      overrides: ["html/definitions.mustache": (text, "mine/html/definitions.mustache")])
    let document = try Demo.document()
    let html = try HTMLWriter(templates: templates, canvas: Demo.canvas()).text(of: document)
    #expect(html.contains("<p>[Accounts][Attainment]"))
  }

  @Test("The policy of a page allows its own script and style by their digests")
  func digest() {
    // FIPS 180-4 and the NIST example values for "abc", the empty message and two blocks.
    func hex(_ text: String) -> String {
      SHA256.digest(text.utf8).map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
    }
    #expect(
      hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
  }
}

@Suite("A project's own templates")
struct OwnTemplateTests {
  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder.appending(path: "html"), withIntermediateDirectories: true)
    return folder
  }

  @Test("A folder's files take the place of the built-in ones; a folder that is not there has none")
  func read() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("<i>{{organisation}}</i>".utf8).write(
      to: folder.appending(path: "html/footer.mustache"))
    let html = try HTMLWriter(templates: try Templates(folder: folder.path), canvas: Demo.canvas())
      .text(
        of: try Demo.document())
    #expect(html.contains("<i>Acme</i>"))
    _ = try Templates(folder: folder.path + "/absent")
  }

  @Test("A template that is not UTF-8 is refused by its path")
  func unreadable() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data([0xFF, 0xFE, 0x41]).write(to: folder.appending(path: "html/footer.mustache"))
    let error = #expect(throws: FindingsError.self) { try Templates(folder: folder.path) }
    #expect(
      error?.findings.map(\.description) == [
        "\(folder.path)/html/footer.mustache: error: the template cannot be read as UTF-8 text; "
          + "nothing was rendered; save it as UTF-8, or remove it to use the built-in one."
      ])
  }
}
