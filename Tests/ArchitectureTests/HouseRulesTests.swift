import Testing

/// Rules of CONTRIBUTING.md that a reader of the text can hold.
@Suite("House rules of the sources")
struct HouseRulesTests {
  /// Further files that may touch raw memory, each with its reason in a comment.
  static let unsafe: Set<String> = ["Sources/Intake/Files/FileStream.swift"]

  /// Modules behind which memory is C's; a file that imports one may touch raw memory.
  static let cModules: Set<String> = [
    "CScan", "CFiles", "CArchive", "CCharsets", "CMemory", "CXML", "CCairo",
    "CPNG", "CSolver", "CXLSX", "CMIME", "CCURL",
  ]

  /// Records each line of `files` that holds `pattern`, with what is wrong with it.
  private func expectNone(
    _ pattern: Regex<Substring>, _ problem: String,
    where applies: (SourceFile) -> Bool = { _ in true }
  ) throws {
    for file in try SourceFile.all() where applies(file) {
      for line in file.lines(with: pattern) {
        Issue.record("\(file.path):\(line): \(problem)")
      }
    }
  }

  @Test("Only the command line reads the clock")
  func clock() throws {
    try expectNone(
      /\bDate\(\)|\bDate\.now\b|\bContinuousClock\b|\bSuspendingClock\b|\bclock_gettime\b|\bgettimeofday\b|\btime\(nil\)/,
      "reads the clock; take the as-of date or a clock as an argument.",
      where: { $0.room != "cadastre" })
  }

  @Test("Only the command line reads the environment and the terminal")
  func environment() throws {
    try expectNone(
      /\bProcessInfo\b.*\benvironment\b|\bgetenv\(|\bisatty\(|\bioctl\(/,
      "reads the environment or the terminal; take what it needs as an argument.",
      where: { $0.room != "cadastre" })
  }

  @Test("Only the command line speaks: no other room prints")
  func prints() throws {
    try expectNone(
      /(?:^|[;{}])\s*(?:Swift\.)?print\(|\bdebugPrint\(|\bfputs\(|\bNSLog\(/,
      "prints; hand a finding or a value back.",
      where: { $0.room != "cadastre" && $0.room != "EmbedFiles" })
  }

  @Test("Bad input is a finding or an error, never a crash")
  func crashes() throws {
    try expectNone(
      /\btry!|\bas!|\bfatalError\(|\bpreconditionFailure\(|\bassertionFailure\(/,
      "stops the program; throw an error or record a finding.")
  }

  @Test("Nothing is left for later")
  func unfinished() throws {
    try expectNone(/\bTODO\b|\bFIXME\b/, "is unfinished.")
    for file in try SourceFile.all() {
      #expect(!file.path.hasSuffix("/Placeholder.swift"), "\(file.path): an empty room.")
    }
  }

  @Test("Raw memory is touched only at the borders to C")
  func rawMemory() throws {
    try expectNone(
      /\bUnsafe(?:Mutable)?(?:Raw)?(?:Buffer)?Pointer\b|\bwithUnsafe\w*\b|\bOpaquePointer\b|\bunsafeBitCast\b/,
      "touches raw memory; use an array or a span, or add the file to HouseRulesTests.unsafe.",
      where: { file in
        !Self.unsafe.contains(file.path)
          && file.imports.allSatisfy { !Self.cModules.contains($0.module) }
      })
  }

  @Test("A file holds one idea: at most 400 lines or so")
  func length() throws {
    for file in try SourceFile.all() {
      #expect(
        file.lines.count <= 460,
        "\(file.path): \(file.lines.count) lines; a concept is missing a name.")
    }
  }
}
