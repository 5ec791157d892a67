import Delivery
import Foundation
import Reports
import Settings
import TestKit
import Testing

@Suite("Messages, read back by Python's email package", .needs(.python))
struct MailMessageTests {
  @Test("Text and HTML, pictures by Content-ID beside them, attachments outside")
  func structure() async throws {
    let pdf = MailMessage.Attachment(
      name: "weekly.pdf", type: "application/pdf", bytes: Array("%PDF-1.7 \u{0}\r\n.\r\n".utf8))
    let mail = try await Letters.read(
      Letters.message(images: 2, attachments: [pdf]).bytes())
    #expect(
      mail.structure.description
        == "mixed(related(alternative(text/plain, text/html), image/png, image/png), "
        + "application/pdf)")
    #expect(mail.defects == [])
    #expect(mail.texts["plain"] == "West has won €1.2 M.\n")
    #expect(mail.texts["html"] == "<p>West has won <b>€1.2 M</b>.</p>\n")
    #expect(
      mail.files.map(\.id) == [
        "<weekly-territory.West.2026-11-20.chart-0@cadastre>",
        "<weekly-territory.West.2026-11-20.chart-1@cadastre>", "",
      ])
    #expect(mail.files.map(\.disposition) == ["inline", "inline", "attachment"])
    #expect(mail.files.map(\.name) == ["chart-0.png", "chart-1.png", "weekly.pdf"])
    let file = try #require(mail.files.last)
    #expect(file.size == pdf.bytes.count)
    #expect(
      file.sha256
        == SHA256.digest(pdf.bytes).map { String(format: "%02x", Int($0)) }.joined())
  }

  @Test("A level that would hold one part alone is left out")
  func levels() async throws {
    let bare = try await Letters.read(Letters.message().bytes())
    #expect(bare.structure.description == "alternative(text/plain, text/html)")
    let pictured = try await Letters.read(Letters.message(images: 1).bytes())
    #expect(
      pictured.structure.description == "related(alternative(text/plain, text/html), image/png)")
  }

  @Test("Who sends it, to whom, when, and what programs are told")
  func headers() async throws {
    let mail = try await Letters.read(Letters.message().bytes())
    #expect(mail.from == [["Sales Operations", "ops@acme.example"]])
    #expect(mail.to == [["Ann Lee", "ann@acme.example"]])
    #expect(mail.subject == "Weekly territory report: West, Nov 20, 2026")
    #expect(mail.date == "2026-11-23T07:00:00+00:00")
    #expect(mail.header("Auto-Submitted") == ["auto-generated"])
    #expect(mail.header("List-ID") == ["<weekly-territory.cadastre.acme.example>"])
    #expect(mail.header("X-Cadastre-Edition") == ["territory-0MI1"])
    #expect(mail.header("MIME-Version") == ["1.0"])
    #expect(mail.id.hasPrefix("<weekly-territory.territory-0MI1.2026-11-20."))
    #expect(mail.id.hasSuffix("@acme.example>"))
    let other = MailAddress(name: nil, address: "bo@acme.example")
    #expect(Letters.message(to: other).messageID != Letters.message().messageID)
  }

  @Test(
    "Names and subjects in every script arrive as they were written",
    arguments: [
      "Müller, Jürgen", "Ёлкина Анна", "山田太郎", "أحمد بن علي", "דנה כהן", "प्रिया शर्मा",
      "김민수", "Zoë 👩‍👩‍👧‍👦 O’Brien", "\"Ann\" \\ Lee <ceo>", "a,b;c:d@e",
      String(repeating: "Österreich-Süd ", count: 11) + "Ende",
    ])
  func scripts(name: String) async throws {
    let message = Letters.message(
      to: MailAddress(name: name, address: "ann@acme.example"),
      from: MailAddress(name: name, address: "ops@acme.example"), subject: "Wöchentlich: \(name)",
      html: "<p>\(name)</p>\n", text: "\(name)\n",
      attachments: [
        MailMessage.Attachment(name: "\(name).xlsx", type: "application/zip", bytes: [1, 2, 3])
      ])
    let bytes = message.bytes()
    let mail = try await Letters.read(bytes)
    #expect(mail.defects == [])
    #expect(mail.from == [[name, "ops@acme.example"]])
    #expect(mail.to == [[name, "ann@acme.example"]])
    #expect(mail.subject == "Wöchentlich: \(name)")
    #expect(mail.texts["plain"] == "\(name)\n")
    #expect(mail.files.map(\.name) == ["\(name).xlsx"])
    #expect(mail.isASCII)
    #expect(mail.longest <= 998)
  }

  @Test(
    "No name and no subject begins a header, a part or an end",
    arguments: [
      "Ann\r\nBcc: eve@evil.example", "Ann\nBcc: eve@evil.example", "Ann\rBcc: eve@evil.example",
      "Ann\r\n\r\n<b>body</b>", "Ann\u{2028}Bcc: eve@evil.example", "Ann\u{0}Bcc: x",
      "Ann\u{85}Bcc: eve@evil.example", "Ann\u{202E}elpmaxe",
      "x\r\n.\r\nMAIL FROM:<eve@evil.example>",
      "--=_cadastre_mixed_0", "Ann>, <eve@evil.example", "Ann\" <eve@evil.example>, \"",
      "=?utf-8?q?x=0D=0ABcc:_eve@evil.example?=", "Ann\u{B}\u{C}Bcc: x", "\r\n", "\tBcc: x",
    ])
  func injection(name: String) async throws {
    let plain = try await Letters.read(Letters.message(images: 1).bytes())
    let message = Letters.message(
      to: MailAddress(name: name, address: "ann@acme.example"),
      from: MailAddress(name: name, address: "ops@acme.example"), subject: name,
      edition: name, html: name, text: name, images: 1,
      attachments: [MailMessage.Attachment(name: name, type: "application/pdf", bytes: [1])])
    let mail = try await Letters.read(message.bytes())
    #expect(mail.defects == [])
    #expect(mail.headers.map(\.first) == plain.headers.map(\.first))
    #expect(mail.from.map(\.last) == ["ops@acme.example"])
    #expect(mail.to.map(\.last) == ["ann@acme.example"])
    #expect(mail.header("Bcc") == [])
    #expect(mail.files.count == 2)
    #expect(
      mail.structure.description
        == "mixed(related(alternative(text/plain, text/html), image/png), application/pdf)")
    #expect(!mail.subject.unicodeScalars.contains { $0.value < 0x20 })
    #expect(!mail.from.joined().joined().unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test("A message of the same key has the same bytes, and a corrected one another Message-ID")
  func bytes() {
    let message = Letters.message(images: 3)
    #expect(message.bytes() == message.bytes())
    var corrected = message
    corrected.key.revision = 1
    corrected.corrects = 0
    #expect(corrected.messageID != message.messageID)
    #expect(
      String(decoding: corrected.bytes(), as: UTF8.self)
        .contains("In-Reply-To: <\(message.messageID)>"))
  }

  @Test("Words of a kept message are replaced in text and HTML, and nothing else changes")
  func replaced() async throws {
    let message = Letters.message(
      html: "<p>Approval: waiting (1&amp;2)</p>\n<p>Ü</p>\n", text: "Approval: waiting (1&2)\nÜ\n",
      images: 2,
      attachments: [
        MailMessage.Attachment(name: "a.pdf", type: "application/pdf", bytes: [0, 13, 10])
      ])
    let bytes = message.bytes()
    let changed = try #require(
      KeptMessage.reading(bytes) { $0.replacing("waiting (1&2)", by: "Ann <a&b>") })
    let mail = try await Letters.read(changed)
    let before = try await Letters.read(bytes)
    #expect(mail.texts["html"] == "<p>Approval: Ann &lt;a&amp;b&gt;</p>\n<p>Ü</p>\n")
    #expect(mail.texts["plain"] == "Approval: Ann <a&b>\nÜ\n")
    #expect(mail.headers == before.headers)
    #expect(mail.structure.description == before.structure.description)
    #expect(mail.files.map(\.sha256) == before.files.map(\.sha256))
    #expect(mail.defects == [])
    let again = try #require(
      KeptMessage.reading(bytes) { $0.replacing("nowhere", by: "x") })
    #expect(again == bytes)
  }

  @Test("A trial goes to somebody else, and its attachments are there to be looked at")
  func redirected() async throws {
    let pdf = MailMessage.Attachment(
      name: "Übersicht.pdf", type: "application/pdf", bytes: [1, 2, 0])
    let bytes = Letters.message(images: 1, attachments: [pdf]).bytes()
    let trial = try #require(
      KeptMessage.reading(bytes) {
        $0.redirected(
          to: MailAddress(name: nil, address: "me@acme.example"), subject: "[Trial] West")
      })
    let mail = try await Letters.read(trial)
    #expect(mail.to == [["", "me@acme.example"]])
    #expect(mail.subject == "[Trial] West")
    #expect(KeptMessage.reading(bytes) { $0.attachments } == [pdf])
  }
}
