import Foundation
import TestKit
import Testing

@Suite("The same input gives the same bytes")
struct SameBytesTests {
  @Test("A sample is the same on two cores and on one, in another folder, at another time")
  func sample() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder)
      let again = folder.appending(path: "again")
      try FileManager.default.createDirectory(at: again, withIntermediateDirectories: true)
      try await oneCore(
        [
          "sample", "export", "--accounts", String(Program.usual), "--as-of", Program.asOf,
          "--quiet",
        ], in: again)
      let first = try folder.appending(path: "export").contents()
      #expect(first.count > 20)
      #expect(try differences(first, again.appending(path: "export").contents()) == [])
      #expect(
        try folder.text("export.truth.json") == again.text("export.truth.json"))
    }
  }

  @Test("Tables and pages are the same on two cores and on one")
  func cores() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      for command in ["tables", "run"] {
        try await Program.run(command, "--out", "two", "--quiet", in: folder)
        try await oneCore([command, "--out", "one", "--quiet"], in: folder)
        let two = try folder.appending(path: "two").contents()
        #expect(two.count >= 5)
        #expect(try differences(two, folder.appending(path: "one").contents()) == [])
      }
    }
  }

  @Test("A table of many parts is in a file, which all threads write, as one thread prints it")
  func parts() async throws {
    try await withTemporaryFolder { folder in
      let rows = (1...40_000).map { number in
        let digits = String(number)
        return "001\(String(repeating: "0", count: 12 - digits.count))\(digits),Account \(number)\n"
      }
      try folder.write(files: ["export/Account.csv": "Id,Name\n" + rows.joined()])
      let options =
        ["tables", "families", "concentration", "--export", "export"]
        + ["--as-of", "2026-11-20", "--format", "csv", "--quiet"]
      let printed = try await CadastreBinary.run(options, in: folder)
      #expect(printed.status == 0, "\(printed.errors)")
      let written = try await CadastreBinary.run(options + ["--out", "out"], in: folder)
      #expect(written.status == 0, "\(written.errors)")
      let families = try folder.text("out/families.csv")
      #expect(families.split(separator: "\n").count == 40_001)
      let isSame = printed.output == families + (try folder.text("out/concentration.csv"))
      #expect(isSame)
    }
  }

  @Test("A folder and the zip of its files give the same tables and pages", .needs(.zip))
  func zip() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      let zip = try await TestKit.run(
        Tool.zip.require(), ["-q", "-r", "-j", "export.zip", "export"], in: folder)
      #expect(zip.status == 0, "\(zip.errors)")
      for command in ["tables", "run"] {
        try await Program.run(command, "--out", "folder", "--quiet", in: folder)
        try await Program.run(
          command, "--export", "export.zip", "--out", "zip", "--quiet", in: folder)
        let plain = try folder.appending(path: "folder").contents()
        let zipped = try folder.appending(path: "zip").contents()
        // The page of findings names places, and these lie in the zip.
        #expect(
          differences(plain, zipped) == (command == "run" ? ["findings.html"] : []))
        // Long names part at their marks.
        func page(_ files: [String: Data]) -> String {
          String(decoding: files["findings.html"] ?? Data(), as: UTF8.self)
            .replacing("<wbr>", with: "")
        }
        #expect(page(zipped).replacing("export.zip/", with: "") == page(plain))
      }
    }
  }

  @Test("A link to a folder is read as the folder is")
  func link() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: "latest").path, withDestinationPath: "export")
      let plain = try await Program.tables(folder)
      let linked = try await Program.tables(folder, ["--export", "latest"])
      #expect(plain == linked)
    }
  }

  /// Runs the program where it sees one core; as it is where there is no taskset.
  private func oneCore(
    _ arguments: [String], in folder: URL, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let finished: Finished
    if let taskset = Tool("taskset").file {
      finished = try await TestKit.run(
        taskset, ["-c", "0", CadastreBinary.file().path] + arguments, in: folder)
    } else {
      finished = try await CadastreBinary.run(arguments, in: folder)
    }
    #expect(finished.status == 0, "\(finished.errors)", sourceLocation: sourceLocation)
  }
}
