import Foundation
import TestKit
import Testing

@Suite("Mails and texts of a report")
struct MailCommandTests {
  @Test(
    "Every mail is one that mail programs know, and reads on a screen and on a telephone",
    .needs(.chromium, .python))
  func mails() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      let configuration = folder.appending(path: "cadastre.yaml")
      try Data(
        (try String(contentsOf: configuration, encoding: .utf8)
          + "\ncrm_url: https://acme.my.salesforce.com\n").utf8
      ).write(to: configuration)
      try await Program.run(
        "report", "weekly-territory", "--format", "mail", "--quiet", in: folder)
      let output = Program.output(folder)
      let mails = output.filesBelow().filter { $0.hasSuffix(".mail/index.html") }
      #expect(mails.count > 10)
      let script = Repository.root.appending(path: "scripts/check-mail.py").path
      for mail in mails {
        let page = output.appending(path: mail)
        let finished = try await TestKit.run(
          Tool.python.require(), [script, page.path, "--preview"], seconds: 60)
        #expect(finished.output == "", "\(mail)")
        #expect(finished.status == 0, "\(finished.errors)")
        let text = try output.text(mail.replacing("index.html", with: "message.txt"))
        #expect(text.hasSuffix("\n"))
      }
      for mail in [mails.first, mails.last].compactMap({ $0 }) {
        for width in [640, 390] {
          let problems = try await PageCheck.problems(
            of: output.appending(path: mail), in: PageCheck.View(width: width))
          #expect(problems == [], "\(mail) at \(width) px")
        }
      }
    }
  }

  @Test("What a mail and a text leave out is in the workbook beside them, and they say so")
  func rest() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      try await Program.run(
        "report", "weekly-territory", "--edition", "company", "--format", "mail,text,xlsx",
        "--quiet", in: folder)
      let output = Program.output(folder)
      let text = try output.text("weekly-territory/company.txt")
      let message = try output.text("weekly-territory/company.mail/message.txt")
      let mail = try output.text("weekly-territory/company.mail/index.html")
      for part in [text, message, mail] {
        #expect(part.contains("in company.xlsx"))
        #expect(!part.contains("in the attachment"))
      }
    }
  }
}
