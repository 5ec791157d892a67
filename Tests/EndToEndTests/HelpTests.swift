import TestKit
import Testing

@Suite("Help on the command line")
struct HelpTests {
  @Test(
    "Each command says what it does",
    arguments: [
      ("sample", "Write a realistic Salesforce export of an invented organisation"),
      ("init", "Look at an export and generate the pipeline for it"),
      ("wants", "Say what to export from the CRM, before there is any export"),
      ("check", "Read everything, render nothing, and say what the export gives"),
      ("tables", "Compute the standard metric tables"),
      ("query", "Ask any metric by any dimension"),
      (
        "explain", "Say what a metric means and which records are behind it"
      ),
      ("reconcile", "Tie a figure to the CRM's own report of it"),
      ("family", "Show one family of accounts as a tree, with its roll-up"),
      ("report", "Render reports, or single editions of them"),
      ("run", "Render all reports that are due, with one page over them"),
    ])
  func command(name: String, sentence: String) async throws {
    let finished = try await CadastreBinary.run([name, "--help"])
    #expect(finished.status == 0)
    #expect(finished.errors == "")
    #expect(finished.output.hasPrefix("OVERVIEW: \(sentence)\n"))
    #expect(finished.output.contains("USAGE: cadastre \(name)"))
  }

  @Test("The program lists its commands, its exit statuses and its version")
  func program() async throws {
    let help = try await CadastreBinary.run(["--help"])
    #expect(help.status == 0)
    for command in [
      "sample", "wants", "init", "check", "tables", "query", "explain", "reconcile",
      "report", "run",
    ] {
      #expect(help.output.contains("\n  \(command) "), "\(command)")
    }
    #expect(help.output.contains("Exit status: 0 done; 1 failed while running; 2 errors"))
    let version = try await CadastreBinary.run(["--version"])
    #expect(version.status == 0)
    #expect(version.output.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
  }
}
