import Foundation
import Settings
import TestKit
import Testing

@Suite("The manual of the configuration")
struct ConfigurationManualTests {
  @Test("The complete example of docs/configuration.md is read, and every key of it is explained")
  func example() throws {
    let manual = try String(
      contentsOf: Repository.root.appending(path: "docs/configuration.md"), encoding: .utf8)
    let example = try #require(
      manual.components(separatedBy: "```yaml\n").dropFirst().first?
        .components(separatedBy: "```").first)
    let settings = try Configuration(text: example)
    #expect(settings.organisation == "Acme")
    #expect(settings.plannedModel?.planned.value == "plan.csv")
    #expect(settings.reports.count == 1)
    let rest = manual.replacing(example, with: "")
    for line in example.split(separator: "\n") where !line.hasPrefix(" ") {
      let key = line.prefix { $0 != ":" }
      #expect(rest.contains("`\(key)`"), "\(key) is not explained.")
    }
  }

  @Test("Every key that the program knows stands in the manual")
  func everyKey() throws {
    let manual = try String(
      contentsOf: Repository.root.appending(path: "docs/configuration.md"), encoding: .utf8)
    // An unknown key is refused with the list of those that are known.
    do {
      _ = try Configuration(text: "zzzzzzzzzzzzzzzzzzzzzzzz: 1\n")
      Issue.record("The key was accepted.")
    } catch {
      let listed = error.findings.first?.suggestion.dropFirst("use ".count) ?? ""
      let keys = listed.replacing(" or ", with: ", ").split(separator: ", ")
      #expect(keys.count > 30)
      for key in keys { #expect(manual.contains("`\(key)`"), "\(key) is not in the manual.") }
    }
  }
}
