import Metadata
import Records
import Testing

@Suite("XML that attacks its reader")
struct HostileMetadataTests {
  private static let path = Written.path("West")

  /// What is said of one file whose bytes are anything.
  private func said(_ text: String) -> [String] {
    said(Array(text.utf8))
  }

  private func said(_ bytes: [UInt8]) -> [String] {
    let files = MetadataFiles(root: "", names: [Self.path]) { _ in bytes }
    return TerritoryMetadata(reading: files).findings
      .filter { $0.code == "territory-file-unreadable" }.map { "\($0.at?.line ?? -1): \($0.what)" }
  }

  @Test("A document type is refused before anything that it declares is used")
  func doctype() {
    let refused = ["the file declares a document type, which metadata never does"]
    for text in [
      "<!DOCTYPE a [<!ENTITY x \"y\">]>\n<Territory2>&x;</Territory2>",
      "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><Territory2/>",
      "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/x\"> %p;]><Territory2/>",
      "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Territory2>&x;</Territory2>",
    ] {
      #expect(
        said(text).map { $0.split(separator: " ", maxSplits: 1)[1] }.map(String.init) == refused)
    }
  }

  @Test("Entities inside entities do not multiply")
  func laughter() {
    var text = "<!DOCTYPE a [<!ENTITY e0 \"ha\">"
    for level in 1...30 {
      text += "<!ENTITY e\(level) \"" + String(repeating: "&e\(level - 1);", count: 10) + "\">"
    }
    text += "]><Territory2><name>&e30;</name></Territory2>"
    #expect(said(text).count == 1)
  }

  @Test("Bounds on size, depth and nodes are said by name")
  func bounds() {
    #expect(
      said([UInt8](repeating: 0x20, count: 5 << 20)) == ["0: the file is larger than 4 MB"])
    #expect(
      said(String(repeating: "<a>", count: 1000)) == ["1: its elements stand more than 16 deep"])
    #expect(
      said("<a>" + String(repeating: "<b/>", count: 600_000) + "</a>")
        == ["1: it has more than 500000 elements and texts"])
  }

  @Test("A file that is not well-formed, of another root or of another namespace is said so")
  func malformed() {
    #expect(
      said("") == [
        "1: the file is no well-formed XML (Extra content at the end of the document)"
      ])
    #expect(
      said("<Territory2>\n<name></Territory2>") == [
        "2: the file is no well-formed XML (Opening and ending tag mismatch: name line 2 and "
          + "Territory2)"
      ])
    #expect(
      said("<Territory2>&who;</Territory2>") == [
        "1: the file is no well-formed XML (Entity 'who' not defined)"
      ])
    #expect(
      said(Written.file("Territory2Rule", "")) == [
        "2: the file is no <Territory2>, as its name says"
      ])
    #expect(
      said("<Territory2 xmlns=\"urn:other\"/>") == [
        "1: <Territory2> is not in the namespace http://soap.sforce.com/2006/04/metadata"
      ])
    #expect(said("<Territory2/><Territory2/>").count == 1)
  }

  @Test("Bytes of no encoding are refused without being shown")
  func bytes() {
    let text = said(Array("<Territory2>".utf8) + [0xFF, 0xFE, 0x41] + Array("</Territory2>".utf8))
    #expect(
      text == [
        "1: the file is no well-formed XML (Input is not proper UTF-8, indicate encoding !)"
      ])
  }

  @Test("Any beginning of a good file is refused and none crashes")
  func cut() {
    let whole = Array(Written.territory("West", under: "Oregon", more: Written.uses("A")).utf8)
    for length in 0..<(whole.count - 1) {
      #expect(said(Array(whole[..<length])).count == 1, "\(length)")
    }
    #expect(said(whole) == [])
  }
}
