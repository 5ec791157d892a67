import Foundation
import Records

/// A file of an export: a CSV in a folder or an entry of a zip.
public struct ExportFile: Hashable, Sendable {
  /// What findings call it: `Account.csv` or `WE_1.zip/Account.csv`.
  public let name: String
  /// Name without folder and extension, by which it is matched to an entity.
  public let stem: String
  let path: String
  /// Path inside the zip; nil for a plain or compressed file.
  let entry: String?
  let isCompressed: Bool

  func open() throws -> any ByteStream {
    if entry != nil || isCompressed { return try ArchiveStream(path: path, entry: entry) }
    return try FileStream(path: path)
  }
}

/// The files an export consists of.
public struct ExportFiles: Sendable {
  /// CSV files in byte order of their names.
  public let files: [ExportFile]
  /// Names of files that are no CSV.
  public let ignored: [String]

  /// Lists a folder (with its zips), a zip, or a single CSV, or several of them.
  ///
  /// - Throws: `FindingsError` where a path does not exist or holds no CSV.
  public init(at paths: [String]) throws {
    var files: [ExportFile] = []
    var ignored: [String] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw FindingsError([IntakeFindings.exportMissing(path)])
      }
      if isFolder.boolValue {
        try ExportFiles.list(folder: path, into: &files, ignored: &ignored)
      } else {
        try ExportFiles.list(
          file: path, name: URL(filePath: path).lastPathComponent, into: &files, ignored: &ignored)
      }
    }
    guard !files.isEmpty else {
      throw FindingsError([IntakeFindings.exportEmpty(paths.joined(separator: ", "))])
    }
    self.files = files.sorted { ($0.name, $0.path) < ($1.name, $1.path) }
    self.ignored = ignored.sorted()
  }

  private static func list(
    folder: String, into files: inout [ExportFile], ignored: inout [String]
  ) throws {
    // A link such as exports/latest is followed: the walk itself would not enter it.
    let root = URL(filePath: folder, directoryHint: .isDirectory).resolvingSymlinksInPath()
    let walker = FileManager.default.enumerator(atPath: root.path)
    for case let relative as String in walker ?? .init() {
      let path = root.appending(path: relative).path
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      if URL(filePath: relative).lastPathComponent.hasPrefix(".") { continue }
      try list(file: path, name: relative, into: &files, ignored: &ignored)
    }
  }

  private static func list(
    file path: String, name: String, into files: inout [ExportFile], ignored: inout [String]
  ) throws {
    let lowered = name.lowercased()
    if lowered.hasSuffix(".zip") {
      do {
        let archive = try Archive(path: path, compressedFile: false)
        while let entry = try archive.next() {
          let isCSV = entry.path.lowercased().hasSuffix(".csv")
          if isCSV {
            files.append(
              ExportFile(
                name: "\(name)/\(entry.path)", stem: stem(entry.path), path: path,
                entry: entry.path, isCompressed: true))
          } else {
            ignored.append("\(name)/\(entry.path)")
          }
        }
      } catch let error as StreamError {
        throw FindingsError([IntakeFindings.unreadable(name, reason: error.reason)])
      }
    } else if lowered.hasSuffix(".csv") {
      files.append(
        ExportFile(name: name, stem: stem(name), path: path, entry: nil, isCompressed: false))
    } else if lowered.hasSuffix(".csv.gz") || lowered.hasSuffix(".csv.zst") {
      files.append(
        ExportFile(name: name, stem: stem(name), path: path, entry: nil, isCompressed: true))
    } else {
      ignored.append(name)
    }
  }

  /// `WE_1/Account.csv.gz` → `Account`.
  private static func stem(_ name: String) -> String {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return last.split(separator: ".", omittingEmptySubsequences: false).first.map(String.init)
      ?? last
  }
}
