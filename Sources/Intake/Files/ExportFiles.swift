import Foundation
import Records

/// The files an export consists of.
public struct ExportFiles: Sendable {
  /// Tables in the natural order of their names: `WE_…_2.ZIP` before `WE_…_10.ZIP`.
  public let files: [ExportFile]
  /// Names of files that are no table.
  public let ignored: [String]

  /// Lists a folder (with its zips), a zip, or a single table, or several of them.
  ///
  /// - Throws: `FindingsError` where a path does not exist, holds no table or a zip that must not be
  ///   trusted, or where a set of zips lacks a part or is not of one organisation.
  public init(at paths: [String], stated: Dialect.Stated = Dialect.Stated()) throws {
    try self.init(at: paths, stated: stated, limits: ContainerLimits())
  }

  init(at paths: [String], stated: Dialect.Stated, limits: ContainerLimits) throws {
    if let name = stated.encoding, Dialect.Encoding.commonName(name) == nil {
      throw FindingsError([IntakeFindings.unknownEncoding(name, at: stated.encodingAt)])
    }
    var listing = Listing(stated: stated, limits: limits)
    for path in paths { try listing.add(path) }
    let findings = listing.findings + ExportSets.findings(zips: listing.zips)
    guard findings.isEmpty else { throw FindingsError(findings) }
    guard !listing.files.isEmpty else {
      throw FindingsError([IntakeFindings.exportEmpty(paths.joined(separator: ", "))])
    }
    files = listing.files.sorted {
      NaturalOrder.isBefore(($0.name, $0.path), ($1.name, $1.path))
    }
    ignored = listing.ignored.sorted()
  }
}

/// Files as they are met.
private struct Listing {
  let stated: Dialect.Stated
  let limits: ContainerLimits
  var files: [ExportFile] = []
  var ignored: [String] = []
  var findings: [Finding] = []
  /// Paths of the zips.
  var zips: [String] = []

  mutating func add(_ path: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw FindingsError([IntakeFindings.exportMissing(path)])
    }
    if isFolder.boolValue {
      try add(folder: path)
    } else {
      try add(file: path, name: URL(filePath: path).lastPathComponent)
    }
  }

  private mutating func add(folder: String) throws {
    // A link such as exports/latest is followed: the walk itself would not enter it.
    let root = URL(filePath: folder, directoryHint: .isDirectory).resolvingSymlinksInPath()
    let walker = FileManager.default.enumerator(atPath: root.path)
    for case let relative as String in walker ?? .init() {
      let path = root.appending(path: relative).path
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      if Listing.isHidden(relative) {
        if isFolder.boolValue { walker?.skipDescendants() }
        continue
      }
      if !isFolder.boolValue { try add(file: path, name: relative) }
    }
  }

  /// Whether a name or a folder in it is for a program's own use.
  private static func isHidden(_ path: String) -> Bool {
    path.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "__MACOSX" }
  }

  private mutating func add(file path: String, name: String) throws {
    if name.lowercased().hasSuffix(".zip") {
      do {
        zips.append(path)
        try add(zip: path, name: name)
      } catch let error as StreamError {
        findings.append(IntakeFindings.unreadable(name, error))
      }
      return
    }
    guard let kind = FileKind(name) else {
      ignored.append(name)
      return
    }
    add(
      ExportFile(
        name: name, stem: FileKind.stem(name), path: path,
        container: kind.isCompressed ? .compressed : .plain, isJSON: kind.content == .json,
        stated: stated, limits: limits),
      kind)
  }

  private mutating func add(zip path: String, name: String) throws {
    let directory = try ZipDirectory(path: path, limits: limits)
    let refusals = directory.refusals()
    guard refusals.isEmpty else {
      findings += refusals.map { IntakeFindings.refused($0.refusal, $0.entry, in: name) }
      return
    }
    var inflated = 0
    var packed = 0
    for (number, entry) in directory.entries.enumerated() where !entry.isFolder {
      let inner = String(decoding: entry.path, as: UTF8.self)
      if Listing.isHidden(inner) { continue }
      let full = "\(name)/\(inner)"
      // A packed file within a zip is packed twice, which nobody does.
      guard let kind = FileKind(inner), !kind.isCompressed else {
        ignored.append(full)
        continue
      }
      try limits.check(inflated: entry.size, packed: entry.packedSize)
      inflated += entry.size
      packed += entry.packedSize
      try limits.check(inflated: inflated, packed: packed)
      add(
        ExportFile(
          name: full, stem: FileKind.stem(inner), path: path,
          container: .zipped(entry: number, size: entry.size), isJSON: kind.content == .json,
          stated: stated, limits: limits),
        kind)
    }
  }

  /// Adds a file; a text only if it looks like a table, records of JSON with what they say they are.
  private mutating func add(_ file: ExportFile, _ kind: FileKind) {
    switch kind.content {
    case .csv: files.append(file)
    case .text:
      if OpenFile.looksLikeTable(file) {
        files.append(file)
      } else {
        ignored.append(file.name)
      }
    case .json:
      var file = file
      do {
        // Without a record there are no columns: as if the object had not been exported.
        guard let first = try OpenFile.firstRecord(of: file) else {
          ignored.append(file.name)
          return
        }
        file.recordType = first.type
      } catch {
        // Said when it is read, if anything reads it.
      }
      files.append(file)
    }
  }
}
