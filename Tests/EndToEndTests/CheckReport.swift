/// What `check` prints for people, read back.
struct CheckReport {
  /// What became of the rows of a file.
  struct File {
    let name: String
    let read: Int
    let used: Int
    let setAside: Int
    let deleted: Int
  }

  struct Found {
    let severity: String
    let code: String
    let count: Int
  }

  let files: [File]
  let findings: [Found]

  init(_ text: String) {
    let row = #/(?m)^(\S+\.csv) +\S+ +([0-9,]+) +([0-9,]+) +([0-9,]+) +([0-9,]+)  /#
    files = text.matches(of: row).map { match in
      File(
        name: String(match.1), read: CheckReport.number(match.2),
        used: CheckReport.number(match.3), setAside: CheckReport.number(match.4),
        deleted: CheckReport.number(match.5))
    }
    let heading = /(?m)^(error|warning|notice)  (\S+)  × ([0-9,]+)$/
    findings = text.matches(of: heading).map { match in
      Found(
        severity: String(match.1), code: String(match.2), count: CheckReport.number(match.3))
    }
  }

  private static func number(_ text: Substring) -> Int { Int(text.replacing(",", with: "")) ?? -1 }

  /// How often each code was found.
  var counts: [String: Int] {
    Dictionary(findings.map { ($0.code, $0.count) }, uniquingKeysWith: +)
  }
}
