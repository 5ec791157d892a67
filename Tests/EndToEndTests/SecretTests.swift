import Foundation
import TestKit
import Testing

@Suite("A password and where it never is", .needs(.python), .needs(python: "aiosmtpd"))
struct SecretTests {
  private static let password = "hunter2+Sésame/open"
  private static let token = "ya29.A0AfH6SMB-token"

  /// The password, the token, and what of them is sent: as text and in base64.
  private static var forms: [String] {
    let texts = [password, token, "\0ops\0\(password)"]
    return [password, token]
      + texts.map {
        Data($0.utf8).base64EncodedString().trimmingCharacters(in: CharacterSet(charactersIn: "="))
      }
  }

  /// Everything that a project and a command leave: files, but for the one that holds the secret, and
  /// what was said.
  private func expectNoSecret(_ folder: URL, _ finished: Finished, _ what: String) throws {
    var places = [("standard output", finished.output), ("standard error", finished.errors)]
    for name in folder.filesBelow() where !name.hasPrefix("export/") && name != "secret" {
      let bytes = try Data(contentsOf: folder.appending(path: name))
      places.append((name, String(decoding: bytes, as: UTF8.self)))
    }
    for (place, text) in places {
      for form in Self.forms {
        #expect(!text.contains(form), "\(what): a secret is in \(place)")
      }
    }
  }

  private static let reports = [
    "{report: weekly-territory, editions: company, to: [a@x.example, b@x.example]}"
  ]

  private func send(
    _ mail: [String], port: Int, smtp: String? = nil, in folder: URL, _ arguments: [String] = []
  ) async throws -> Finished {
    try Post.configure(folder, port: port, reports: Self.reports, mail: mail)
    if let smtp {
      let file = folder.appending(path: "cadastre.yaml")
      let text = try folder.text("cadastre.yaml")
        .replacing("smtp: smtp://localhost:\(port)", with: "smtp: \(smtp)")
      try Data(text.utf8).write(to: file)
    }
    return try await CadastreBinary.run(
      ["send", "--verbose"] + arguments, in: folder,
      environment: ["CADASTRE_SMTP_PASSWORD": Self.password])
  }

  @Test("Whatever goes wrong, no error, log, ledger or message to the operator holds the password")
  func password() async throws {
    let signIn = ["user: ops", "password_from: env:CADASTRE_SMTP_PASSWORD"]
    try await withTemporaryFolder { folder in
      try await Post.project(folder, port: nil, reports: Self.reports)
      try await Program.run("run", "--quiet", in: folder)
      // A server that repeats what it was sent, one that refuses it, one that goes away.
      for rule in ["echo:auth:0", "535:auth:0", "drop:auth:0"] {
        try await withMailPeer(["--auth", "ops:other", "--do", rule]) { peer in
          for auth in ["auth: plain", "auth: login"] {
            let finished = try await send(
              signIn + [auth], port: peer.port, in: folder, ["--edition", "company"])
            #expect(finished.status != 0, "\(rule), \(auth)")
            try expectNoSecret(folder, finished, "\(rule), \(auth)")
            if rule.hasPrefix("echo"), auth == "auth: plain" {
              #expect(finished.errors.contains("[secret]"), "\(finished.errors)")
            }
          }
        }
      }
      // A server that is not there, one of a name that nobody has, and one without encryption.
      for smtp in ["smtp://localhost:9", "smtps://nobody.invalid", "smtps://localhost:9"] {
        let finished = try await send(signIn, port: 9, smtp: smtp, in: folder)
        #expect(finished.status != 0, "\(smtp)")
        try expectNoSecret(folder, finished, smtp)
      }
      // Written into the configuration itself, it is refused and not repeated.
      let written = try await send(
        ["user: ops", "password_from: \"\(Self.password)\""], port: 9, in: folder)
      #expect(written.status == 2)
      #expect(!written.errors.contains(Self.password))
    }
  }

  @Test("A token is as little to be found, nor what its command says beside it")
  func token() async throws {
    try await withTemporaryFolder { folder in
      try await Post.project(folder, port: nil, reports: Self.reports)
      try folder.write(files: ["secret": Self.token + "\n"])
      try await Program.run("run", "--quiet", in: folder)
      try await withMailPeer(["--token", "another", "--do", "echo:auth:0"]) { peer in
        let finished = try await send(
          ["user: ops", "token_from: \"command:cat secret; cat secret >&2\""], port: peer.port,
          in: folder)
        #expect(finished.status != 0)
        try expectNoSecret(folder, finished, "a token")
      }
    }
  }

  @Test("A program that is aborted while it signs in says nothing of it")
  func crash() async throws {
    try await withTemporaryFolder { folder in
      try await Post.project(folder, port: nil, reports: Self.reports)
      try await Program.run("run", "--quiet", in: folder)
      try await withMailPeer(["--auth", "ops:other", "--do", "silent:auth:0"]) { peer in
        try Post.configure(
          folder, port: peer.port, reports: Self.reports,
          mail: ["user: ops", "password_from: env:CADASTRE_SMTP_PASSWORD", "auth: plain"])
        let binary = try CadastreBinary.file().path
        let finished = try await TestKit.run(
          URL(filePath: "/bin/sh"),
          [
            "-c",
            "ulimit -c 0; '\(binary)' send --verbose & child=$!; sleep 2; kill -ABRT $child; "
              + "wait $child",
          ],
          environment: [
            "CADASTRE_SMTP_PASSWORD": Self.password, "SWIFT_BACKTRACE": "enable=yes",
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
          ], in: folder)
        #expect(finished.status != 0)
        try expectNoSecret(folder, finished, "aborted")
      }
    }
  }

  @Test("A command that does not end is ended with all that it began; what it left behind is not")
  func endless() async throws {
    try await withTemporaryFolder { folder in
      try await Post.project(folder, port: nil, reports: Self.reports)
      try await Program.run("run", "--quiet", in: folder)
      func send(_ command: String, seconds: Int) async throws -> Finished {
        try Post.configure(
          folder, port: nil, reports: Self.reports,
          mail: [
            "smtp: smtp://localhost:9", "retry_after: 1", "user: ops", "timeout: \(seconds)",
            "password_from: \"command:\(command)\"",
          ])
        return try await Post.run("send", in: folder)
      }
      for command in ["sleep 600 & echo $! >child; wait", "yes"] {
        let late = try await send(command, seconds: 2)
        #expect(late.status == 2)
        #expect(
          late.errors.hasSuffix(
            "error: \"password_from\" gives nothing: the command was ended, as it took more than "
              + "2 s; nothing was sent; run it by itself to see what it waits for, or raise "
              + "timeout.\n"), "\(late.errors)")
      }
      let child = try #require(
        pid_t(try folder.text("child").trimmingCharacters(in: .whitespacesAndNewlines)))
      // It is gone, or waits for a parent that collects it.
      let state = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
      #expect(state?.contains(") Z ") ?? true, "\(state ?? "")")
      // What stays behind holds the end of the pipe.
      let background = try await send("sleep 9 & echo hunter2", seconds: 5)
      #expect(!background.errors.contains("password_from"), "\(background.errors)")
      #expect(background.status == 1)
    }
  }
}
