import Foundation
import TestKit
import Testing

@Suite("The manual of findings, docs/findings.md")
struct FindingsManualTests {
  /// A code as the sources write it, with where; entity and field are left off.
  struct Written: Hashable {
    let code: String
    let place: String
  }

  /// The headings of entries, in the order of the manual.
  static func documented() throws -> [String] {
    try manual().split(separator: "\n").filter { $0.hasPrefix("### ") }.map {
      String($0.dropFirst(4))
    }
  }

  private static func manual() throws -> String {
    try String(contentsOf: Repository.root.appending(path: "docs/findings.md"), encoding: .utf8)
  }

  /// Every code in the sources: literals behind `code:`, those that a choice behind `code:` gives,
  /// the raw values of enumerations of codes, and the first argument of `refuse`.
  static func written() throws -> [Written] {
    var found: [Written] = []
    for file in try SourceFile.all() where file.room != "Sample" {
      let text = file.lines.joined(separator: "\n")
      var literals: [Substring] = []
      for match in text.matches(of: /\bcode:([^,]*?"[^"]*"[^,]*?)(?=,|\))/) {
        literals += match.1.matches(of: /"([^"]*)"/).map(\.1)
      }
      literals += text.matches(of: /\brefuse\(\s*"([a-z]+(?:-[a-z]+)+)"/).map(\.1)
      for match in text.matches(of: /enum (?:SettingsCode|Kind): String[^{]*\{([^}]*)\}/) {
        literals += match.1.matches(of: /= "([a-z]+(?:-[a-z]+)+)"/).map(\.1)
      }
      found += literals.map { base(of: String($0)) }
        .filter { $0.wholeMatch(of: /[a-z]+(?:-[a-z]+)+/) != nil }
        .map { Written(code: $0, place: file.path) }
    }
    return found
  }

  /// The code without what is inserted and without the names of entities.
  private static func base(of literal: String) -> String {
    let fixed = literal.split(separator: "\\(", omittingEmptySubsequences: false)[0]
    let parts = fixed.split(separator: "-")
    return parts.prefix { !($0.first?.isUppercase ?? false) }.joined(separator: "-")
  }

  @Test("Every code of the sources has its entry")
  func complete() throws {
    let documented = Set(try Self.documented())
    for written in Set(try Self.written()).sorted(by: { $0.code < $1.code })
    where !documented.contains(written.code) {
      Issue.record("\(written.place): \(written.code) has no entry in docs/findings.md.")
    }
  }

  @Test("No entry is of a code that no source has, and none stands twice")
  func known() throws {
    let written = Set(try Self.written().map(\.code))
    let documented = try Self.documented()
    for code in documented {
      #expect(written.contains(code), "docs/findings.md explains \(code), which no source has.")
    }
    #expect(Set(documented).count == documented.count)
  }

  @Test("Every entry has its severity, meaning, example and remedy")
  func parts() throws {
    for entry in try Self.manual().components(separatedBy: "\n### ").dropFirst() {
      let code = entry.prefix { $0 != "\n" }
      for part in ["\nSeverity: ", "\n**Meaning.** ", "\n**Example.** ", "\n**Remedy.** "] {
        #expect(entry.contains(part), "\(code) lacks \(part.dropFirst())")
      }
    }
  }

  @Test("The sources are read: plain, inserted, chosen and enumerated codes are found")
  func reading() throws {
    let written = Set(try Self.written().map(\.code))
    for code in ["export-missing", "cell-unreadable", "settings-unknown-key", "metric-grain"] {
      #expect(written.contains(code))
    }
    #expect(written.count > 50)
  }
}
