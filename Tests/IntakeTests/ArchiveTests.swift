import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Zips that are not to be trusted")
struct ArchiveTests {
  private func complaints(
    _ zip: ZipBuilder, limits: ContainerLimits = ContainerLimits(), cut: Int = 0
  ) throws -> [String] {
    try Exports.complaints {
      try Exports.load(bytes: ["x.zip": Array(zip.bytes.dropLast(cut))], limits: limits)
    }
  }

  private let again = "nothing of the zip was read; make the export again, or pack the files anew."

  @Test("A zip that is in order is read")
  func sound() throws {
    let zip = ZipBuilder([
      .init("Contact.csv", "Id,LastName\n"), .init("attachments/", ""),
      .init("attachments/00P", "binary"), .init(".hidden/Account.csv", "no"),
      .init("__MACOSX/._Contact.csv", "no"),
    ])
    let export = try Exports.load(bytes: ["x.zip": zip.bytes], fields: [.contact: ["LastName"]])
    #expect(export.files.map(\.file).contains("x.zip/Contact.csv"))
    #expect(export.ignored == ["x.zip/attachments/00P"])
  }

  @Test(
    "A path that leads elsewhere is refused by its kind",
    arguments: [
      ("/etc/Account.csv", "the entry's path begins at the root of a disk"),
      ("a/../Account.csv", "the entry's path leads out of its folder by \"..\""),
      ("a\\Account.csv", "the entry's path has a backslash, which no zip may hold"),
      ("C:Account.csv", "the entry's path names a drive"),
    ])
  func paths(path: String, what: String) throws {
    #expect(
      try complaints(ZipBuilder(path, "Id\n")) == ["x.zip/\(path): error: \(what); \(again)"])
  }

  @Test("A NUL in a path, by which another name could be meant, is refused")
  func nul() throws {
    #expect(
      try complaints(ZipBuilder("Account.csv\0.exe", "Id\n")) == [
        "x.zip/Account.csv\u{FFFD}.exe: error: the entry's path holds a NUL; \(again)"
      ])
  }

  @Test("A link, a repeated path and an encrypted entry are refused")
  func kinds() throws {
    #expect(
      try complaints(ZipBuilder("Account.csv", "/etc/passwd") { $0.mode = 0o120777 }) == [
        "x.zip/Account.csv: error: the entry is a link and no file; \(again)"
      ])
    #expect(
      try complaints(ZipBuilder([.init("Account.csv", "a"), .init("Account.csv", "b")])) == [
        "x.zip/Account.csv: error: another entry of the zip has the same path; \(again)"
      ])
    #expect(
      try complaints(ZipBuilder("Account.csv", "Id\n") { $0.flags = 1 }) == [
        "x.zip/Account.csv: error: the entry is encrypted; nothing of the zip was read; "
          + "unpack the zip with its password."
      ])
  }

  @Test("Entries that share their packed bytes are a bomb")
  func overlap() throws {
    var second = ZipBuilder.Entry("Contact.csv", "Id\n")
    second.sharesFirst = true
    #expect(
      try complaints(ZipBuilder([.init("Account.csv", "Id\n"), second])) == [
        "x.zip/Contact.csv: error: the entry shares its bytes with another; \(again)"
      ])
  }

  private let remedy =
    "nothing was computed; make the export again; if the file is what it should be, "
    + "unpack it yourself."

  @Test("More entries, bytes or density than an export has are refused")
  func limits() throws {
    let two = ZipBuilder([.init("Account.csv", "Id\n"), .init("b.txt", "")])
    #expect(
      try complaints(two, limits: ContainerLimits(entries: 1)) == [
        "x.zip: error: the file is no honest export: it states 2 entries, more than 1; \(remedy)"
      ])
    let large = ZipBuilder("Account.csv", String(repeating: "x", count: 5000))
    #expect(
      try complaints(large, limits: ContainerLimits(size: 4096)) == [
        "x.zip: error: the file is no honest export: it inflates to more than 4 KiB; \(remedy)"
      ])
    let dense = ZipBuilder("Account.csv", "Id\n") { $0.statedSize = 5000 }
    #expect(
      try complaints(dense, limits: ContainerLimits(ratio: 500, ratioFrom: 1000)) == [
        "x.zip: error: the file is no honest export: it inflates to more than 500 times its size; "
          + remedy
      ])
  }

  @Test("A compressed file is stopped when it inflates beyond its bounds", .needs(Tool("gzip")))
  func compressed() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(
        files: Exports.files([
          "Account.csv": "Id,Name\n" + String(repeating: ",\n", count: 100_000)
        ]))
      let finished = try await TestKit.run(
        Tool("gzip").require(), ["-9", "Account.csv"], in: folder)
      try #require(finished.status == 0)
      for (limits, what) in [
        (ContainerLimits(ratio: 50, ratioFrom: 1000), "50 times its size"),
        (ContainerLimits(size: 100 << 10), "100 KiB"),
      ] {
        let complaints = try Exports.complaints {
          try Exports.load(paths: [folder.path], limits: limits)
        }
        #expect(
          complaints == [
            "Account.csv.gz: error: the file is no honest export: "
              + "it inflates to more than \(what); \(remedy)"
          ])
      }
    }
  }

  private func unreadable(_ reason: String) -> [String] {
    [
      "x.zip: error: the file cannot be read: \(reason); nothing was computed; "
        + "make the export again or mend the file."
    ]
  }

  @Test("A zip that was cut off, is empty or is none is said to be so")
  func truncated() throws {
    let zip = ZipBuilder("Account.csv", "Id\n")
    let missing = "it is no zip, or its end is missing because it was cut off"
    for cut in [1, 22, 40, zip.bytes.count - 1] {
      #expect(try complaints(zip, cut: cut) == unreadable(missing))
    }
    #expect(try complaints(zip, cut: zip.bytes.count) == unreadable("it is empty"))
    var lying = zip
    lying.statedCount = 2
    #expect(try complaints(lying) == unreadable("the directory of the zip is broken"))
    lying = zip
    lying.disk = 1
    #expect(
      try complaints(lying)
        == unreadable("it is a part of one zip that is split over several files"))
  }

  @Test("An entry that does not inflate to what the zip states is no entry")
  func wrongSize() throws {
    let account = Array(Exports.accounts.utf8)
    for stated in [account.count - 1, account.count + 1] {
      let zip = ZipBuilder("Account.csv", Exports.accounts) { $0.statedSize = stated }
      let found = try complaints(zip)
      #expect(found.count == 1)
      #expect(found.first?.hasPrefix("x.zip/Account.csv: error: the file cannot be read: ") == true)
    }
  }

  @Test("No zip of random bytes is read past its end")
  func random() throws {
    var draw = Draw(seed: 7)
    let whole = ZipBuilder([.init("Account.csv", Exports.accounts), .init("b/", "")]).bytes
    for _ in 0..<100 {
      var bytes = whole
      for _ in 0...draw.below(4) { bytes[draw.below(bytes.count)] = UInt8(draw.below(256)) }
      // Whatever it says: it is read or refused.
      _ = try Exports.complaints { try Exports.load(bytes: ["x.zip": bytes]) }
    }
  }

  @Test(
    "A compressed file that was cut off is said to be so", .needs(Tool("gzip")),
    .needs(Tool("zstd")))
  func cutCompressed() async throws {
    for (tool, suffix) in [("gzip", "gz"), ("zstd", "zst")] {
      try await withTemporaryFolder { folder in
        let rows = (1...2000).map { "\(ID.account($0)),Name \($0 * 7919)\n" }.joined()
        try folder.write(files: Exports.files(["Account.csv": "Id,Name\n" + rows]))
        let finished = try await TestKit.run(
          Tool(tool).require(), ["-q", "Account.csv"], in: folder)
        try #require(finished.status == 0)
        let file = folder.appending(path: "Account.csv.\(suffix)")
        let bytes = try Data(contentsOf: file)
        try bytes.prefix(bytes.count - 20).write(to: file)
        if suffix == "zst" {
          try FileManager.default.removeItem(at: folder.appending(path: "Account.csv"))
        }
        let complaints = try Exports.complaints { try Exports.load(paths: [folder.path]) }
        #expect(complaints.count == 1)
        #expect(
          complaints.first?.hasPrefix(
            "Account.csv.\(suffix): error: the file cannot be read: ") == true)
        #expect(complaints.first?.contains("runcated") == true, "\(complaints)")
      }
    }
  }
}
