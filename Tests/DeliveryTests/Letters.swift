import Delivery
import Foundation
import History
import Records
import Reports
import Settings
import TestKit
import Testing

/// Messages made by hand.
enum Letters {
  static let asOf = Day(iso: "2026-11-20") ?? Day(number: 0)
  /// 2026-11-23 07:00 UTC.
  static let date: Int64 = 1_795_417_200

  /// A message to somebody, with pictures and attachments as asked for.
  static func message(
    to: MailAddress = MailAddress(name: "Ann Lee", address: "ann@acme.example"),
    from: MailAddress = MailAddress(name: "Sales Operations", address: "ops@acme.example"),
    subject: String = "Weekly territory report: West, Nov 20, 2026",
    edition: String = "territory:0MI1",
    html: String = "<p>West has won <b>€1.2 M</b>.</p>\n", text: String = "West has won €1.2 M.\n",
    images: Int = 0, imageBytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47],
    attachments: [MailMessage.Attachment] = []
  ) -> MailMessage {
    MailMessage(
      key: MessageKey(
        report: "weekly-territory", edition: edition, asOf: asOf, recipient: to.address),
      from: from, to: to, subject: subject, date: date, title: "Weekly territory report",
      parts: MailParts(
        subject: subject, html: html, text: text,
        images: (0..<images).map { number in
          MailParts.Image(
            contentID: "weekly-territory.West.2026-11-20.chart-\(number)@cadastre",
            fileName: "chart-\(number).png", png: imageBytes + [UInt8(number % 256)], width: 552,
            height: 240, alternative: "Chart \(number)")
        }),
      attachments: attachments)
  }

  /// A message as Python's email package understands it.
  static func read(_ bytes: [UInt8]) async throws -> ReadMail {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "message.eml")
      try Data(bytes).write(to: file)
      let script = Repository.root.appending(path: "Tests/DeliveryTests/Peers/read-mail.py")
      let finished = try await TestKit.run(Tool.python.require(), [script.path, file.path])
      #expect(finished.status == 0, "\(finished.errors)")
      return try JSONDecoder().decode(ReadMail.self, from: finished.outputBytes)
    }
  }
}

/// What Python's email package finds in a message.
struct ReadMail: Decodable {
  let structure: Structure
  let from: [[String]]
  let to: [[String]]
  let subject: String
  let date: String
  let id: String
  let headers: [[String]]
  let texts: [String: String]
  let files: [File]
  let defects: [String]
  let longest: Int
  let isASCII: Bool

  struct File: Decodable {
    let name: String
    let type: String
    let disposition: String
    let id: String
    let size: Int
    let sha256: String
  }

  /// Such as `mixed(related(alternative(text/plain, text/html), image/png), application/pdf)`.
  enum Structure: Decodable, CustomStringConvertible {
    case part(String)
    case parts([Structure])

    init(from decoder: any Decoder) throws {
      if let name = try? decoder.singleValueContainer().decode(String.self) {
        self = .part(name)
      } else {
        self = .parts(try decoder.singleValueContainer().decode([Structure].self))
      }
    }

    var description: String {
      switch self {
      case .part(let name): name
      case .parts(let parts):
        "\(parts.first?.description ?? "")("
          + parts.dropFirst().map(\.description).joined(separator: ", ") + ")"
      }
    }
  }

  func header(_ name: String) -> [String] {
    headers.filter { $0.first?.lowercased() == name.lowercased() }.compactMap(\.last)
  }
}
