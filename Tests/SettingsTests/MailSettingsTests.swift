import Records
import Settings
import Testing

@Suite("What cadastre.yaml says about mail")
struct MailSettingsTests {
  private func complaints(about text: String) -> [String] {
    do {
      _ = try Configuration(text: text)
      return []
    } catch {
      return error.findings.map(\.description)
    }
  }

  @Test("A server, a sender and how they sign in")
  func mail() throws {
    let mail = try #require(
      try Configuration(
        text: """
          mail:
            from: Sales Operations <ops@acme.example>
            smtp: smtp://mail.acme.example:2525/
            user: ops
            token_from: "command:print-token --for ops"
            rate: 30
            max_size: 25 MB
            send_at: "06:30"
            send_on: [sunday, monday, Tuesday]
            holidays: [2026-12-25, 2026-11-26, 2026-12-25]
            one_message: no
          """
      ).mail)
    #expect(mail.from == MailAddress(name: "Sales Operations", address: "ops@acme.example"))
    #expect(mail.operatorAddress == mail.from)
    let server = try #require(mail.server)
    #expect((server.host, server.port) == ("mail.acme.example", 2525))
    #expect(!server.isImplicitTLS && !server.isLoopback)
    #expect(server.token?.value == .command("print-token --for ops"))
    #expect(server.auth == .xoauth2)
    #expect(server.tls == .required)
    #expect(server.perMinute == 30)
    #expect(mail.maxSize == 25_000_000)
    #expect(mail.sendAt == 390)
    #expect(mail.sendOn == [.sunday, .monday, .tuesday])
    #expect(mail.holidays.map(\.description) == ["2026-11-26", "2026-12-25"])
    #expect(!mail.isOneMessage)
  }

  @Test(
    "A server of this machine is one that nobody listens to",
    arguments: [
      ("smtp://localhost", true), ("smtp://127.0.0.1:25", true), ("smtp://[::1]:2525", true),
      ("smtp://localhost.acme.example", false), ("smtp://10.0.0.1", false),
    ])
  func loopback(smtp: String, isLoopback: Bool) throws {
    let settings = try Configuration(text: "mail: {from: a@b.example, smtp: \"\(smtp)\"}\n")
    #expect(settings.mail?.server?.isLoopback == isLoopback)
  }

  @Test("Each mistake is said at its place, and a secret is never repeated")
  func mistakes() {
    let text = """
      mail:
        form: ops@acme.example
        smtp: https://mail.acme.example
        user: ops
        password_from: hunter2
        max_size: big
        send_at: 7 o'clock
        send_on: [weekdays]
      """
    #expect(
      complaints(about: text) == [
        "cadastre.yaml:2:3: error: \"mail\" has no key \"from\"; nothing was read; add from.",
        "cadastre.yaml:2:3: error: unknown key \"form\"; nothing was read; did you mean \"from\"?",
        "cadastre.yaml:3:9: error: \"smtp\" must be an address such as smtps://mail.acme.example:465, "
          + "found \"https://mail.acme.example\"; nothing was read; write an address such as "
          + "smtps://mail.acme.example:465.",
        "cadastre.yaml:5:18: error: \"password_from\" must say where the secret is, never what it is; "
          + "nothing was read; write env:NAME, file:PATH or command:PROGRAM.",
        "cadastre.yaml:6:13: error: \"max_size\" must be a size such as 10 MB, found \"big\"; nothing "
          + "was read; write a size such as 10 MB.",
        "cadastre.yaml:7:12: error: \"send_at\" must be a time such as 07:30, found \"7 o'clock\"; "
          + "nothing was read; write a time such as 07:30.",
        "cadastre.yaml:8:13: error: item 1 of \"send_on\" cannot be \"weekdays\"; nothing was read; use "
          + "monday, tuesday, wednesday, thursday, friday, saturday or sunday.",
      ])
  }

  @Test("What does not go together")
  func contradictions() {
    #expect(
      complaints(about: "mail: {from: a@b.example, user: ops}\n") == [
        "cadastre.yaml:1:27: error: key \"user\" belongs to a server, and none is named; nothing was "
          + "read; add smtp: smtps://mail.acme.example."
      ])
    #expect(
      complaints(about: "mail: {from: a@b.example, smtp: \"smtps://ops:x@m.example\"}\n") == [
        "cadastre.yaml:1:33: error: the address of the server holds a user or a password; nothing was "
          + "read; write user: NAME and password_from: env:NAME beside it."
      ])
    #expect(
      complaints(about: "mail: {from: a@b.example, smtp: \"smtp://m.example\", user: ops}\n") == [
        "cadastre.yaml:1:53: error: key \"user\" stands without \"password_from\"; nothing was read; "
          + "add password_from: env:NAME, or token_from: command:PROGRAM."
      ])
    #expect(
      complaints(about: "mail: {from: a@b.example, smtp: \"smtps://m.example\", tls: none}\n") == [
        "cadastre.yaml:1:54: error: smtps:// is encrypted from the first byte, whatever \"tls\" says; "
          + "nothing was read; remove tls, or write smtp:// with tls: starttls."
      ])
  }

  @Test("Who gets a report, and under which subject")
  func distribution() throws {
    let report = try #require(
      try Configuration(
        text: """
          reports:
            - report: weekly-territory
              to: [territory_managers, {territory_users: Account Executive}, board@acme.example]
              subject: "{edition}, week of {as_of}"
              approval: required
              deliver: folder
              attach: [pdf, xlsx]
          """
      ).reports.first)
    #expect(
      report.distribution.to == [
        .territoryManagers, .territoryUsers(role: "Account Executive"),
        .address("board@acme.example"),
      ])
    #expect(report.distribution.subject == "{edition}, week of {as_of}")
    #expect(report.distribution.needsApproval == true)
    #expect(report.distribution.deliver == .folder)
    #expect(report.distribution.attach == [.pdf, .xlsx])
    #expect(
      complaints(
        about: """
          reports:
            - {report: a, to: territory_manager}
            - {report: a, subject: "{editon}"}
            - {report: a, subject: "{edition"}
            - {report: a, approval: maybe}
          """) == [
          "cadastre.yaml:2:21: error: \"territory_manager\" is nobody to send a report to; nothing was "
            + "read; did you mean \"territory_managers\"?",
          "cadastre.yaml:3:26: error: a subject knows no \"{editon}\"; nothing was read; did you mean "
            + "\"edition\"?",
          "cadastre.yaml:4:26: error: the subject has a brace that is not closed; nothing was read; "
            + "write {edition}.",
          "cadastre.yaml:5:27: error: \"approval\" cannot be \"maybe\"; nothing was read; use required "
            + "or none.",
        ])
  }
}
