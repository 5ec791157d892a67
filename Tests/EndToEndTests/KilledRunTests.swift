import Foundation
import TestKit
import Testing

@Suite("A run that is killed")
struct KilledRunTests {
  @Test("Kills leave the last good folder or none, and the next run clears up")
  func killed() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      let begin = ContinuousClock.now
      try await Program.run("run", "--out", "whole", "--quiet", in: folder)
      var duration = ContinuousClock.now - begin
      let whole = try folder.appending(path: "whole").contents()
      let output = Program.output(folder)

      var killed = 0
      let rounds = (CadastreBinary.isRelease ? 10 : 2) * Rounds.factor
      for round in 0..<rounds {
        // In the second half the folder of a run that went through stands there.
        if round == rounds / 2 { try await Program.run("run", "--quiet", in: folder) }
        // At moments spread over the whole run, its last files and its renaming included.
        let part = Double(round % 5 + 1) / 5 - Double.random(in: 0..<0.2)
        let start = ContinuousClock.now
        if try await CadastreBinary.kill(["run", "--quiet"], after: duration * part, in: folder) {
          killed += 1
        } else {
          // It was over before: the machine has less to do than when the whole run was timed.
          duration = min(duration, ContinuousClock.now - start)
        }
        if FileManager.default.fileExists(atPath: output.path) {
          #expect(try differences(output.contents(), whole) == [], "round \(round)")
        } else {
          #expect(round < rounds / 2, "round \(round) took away the folder of the run before it")
        }
      }
      #expect(killed > 0)
      try await Program.run("run", "--quiet", in: folder)
      #expect(try differences(output.contents(), whole) == [])
      let left = try FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: "out").path)
      #expect(left == [Program.asOf])
    }
  }

  @Test("A run clears away what dead runs left, and leaves a living one and other files alone")
  func leftovers() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      // No process has a number above 4,194,304 on Linux; this test's own is alive.
      let living = ".2026-11-13.cadastre-\(ProcessInfo.processInfo.processIdentifier).partial"
      let names = [
        ".2026-11-13.cadastre-99999999.partial", ".2026-11-20.cadastre-99999999.old",
        ".2026-11-20.cadastre-99999999.reports", living, ".cadastre-99999999.partial.txt",
        ".mine.99999999.partial", "2026-11-13",
      ]
      for name in names { try folder.write(files: ["out/\(name)/index.html": "x"]) }
      try await Program.run("run", "--quiet", in: folder)
      let left = try FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: "out").path)
      #expect(
        left.sorted()
          == [
            living, ".cadastre-99999999.partial.txt", ".mine.99999999.partial", "2026-11-13",
            Program.asOf,
          ].sorted())
    }
  }

  @Test("Two samples into one folder: one is written whole, the other says that the folder is full")
  func samples() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: [".export.cadastre-99999999.partial/User.csv": "x"])
      let arguments = ["sample", "export", "--accounts", "300", "--as-of", Program.asOf, "--quiet"]
      async let first = CadastreBinary.run(arguments, in: folder)
      async let second = CadastreBinary.run(arguments, in: folder)
      let statuses = try await [first, second].map(\.status).sorted()
      #expect(statuses == [0, 1])
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
          == ["export", "export.truth.json"])
      #expect(folder.appending(path: "export").filesBelow().count > 20)
      #expect(try folder.text("export.truth.json").hasSuffix("}\n"))
    }
  }
}
