import Foundation
import TestKit
import Testing

/// A project whose reports are mailed.
enum Post {
  /// Writes a sample and a project that mails its reports; to folders where there is no port.
  static func project(
    _ folder: URL, port: Int?, reports: [String] = [weekly], mail: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await Program.sampleProject(folder, accounts: 200, sourceLocation: sourceLocation)
    try configure(folder, port: port, reports: reports, mail: mail)
  }

  static let weekly =
    "{report: weekly-territory, every: monday, editions: territory, to: territory_managers}"

  /// A report of little, so that many runs of it take little time.
  static func report(_ name: String, editions: String) -> String {
    """
    report: \(name)
    title: Little
    editions: [\(editions)]
    sections:
      - kind: key_figures
        id: won
        title: Where we stand
        figures:
          - {metric: won_amount, label: Won, period: fiscal_year_to_date}

    """
  }

  static func configure(
    _ folder: URL, port: Int?, reports: [String] = [weekly], mail: [String] = []
  ) throws {
    let file = folder.appending(path: "cadastre.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    // `init` writes the reports last.
    let start = text.components(separatedBy: "\nreports:")[0]
    var lines = [start, "reports:"] + reports.map { "  - \($0)" }
    lines += [
      "mail:", "  from: Sales Operations <ops@acme.example>", "  operator: admin@acme.example",
    ]
    if let port {
      lines += ["  smtp: smtp://localhost:\(port)", "  timeout: 10", "  retry_after: 1"]
    }
    lines += mail.map { "  " + $0 }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
  }

  /// Runs a command.
  static func run(
    _ arguments: String..., in folder: URL
  ) async throws -> Finished {
    try await CadastreBinary.run(arguments, in: folder)
  }

  /// The messages that wait in the outbox.
  static func waiting(_ folder: URL) -> [String] {
    folder.appending(path: "outbox").filesBelow().filter {
      $0.hasSuffix("/message.eml") && !$0.hasPrefix("delivered/")
    }
  }

  /// A message as Python's email package reads it.
  static func read(_ file: URL) async throws -> Mail {
    let script = Repository.root.appending(path: "Tests/DeliveryTests/Peers/read-mail.py")
    let finished = try await TestKit.run(
      Tool.python.require(), [script.path, file.path, "--shown"])
    #expect(finished.status == 0, "\(finished.errors)")
    return try JSONDecoder().decode(Mail.self, from: finished.outputBytes)
  }

  /// What Python's email package finds in a message.
  struct Mail: Decodable {
    let to: [[String]]
    let subject: String
    let headers: [[String]]
    let texts: [String: String]
    let files: [File]
    let defects: [String]

    struct File: Decodable {
      let name: String
      let id: String
      let shown: String
    }

    func header(_ name: String) -> String? {
      headers.first { $0.first == name }?.last
    }

    /// Everything that a reader can find in it.
    var everything: String {
      (texts.values.sorted() + files.map(\.shown)).joined(separator: "\n")
    }
  }
}
