import Foundation
import Records

/// The zip of a workbook: its parts and how they name each other.
struct WorkbookPackage {
  /// The workbook as findings name it.
  let name: String
  /// The bytes of a part by where it lies; nil where there is none.
  private let content: (String) throws -> [UInt8]?

  /// What no honest workbook exceeds; a part is read into memory.
  private static let limits = ContainerLimits(entries: 20_000, size: Workbook.maximumPart)

  /// That a part names another: what that one is to it, and where it lies in the zip.
  struct Relation {
    let id: String
    /// Last word of the relation's type, such as `worksheet`.
    let kind: String
    let part: String
  }

  /// Parts from wherever they are.
  init(name: String, content: @escaping (String) throws -> [UInt8]?) {
    self.name = name
    self.content = content
  }

  /// Reads the directory of the zip.
  ///
  /// - Throws: `FindingsError` where the file is no zip, or one that is not to be trusted.
  init(path: String, name: String) throws {
    let directory: ZipDirectory
    do {
      try WorkbookPackage.checkForm(path, name)
      directory = try ZipDirectory(path: path, limits: WorkbookPackage.limits)
    } catch let error as StreamError {
      throw FindingsError([
        error.kind == .unreadable
          ? UserFileFindings.workbookDamaged(name, reason: error.reason)
          : IntakeFindings.unreadable(name, error)
      ])
    }
    let refusals = directory.refusals()
    guard refusals.isEmpty else {
      throw FindingsError(
        refusals.map { IntakeFindings.refused($0.refusal, $0.entry, in: name) })
    }
    self.init(name: name) { part in
      guard let entry = directory.entries.firstIndex(where: { $0.path.elementsEqual(part.utf8) })
      else { return nil }
      let stated = directory.entries[entry]
      try WorkbookPackage.limits.check(inflated: stated.size, packed: stated.packedSize)
      let stream = try ArchiveStream(
        zip: path, entry: entry, size: stated.size, limits: WorkbookPackage.limits)
      var bytes: [UInt8] = []
      while try stream.read(1 << 18, into: &bytes) > 0 {}
      return bytes
    }
  }

  /// Tells other kinds of file by their first bytes, which deserve a better word than "damaged".
  private static func checkForm(_ path: String, _ name: String) throws {
    var start: [UInt8] = []
    _ = try FileStream(path: path).read(8, into: &start)
    if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw FindingsError([UserFileFindings.oldWorkbook(name)])
    }
    guard start.starts(with: [0x50, 0x4B]) else {
      throw FindingsError([
        UserFileFindings.workbookDamaged(
          name, reason: "it is not a zip of XML parts, as .xlsx is")
      ])
    }
  }

  /// Reads a part of the zip.
  func part(_ part: String) throws -> WorkbookPart {
    try WorkbookPart(try bytes(part), at: part)
  }

  /// The relations of a part; those of the whole package where the part is "".
  func relations(of part: String) throws -> [Relation] {
    let parts = part.split(separator: "/").map(String.init)
    let folder = parts.dropLast().joined(separator: "/")
    let file = (folder.isEmpty ? "" : folder + "/") + "_rels/\(parts.last ?? "").rels"
    return try reading {
      var relations: [Relation] = []
      let list = try self.part(file)
      try list.forEachElement { element in
        guard element == "Relationship" else { return }
        let attributes = list.attributes()
        guard attributes["TargetMode"] != "External", let target = attributes["Target"] else {
          return
        }
        relations.append(
          Relation(
            id: attributes["Id"] ?? "",
            kind: attributes["Type"]?.split(separator: "/").last.map(String.init) ?? "",
            part: WorkbookPackage.resolved(target, from: folder)))
      }
      return relations
    }
  }

  /// Runs what reads parts, and makes findings of their faults.
  func reading<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as WorkbookPart.Fault {
      throw damaged(error.reason)
    }
  }

  func damaged(_ reason: String) -> FindingsError {
    FindingsError([UserFileFindings.workbookDamaged(name, reason: reason)])
  }

  private func bytes(_ part: String) throws -> [UInt8] {
    do {
      guard let bytes = try content(part) else { throw damaged("it lacks the part \(part)") }
      return bytes
    } catch let error as StreamError {
      throw damaged("\(part): \(error.reason)")
    }
  }

  /// A target as it is written, from the folder of the part that names it; `..` goes up.
  private static func resolved(_ target: String, from folder: String) -> String {
    let isAbsolute = target.hasPrefix("/")
    var parts = isAbsolute ? [] : folder.split(separator: "/")
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}
