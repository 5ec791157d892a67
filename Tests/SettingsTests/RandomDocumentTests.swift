import Records
import Settings
import Testing

@Suite("Files of chance")
struct RandomDocumentTests {
  private static let parts = [
    "crm", "deals", "classes", "reports", "export", ":", ": ", "- ", "\n", "\n  ", "\n    ", "[",
    "]", "{", "}", ", ", "\"", "'", "|\n", ">-\n", "&a ", "*a", "<<", "? ", "!!str ", "!x ", "#",
    "---\n", "...\n", "%YAML 1.1\n", "\t", "\u{0}", "\u{FEFF}", "\u{85}", "é", "日本", "\\", "\\x41",
    "NO", "~", "1", "2026-11-20", "\r\n", "\r", "@", "`",
  ]

  @Test("No text brings the reader down, and what is refused has a place in the file")
  func texts() {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var read = 0
    for _ in 0..<20_000 {
      let text = (0...next(14)).map { _ in Self.parts[next(Self.parts.count)] }.joined()
      do throws(FindingsError) {
        _ = try Document(text: text, file: "a.yaml")
        read += 1
        _ = try Configuration(text: text)
      } catch {
        #expect(!error.findings.isEmpty && error.findings.allSatisfy { $0.at?.file != nil })
      }
    }
    #expect(read > 100)
  }
}
