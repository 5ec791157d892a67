import Metrics
import Records
import Testing

@testable import Reports

/// Of North's edition of the company written by hand, as it is addressed to a reader.
@Suite("An edition as a message says it to its reader")
struct MessageDocumentTests {
  private func north(_ text: String = Demo.definitionText) throws -> ReportDocument {
    try #require(try Company.documents(text: text).first { $0.edition.name.text == "North" })
  }

  private func fact(_ key: String, _ document: ReportDocument) -> String? {
    document.footer.facts.first { $0.key == key }?.value.text
  }

  @Test("The footer names the reader, once, and whether somebody approved it")
  func footer() throws {
    var message = MessageDocument(try north())
    message.reader = "Ada Lovell (sent to you because Ben Ito is away)"
    message.approvalMark = "waiting for approval (1a2b)"
    let addressed = message.addressed
    #expect(fact("recipient", addressed) == "Ada Lovell (sent to you because Ben Ito is away)")
    #expect(addressed.footer.facts.count { $0.key == "recipient" } == 1)
    #expect(fact("approval", addressed) == "waiting for approval (1a2b)")
    #expect(addressed.sections == message.document.sections)
    #expect(fact("approval", MessageDocument(try north()).addressed) == nil)
  }

  @Test("Other editions that go along stand behind the first section, each with its file")
  func others() throws {
    var message = MessageDocument(try north())
    message.others = [("Coast <b>", "coast.pdf"), ("South", "south.pdf")]
    let section = message.addressed.sections[1]
    #expect(section.id == "also-in-message")
    #expect(section.title == "Also in this message")
    let lines = section.blocks.compactMap { block -> String? in
      if case .paragraph(let prose) = block { return prose.unmarked }
      return nil
    }
    #expect(lines == ["Coast <b>, in full in coast.pdf", "South, in full in south.pdf"])
  }

  @Test("What is too large is named in the first note, and the message says all else")
  func leftOut() throws {
    var message = MessageDocument(try north())
    let notes = message.addressed.footer.notes.count
    message.leftOut = ["north.xlsx", "north.pdf"]
    let addressed = message.addressed
    #expect(
      addressed.footer.notes.first?.unmarked
        == "Too large for a message and left out: north.xlsx, north.pdf")
    #expect(addressed.footer.notes.count == notes + 1)
    #expect(addressed.sections == message.document.sections)
  }

  @Test("A correction names what was said before, what is new, and which sections changed besides")
  func correction() throws {
    var message = MessageDocument(try north())
    var before = message.said
    let open = try #require(before.figures.firstIndex { $0.label == "Open pipeline" })
    let now = before.figures[open].value
    before.figures[open].value = "$1"
    let gone = before.figures.removeFirst()
    let section = try #require(before.sections.indices.first { !before.sections[$0].title.isEmpty })
    before.sections[section].digest = "another"
    message.corrects = before
    let correction = try #require(message.addressed.sections.first)
    #expect(correction.title == "What this message corrects")
    let lines = correction.blocks.compactMap { block -> String? in
      if case .paragraph(let prose) = block { return prose.unmarked }
      return nil
    }
    #expect(lines.first == "It takes the place of the one you were sent before.")
    #expect(lines.contains("Open pipeline is \(now); the earlier message said $1"))
    #expect(
      lines.contains("\(gone.label) is \(gone.value); the earlier message did not say it"))
    #expect(lines.last == "Changed as well: \(before.sections[section].title)")
    #expect(lines.count == 4)
    // Where nothing is different it says no more than that.
    message.corrects = message.said
    #expect(message.addressed.sections.first?.blocks.count == 1)
  }

  @Test("A subject takes names of the edition, none of them twice, and never a second line")
  func subjects() throws {
    var document = try north()
    #expect(MessageDocument(document).subject(nil).hasSuffix(": North, Nov 20, 2026"))
    #expect(
      MessageDocument(document).subject("{edition} on {as_of}: {organisation} {nobody}{")
        == "North on Nov 20, 2026: Acme {")
    document.edition = ReportDocument.Edition(
      kind: .territory, id: "t1",
      name: ReportDocument.Name("{as_of}\r\nBcc: eve@x.example\u{202E}"), path: [])
    let subject = MessageDocument(document).subject("{edition}")
    #expect(subject.hasPrefix("{as_of}"))
    #expect(!subject.unicodeScalars.contains { "\r\n\u{202E}".unicodeScalars.contains($0) })
    var corrected = MessageDocument(try north())
    corrected.corrects = corrected.said
    #expect(corrected.subject("{edition}") == "Corrected: North")
  }

  @Test("What it says has one digest whoever reads it, and another where a figure differs")
  func content() throws {
    var message = MessageDocument(try north())
    let content = message.content
    message.reader = "Somebody"
    message.leftOut = ["north.xlsx"]
    #expect(message.content == content)
    #expect(content.count == 32)
    var records = Company.records
    let deals = records[.opportunity].count
    records.tables[.opportunity]?.columns["Amount"] = .decimals(
      Array(repeating: 12_345 * Exact.scale, count: deals))
    let other = try #require(
      try Company.documents(of: records).first { $0.edition.name.text == "North" })
    #expect(MessageDocument(other).content != content)
  }
}
