import Foundation
import TestKit
import Testing

@Suite("What delivery needs, said where it is missing")
struct DeliverySetupTests {
  @Test("Somebody must be named who sends")
  func sender() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder, accounts: 200)
      let send = try await Post.run("send", in: folder)
      #expect(send.status == 2)
      #expect(
        send.errors == """
          cadastre.yaml: error: nobody is named who sends mail; nothing was sent; add mail: {from: \
          Sales Operations <ops@acme.example>, smtp: "smtps://mail.acme.example"} to cadastre.yaml.

          """)
      let file = folder.appending(path: "cadastre.yaml")
      let text = try String(contentsOf: file, encoding: .utf8)
      try Data(
        (text.components(separatedBy: "\nreports:")[0]
          + "\nreports:\n  - {report: weekly-territory, to: territory_managers}\n").utf8
      ).write(to: file)
      let run = try await Post.run("run", "--quiet", in: folder)
      #expect(run.status == 2)
      #expect(
        run.errors.hasSuffix(
          "error: the report \"weekly-territory\" is to be delivered, and nobody is named who sends "
            + "it; nothing was rendered; add mail: {from: Sales Operations <ops@acme.example>} to "
            + "cadastre.yaml.\n"))
    }
  }

  @Test("A secret that is not there is named by its setting, and never shown")
  func secret() async throws {
    try await withTemporaryFolder { folder in
      try await Post.project(
        folder, port: 9,
        reports: ["{report: weekly-territory, editions: company, to: a@x.example}"],
        mail: ["user: ops", "password_from: \"command:echo hunter2 >&2; exit 3\""])
      try await Program.run("run", "--quiet", in: folder)
      let send = try await Post.run("send", in: folder)
      #expect(send.status == 2)
      #expect(
        send.errors.contains(
          "error: \"password_from\" gives nothing: the command fails, or prints nothing; nothing was "
            + "sent; put the secret where the setting says, or correct the setting.\n"))
    }
  }

  @Test(
    "systemd takes the units that schedule writes",
    .needs(Tool("systemd-analyze")))
  func units() async throws {
    try await withTemporaryFolder { parent in
      // What systemd would take for an option of its own, or a variable.
      let folder = parent.appending(path: "50% of $HOME, \"sales\"", directoryHint: .isDirectory)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try await Post.project(folder, port: 25, mail: ["send_at: \"06:30\""])
      try await Program.run("schedule", "--out", "units", in: folder)
      let units = folder.appending(path: "units")
      let verified = try await TestKit.run(
        Tool("systemd-analyze").require(),
        [
          "verify", units.appending(path: "cadastre.service").path,
          units.appending(path: "cadastre.timer").path,
        ])
      #expect(verified.status == 0, "\(verified.errors)")
      #expect(!verified.errors.contains("cadastre."), "\(verified.errors)")
      let service = try units.text("cadastre.service")
      #expect(service.contains(#" send --scheduled --project "$$1" && exit $$made' ""#))
      let timer = try units.text("cadastre.timer")
      #expect(timer.contains("\nOnCalendar=*-*-* 06:30:00 America/New_York\n"))
      #expect(timer.contains("\nPersistent=true\n"))
      let cron = try units.text("cadastre.cron")
      #expect(cron.hasPrefix("CRON_TZ=America/New_York\n30 6 * * * '"))
    }
  }
}
