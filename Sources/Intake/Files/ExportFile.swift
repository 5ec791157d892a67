import Foundation

/// A file of an export: a table in a folder or an entry of a zip.
public struct ExportFile: Hashable, Sendable {
  /// What findings call it: `Account.csv` or `WE_1.zip/Account.csv`.
  public let name: String
  /// Name without folder and extension, by which it is matched to an entity.
  public let stem: String
  /// The entity that records of JSON name themselves, nil where they do not or the file is a CSV.
  public internal(set) var recordType: String?
  let path: String
  let container: Container
  /// Whether it holds records of JSON rather than rows of cells.
  let isJSON: Bool
  /// What a person says about its bytes.
  let stated: Dialect.Stated
  let limits: ContainerLimits

  /// Where the bytes of a file are.
  enum Container: Hashable, Sendable {
    case plain
    /// A file that holds one other, packed.
    case compressed
    /// An entry of a zip by its number, and its bytes.
    case zipped(entry: Int, size: Int)
  }

  /// Bytes of the file, unpacked; nil where that shows only when it is read.
  var byteCount: Int? {
    switch container {
    case .plain: (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
    case .compressed: nil
    case .zipped(_, let size): size
    }
  }

  func open() throws -> any ByteStream {
    switch container {
    case .plain: try FileStream(path: path)
    case .compressed: try ArchiveStream(compressed: path, limits: limits)
    case .zipped(let entry, let size):
      try ArchiveStream(zip: path, entry: entry, size: size, limits: limits)
    }
  }
}

/// What the name of a file says about it.
struct FileKind: Hashable {
  enum Content { case csv, text, json }

  let content: Content
  let isCompressed: Bool

  /// Nil where no table has such a name.
  init?(_ name: String) {
    var parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    isCompressed =
      parts.count > 2 && parts.last.map { ["gz", "zst", "bz2", "xz"].contains($0) } ?? false
    if isCompressed { parts.removeLast() }
    guard parts.count > 1 else { return nil }
    switch parts.last {
    case "csv", "tsv": content = .csv
    case "txt": content = .text
    case "json", "jsonl", "ndjson": content = .json
    default: return nil
    }
  }

  /// `WE_1/Account.csv.gz` → `Account`.
  static func stem(_ name: String) -> String {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return last.split(separator: ".", omittingEmptySubsequences: false).first.map(String.init)
      ?? last
  }
}
