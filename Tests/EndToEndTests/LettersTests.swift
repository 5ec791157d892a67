import Foundation
import TestKit
import Testing

@Suite(
  "How many messages somebody gets, and how large", .needs(.python), .needs(python: "aiosmtpd"))
struct LettersTests {
  private static let toAll = ["{report: weekly-territory, editions: territory, to: all@x.example}"]

  @Test("Somebody with several editions gets one message: the highest in full, the others attached")
  func oneMessage() async throws {
    try await withTemporaryFolder { folder in
      try await Post.project(folder, port: nil, reports: Self.toAll)
      try await Program.run("run", "--quiet", in: folder)
      let editions = Program.output(folder).appending(path: "weekly-territory").filesBelow()
        .filter { $0.hasSuffix(".xml") }.map { String($0.dropLast(4)) }
      #expect(editions.count > 3)
      let made = Post.waiting(folder)
      #expect(made.count == 1)
      let mail = try await Post.read(folder.appending(path: "outbox/" + (made.first ?? "")))
      #expect(mail.subject == "Weekly territory report: Meridian Instruments, Nov 20, 2026")
      let pdfs = mail.files.map(\.name).filter { $0.hasSuffix(".pdf") }
      #expect(pdfs.count == editions.count - 1)
      #expect(mail.files.count { $0.name.hasSuffix(".xlsx") } == editions.count)
      let text = CleanWords.of(try #require(mail.texts["plain"]))
      #expect(text.contains("Also in this message"))
      for name in pdfs { #expect(text.contains("in full in \(name)"), "\(name)") }
      // As configured, a message each.
      try FileManager.default.removeItem(at: folder.appending(path: "outbox"))
      try FileManager.default.removeItem(at: folder.appending(path: "cadastre.db"))
      try Post.configure(folder, port: nil, reports: Self.toAll, mail: ["one_message: no"])
      try await Program.run("run", "--quiet", in: folder)
      #expect(Post.waiting(folder).count == editions.count)
    }
  }

  @Test("A message that is too large leaves its files out and says so, then does not leave at all")
  func tooLarge() async throws {
    let reports = [
      "{report: weekly-territory, editions: company, to: a@x.example, attach: [xlsx, pdf, json]}"
    ]
    try await withMailPeer { peer in
      try await withTemporaryFolder { folder in
        try await Post.project(folder, port: peer.port, reports: reports)
        try await Program.run("run", "--quiet", in: folder)
        let outbox = folder.appending(path: "outbox")
        let whole = try Data(
          contentsOf: outbox.appending(path: Post.waiting(folder).first ?? "")
        ).count
        let kilobytes = whole / 1000 - 10
        try Post.configure(
          folder, port: peer.port, reports: reports, mail: ["max_size: \(kilobytes) KB"])
        try await Program.run("run", "--quiet", in: folder)
        let cut = try await Post.read(outbox.appending(path: Post.waiting(folder).first ?? ""))
        #expect(!cut.files.contains { $0.name.hasSuffix(".xlsx") || $0.name.hasSuffix(".pdf") })
        #expect(cut.files.contains { !$0.id.isEmpty })
        #expect(
          CleanWords.of(try #require(cut.texts["plain"])).contains(
            "Too large for a message and left out: weekly-territory-company-2026-11-20.xlsx, "
              + "weekly-territory-company-2026-11-20.pdf, weekly-territory-company-2026-11-20.json")
        )
        // Not even text and pictures fit: it is said, and nothing leaves in part.
        try Post.configure(folder, port: peer.port, reports: reports, mail: ["max_size: 20 KB"])
        let refused = try await Post.run("run", "--quiet", in: folder)
        #expect(refused.status == 1)
        #expect(
          refused.errors.contains(
            /error: the message of "weekly-territory" about Meridian Instruments has \d+ kB, more than the 20 kB of max_size; it was not put into the outbox; raise max_size where the server takes more, or leave out charts of the report\./
          ), "\(refused.errors)")
        #expect(Post.waiting(folder) == [])
        #expect(try await Program.run("send", in: folder) == "Nothing to send.\n")
        #expect(try peer.taken() == [])
        // With place for it, it goes out after all.
        try Post.configure(folder, port: peer.port, reports: reports)
        try await Program.run("run", "--quiet", in: folder)
        #expect(try await Program.run("send", in: folder).hasSuffix("Sent 1 of 1 message.\n"))
      }
    }
  }

  @Test("What could be made leaves on schedule, and the operator hears of the rest")
  func restLeaves() async throws {
    let reports = [
      "{report: weekly-territory, editions: company, to: large@x.example}",
      "{report: small, editions: company, to: small@x.example, attach: []}",
    ]
    try await withMailPeer { peer in
      try await withTemporaryFolder { folder in
        try folder.write(files: ["reports/small.yaml": Post.report("small", editions: "company")])
        try await Post.project(
          folder, port: peer.port, reports: reports,
          mail: [
            "max_size: 40 KB",
            "send_on: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]",
          ])
        let units = try await Program.run("schedule", in: folder)
        // The line of cron behind its five fields.
        let line = try #require(units.split(separator: "\n").last { $0.contains(" * * * ") })
        let command = String(line.split(separator: " ", maxSplits: 5).last ?? "")
        let finished = try await TestKit.run(
          URL(filePath: "/bin/sh"), ["-c", command.replacing("\\%", with: "%")], in: folder)
        #expect(finished.errors.contains("error: the message of \"weekly-territory\""))
        #expect(try peer.taken() == ["admin@acme.example", "small@x.example"])
        let told = try peer.messages().map { String(decoding: $0, as: UTF8.self) }
          .filter { $0.contains("Subject: Cadastre could not make all messages.") }
        #expect(told.count == 1)
      }
    }
  }

}
