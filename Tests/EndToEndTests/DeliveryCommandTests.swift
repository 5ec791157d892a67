import Foundation
import TestKit
import Testing

@Suite("Reports on their way to their readers", .needs(.python), .needs(python: "aiosmtpd"))
struct DeliveryCommandTests {
  @Test("Every manager gets the weekly report once, and a second run and send change nothing")
  func once() async throws {
    try await withMailPeer { peer in
      try await withTemporaryFolder { folder in
        try await Post.project(folder, port: peer.port)
        try await Program.run("run", "--quiet", in: folder)
        let made = Post.waiting(folder).count
        #expect(made > 3)
        let sent = try await Program.run("send", in: folder)
        #expect(sent.hasSuffix("Sent \(made) of \(made) messages.\n"))
        let taken = try peer.taken()
        #expect(taken.count == made)
        #expect(Set(taken).count == made)
        #expect(Post.waiting(folder) == [])
        try await Program.run("run", "--quiet", in: folder)
        #expect(try await Program.run("send", in: folder) == "Nothing to send.\n")
        #expect(try peer.taken() == taken)
      }
    }
  }

  @Test("A message is whole: pictures, workbook, text, at most 90 KB of HTML, and no defect")
  func whole() async throws {
    try await withTemporaryFolder { folder in
      try await Post.project(
        folder, port: nil,
        reports: [
          "{report: weekly-territory, editions: territory, to: territory_managers, attach: [xlsx, pdf]}"
        ])
      try await Program.run("run", "--quiet", in: folder)
      let outbox = folder.appending(path: "outbox")
      for name in Post.waiting(folder) {
        let mail = try await Post.read(outbox.appending(path: name))
        #expect(mail.defects == [], "\(name)")
        let html = try #require(mail.texts["html"])
        #expect(html.utf8.count <= 90 * 1024)
        #expect(mail.texts["plain"]?.contains("About this report") == true)
        for file in mail.files where !file.id.isEmpty {
          #expect(html.contains("cid:" + file.id.dropFirst().dropLast()))
        }
        let pictures = html.matches(of: /src="cid:/).count
        #expect(mail.files.count { !$0.id.isEmpty } == pictures)
        #expect(mail.files.contains { $0.name.hasSuffix("-2026-11-20.xlsx") })
        #expect(mail.files.contains { $0.name.hasSuffix("-2026-11-20.pdf") })
        // What is cut says where the rest is: in a file that goes along.
        for match in html.matches(of: /in ([a-z0-9-]+\.xlsx)/) {
          #expect(mail.files.contains { $0.name == match.1 }, "\(match.1)")
        }
      }
    }
  }

  @Test("The outbox has the same bytes whenever it is made of the same export")
  func bytes() async throws {
    try await withTemporaryFolder { folder in
      try await Post.project(folder, port: nil)
      try await Program.run("run", "--quiet", in: folder)
      let outbox = folder.appending(path: "outbox")
      let first = try outbox.contents()
      try FileManager.default.removeItem(at: outbox)
      try await Program.run("run", "--quiet", in: folder)
      #expect(try differences(outbox.contents(), first) == [])
    }
  }

  @Test("Nothing leaves before it is approved; who and when stand in the message")
  func approval() async throws {
    try await withMailPeer { peer in
      try await withTemporaryFolder { folder in
        try await Post.project(
          folder, port: peer.port, reports: ["{report: performance-review, to: board@acme.example}"]
        )
        try await Program.run("run", "--quiet", in: folder)
        #expect(
          try await Program.run("send", in: folder)
            == "1 message waiting for cadastre approve\nNothing to send.\n")
        #expect(try peer.taken() == [])
        #expect(
          try await Program.run("approve", "performance-review", in: folder)
            == "Approved: board@acme.example, Performance review: Meridian Instruments, Nov 20, 2026\n"
        )
        // Made again and saying the same, it stays approved.
        try await Program.run("run", "--quiet", in: folder)
        let made = folder.appending(path: "outbox/" + (Post.waiting(folder).first ?? ""))
        #expect(try await Post.read(made).texts["plain"]?.contains("approved by") == true)
        let held = try await Program.run("hold", "company", in: folder)
        #expect(held.hasPrefix("Held: board@acme.example"))
        #expect(
          try await Program.run("send", in: folder)
            == "1 message held back (cadastre approve)\nNothing to send.\n")
        try await Program.run("approve", in: folder)
        try await Program.run("send", in: folder)
        let file = peer.folder.appending(path: "taken/00001.eml")
        let mail = try await Post.read(file)
        let text = try #require(mail.texts["plain"])
        #expect(text.contains(/Approval: approved by \S+ on \d{4}-\d\d-\d\d \d\d:\d\d UTC/))
        #expect(!text.contains("waiting for approval"))
        #expect(mail.texts["html"]?.contains("waiting for approval") == false)
        let nothing = try await Post.run("approve", in: folder)
        #expect(nothing.status == 64)
        #expect(
          nothing.errors.hasPrefix(
            "Error: no message of the outbox waits for approval: cadastre send --dry-run lists what "
              + "there is\n"))
      }
    }
  }

  @Test("What was sent and says something else now is sent again as corrected, if somebody says so")
  func corrected() async throws {
    try await withMailPeer { peer in
      try await withTemporaryFolder { folder in
        let reports = ["{report: weekly-territory, editions: company, to: board@acme.example}"]
        try await Post.project(folder, port: peer.port, reports: reports)
        try await Program.run("run", "--quiet", in: folder)
        try await Program.run("send", in: folder)
        // A deal that was won is worth ten times as much in the export that is taken again.
        let file = folder.appending(path: "export/Opportunity.csv")
        var rows = try CSVReader.rows(of: file)
        let header = try #require(rows.first)
        let (won, amount, close) = (
          try #require(header.firstIndex(of: "IsWon")),
          try #require(header.firstIndex(of: "Amount")),
          try #require(header.firstIndex(of: "CloseDate"))
        )
        let deal = try #require(
          rows.indices.dropFirst().first {
            rows[$0].count == header.count && ["1", "true"].contains(rows[$0][won].lowercased())
              && rows[$0][close] >= "2026-11-01"
          })
        rows[deal][amount] = "98765432"
        let text = rows.map { row in
          row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
        }.joined(separator: "\n")
        try Data((text + "\n").utf8).write(to: file)
        let again = try await Post.run("run", in: folder)
        #expect(again.status == 0, "\(again.errors)")
        #expect(
          again.errors.contains(
            "warning: 1 message that was sent says something else by now; nobody is sent one of them "
              + "again; cadastre run --correct sends them as corrected, with what changed.\n"))
        #expect(try await Program.run("send", in: folder) == "Nothing to send.\n")
        try await Program.run("run", "--quiet", "--correct", in: folder)
        try await Program.run("send", in: folder)
        let mail = try await Post.read(peer.folder.appending(path: "taken/00002.eml"))
        #expect(
          mail.subject == "Corrected: Weekly territory report: Meridian Instruments, Nov 20, 2026")
        let plain = try #require(mail.texts["plain"])
        #expect(plain.contains("What this message corrects"))
        #expect(plain.contains(/Won this quarter is .*; the earlier\s+message said/))
        let first = try await Post.read(peer.folder.appending(path: "taken/00001.eml"))
        #expect(mail.header("In-Reply-To") == first.header("Message-Id"))
        try await Program.run("run", "--quiet", "--correct", in: folder)
        #expect(try await Program.run("send", in: folder) == "Nothing to send.\n")
      }
    }
  }

  @Test(
    "Who is refused and what is in doubt is said word for word, and the operator has it by mail")
  func failures() async throws {
    let reports = [
      "{report: weekly-territory, editions: company, to: [a@x.example, b@x.example, c@x.example]}"
    ]
    try await withMailPeer([
      "--do", "550:rcpt:0:a@x.example", "--do", "drop:end:1:b@x.example",
    ]) { peer in
      try await withTemporaryFolder { folder in
        try await Post.project(folder, port: peer.port, reports: reports)
        try await Program.run("run", "--quiet", in: folder)
        let sent = try await Post.run("send", in: folder)
        #expect(sent.status == 1)
        #expect(
          sent.errors == """
            Refused for good (correct the address, then cadastre send --resend):
              a@x.example, weekly-territory: 550 5.1.1 no such user
            In doubt: the server may have taken them. cadastre send --resend sends them again, cadastre \
            send --give-up does not:
              b@x.example, weekly-territory: Failure when receiving data from the peer

            """)
        #expect(sent.output.hasSuffix("Sent 1 of 3 messages.\n"))
        #expect(
          try peer.taken() == ["admin@acme.example", "b@x.example", "c@x.example"])
        let again = try await Post.run("send", in: folder)
        #expect(again.status == 1)
        #expect(again.output == "Nothing to send.\n")
        #expect(try peer.taken().count == 3)
        // Somebody looked: it arrived.
        let given = try await Post.run("send", "--give-up", in: folder)
        #expect(given.status == 0, "\(given.errors)")
        #expect(try peer.taken().count == 3)
      }
    }
  }

  @Test("Messages that are in doubt go again where somebody says so")
  func resend() async throws {
    try await withMailPeer(["--do", "drop:end:1"]) { peer in
      try await withTemporaryFolder { folder in
        try await Post.project(
          folder, port: peer.port,
          reports: ["{report: weekly-territory, editions: company, to: a@x.example}"])
        try await Program.run("run", "--quiet", in: folder)
        #expect(try await Post.run("send", in: folder).status == 1)
        try await Program.run("send", "--resend", in: folder)
        #expect(
          try peer.taken() == ["a@x.example", "a@x.example", "admin@acme.example"])
        #expect(try await Program.run("send", in: folder) == "Nothing to send.\n")
        // What was delivered goes again for an edition that is named.
        try await Program.run("send", "--resend", "--edition", "company", in: folder)
        #expect(try peer.taken().count { $0 == "a@x.example" } == 3)
      }
    }
  }

  @Test("A trial goes to one address, says for whom it is, and the outbox stays as it is")
  func trial() async throws {
    try await withMailPeer { peer in
      try await withTemporaryFolder { folder in
        try await Post.project(folder, port: peer.port)
        try await Program.run("run", "--quiet", in: folder)
        let before = try folder.appending(path: "outbox").contents()
        try await Program.run("send", "--to", "me@acme.example", in: folder)
        #expect(try peer.taken() == ["me@acme.example"])
        let mail = try await Post.read(peer.folder.appending(path: "taken/00001.eml"))
        #expect(mail.to == [["", "me@acme.example"]])
        #expect(mail.subject.hasPrefix("[Trial, for "))
        #expect(try differences(folder.appending(path: "outbox").contents(), before) == [])
        let dry = try await Program.run("send", "--dry-run", in: folder)
        #expect(dry.split(separator: "\n").count == Post.waiting(folder).count)
        #expect(try peer.taken().count == 1)
      }
    }
  }

  @Test("Without a server each reader has a folder with the message and its attachments")
  func folders() async throws {
    try await withTemporaryFolder { folder in
      try await Post.project(
        folder, port: nil,
        reports: ["{report: weekly-territory, editions: company, to: a@x.example}"])
      try await Program.run("run", "--quiet", in: folder)
      try await Program.run("send", in: folder)
      let files = folder.appending(path: "delivered/a@x.example").filesBelow().map {
        $0.split(separator: "/").last.map(String.init) ?? ""
      }
      #expect(files == ["message.eml", "weekly-territory-company-2026-11-20.xlsx"])
    }
  }

  @Test("Of two that send at once one says so, and each message is sent once")
  func together() async throws {
    try await withMailPeer(["--do", "slow:rcpt:1"]) { peer in
      try await withTemporaryFolder { folder in
        try await Post.project(folder, port: peer.port)
        try await Program.run("run", "--quiet", in: folder)
        let made = Post.waiting(folder).count
        async let first = Post.run("send", in: folder)
        async let second = Post.run("send", in: folder)
        let both = try await [first, second].sorted { $0.status < $1.status }
        #expect(both.map(\.status) == [0, 1])
        #expect(both.last?.errors.contains("error: another cadastre command") == true)
        #expect(try peer.taken().count == made)
        #expect(Set(try peer.taken()).count == made)
      }
    }
  }

  @Test("A disk that is full: the outbox stays as it was, and nothing is sent without the ledger")
  func fullDisk() async throws {
    try await withMailPeer { peer in
      try await withTemporaryFolder { folder in
        try await Post.project(folder, port: peer.port)
        try await Program.run("run", "--quiet", in: folder)
        let before = try folder.appending(path: "outbox").contents()
        let binary = try CadastreBinary.file().path
        // No file may grow beyond a size: the system refuses to write as it does on a full disk.
        func limited(_ blocks: Int, _ command: String) async throws -> Finished {
          try await TestKit.run(
            URL(filePath: "/bin/sh"),
            ["-c", "trap '' XFSZ; ulimit -f \(blocks); exec '\(binary)' \(command)"], in: folder)
        }
        let run = try await limited(40, "run --quiet --as-of 2026-11-19")
        #expect(run.status != 0)
        #expect(try differences(folder.appending(path: "outbox").contents(), before) == [])
        let send = try await limited(1, "send")
        #expect(send.status != 0)
        #expect(try peer.taken() == [])
        try await Program.run("send", in: folder)
        #expect(try peer.taken().count == before.keys.count { $0.hasSuffix(".eml") })
      }
    }
  }
}
