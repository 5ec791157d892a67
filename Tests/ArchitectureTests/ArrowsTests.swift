import Testing

/// The drawing of docs/architecture.md: who may import whom.
@Suite("The rooms see each other one way")
struct ArrowsTests {
  /// For each room, the rooms and modules it may import besides the standard library's.
  static let allowed: [String: Set<String>] = [
    "Records": [],
    "Expressions": ["Records"],
    "Sample": ["Records"],
    "Settings": ["Records", "Yams"],
    "Intake": [
      "Records", "Expressions", "Settings", "CScan", "CMemory", "CArchive", "CCharsets", "CXML",
    ],
    "Metadata": ["Records", "CXML"],
    "Metrics": ["Records", "Expressions", "Settings"],
    "Territories": ["Records", "Expressions", "Settings", "Metadata", "Metrics", "CSolver"],
    "Engines": ["Records", "Expressions", "Settings", "Metrics"],
    "History": ["Records", "Metrics", "GRDB"],
    "Graphics": ["CCairo", "CPNG"],
    "BuiltIns": [],
    "EmbedFiles": [],
    "Reports": [
      "Records", "Expressions", "Settings", "Metrics", "Territories", "Graphics", "BuiltIns",
      "CXML", "CXLSX", "Mustache",
    ],
    "Delivery": ["Records", "Settings", "Reports", "History", "CMIME", "CCURL"],
    "cadastre": [
      "Records", "Expressions", "Settings", "Sample", "Intake", "Metadata", "Metrics",
      "Territories", "Engines", "History", "Graphics", "BuiltIns", "Reports", "Delivery", "CFiles",
      "ArgumentParser", "Logging",
    ],
  ]

  /// Modules of the toolchain that every room may import.
  static let toolchain: Set<String> = [
    "Swift", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin", "Synchronization",
    "Dispatch",
  ]

  /// Rooms that must be readable without Foundation.
  static let withoutFoundation: Set<String> = ["Records"]

  @Test("A room imports only what the drawing lets it see")
  func arrows() throws {
    for file in try SourceFile.all() {
      guard let allowed = Self.allowed[file.room] else {
        Issue.record("\(file.path): the room \(file.room) is not in the drawing of this test.")
        continue
      }
      for (module, line) in file.imports where !Self.toolchain.contains(module) {
        #expect(
          allowed.contains(module),
          "\(file.path):\(line): \(file.room) imports \(module), which the drawing does not allow.")
      }
    }
  }

  @Test("Records stands without Foundation, so that it has no I/O and no clock")
  func foundation() throws {
    for file in try SourceFile.all() where Self.withoutFoundation.contains(file.room) {
      for (module, line) in file.imports where Self.toolchain.contains(module) {
        #expect(
          !module.hasPrefix("Foundation") && module != "Glibc",
          "\(file.path):\(line): \(file.room) imports \(module).")
      }
    }
  }

  @Test("Every import is found: attributes, access words and single symbols included")
  func reading() {
    let text = """
      // import Commented
      /* import Hidden /* nested */
      import Inside */
      @preconcurrency public import First
      import struct Second.Thing
      @testable import Third
      let word = "// import Fourth"; import Fifth
      internal import Sixth  // because
      """
    let file = SourceFile(room: "Records", path: "x.swift", text: text)
    #expect(file.imports.map(\.module) == ["First", "Second", "Third", "Sixth"])
    #expect(file.imports.map(\.line) == [4, 5, 6, 8])
  }
}
