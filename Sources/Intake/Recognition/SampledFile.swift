import Foundation
import Records

/// A file of an export as recognition sees it: its header, its first rows, and all of a column where
/// the first rows do not tell.
public struct SampledFile: Sendable {
  /// What findings call it.
  public let name: String
  /// Name without folder and ending.
  public let stem: String
  /// Names that patterns of a mapping are held against.
  let names: [String]
  /// How its bytes are written, in words.
  public let dialect: String
  let header: Header
  /// The cells of each column in the first rows.
  let cells: [[String]]
  /// The distinct texts of a column in the whole file, without empty ones.
  let distinct: @Sendable (Int) -> Set<String>

  init(
    name: String, stem: String, recordType: String? = nil, dialect: String = "", header: Header,
    cells: [[String]],
    distinct: (@Sendable (Int) -> Set<String>)? = nil
  ) {
    self.name = name
    self.stem = stem
    names = [stem] + [recordType].compactMap { $0 }
    self.dialect = dialect
    self.header = header
    self.cells = cells
    self.distinct = distinct ?? { Set(cells[$0].filter { !$0.isEmpty }) }
  }

  /// Looks at the start of a file.
  ///
  /// - Throws: `FindingsError` where it cannot be read.
  init(_ file: ExportFile) throws {
    let open = try OpenFile(file)
    self.init(
      name: file.name, stem: file.stem, recordType: file.recordType,
      dialect: open.dialect.description, header: open.header,
      cells: open.header.names.indices.map { column in
        open.firstCells(column).map(SampledFile.text)
      },
      distinct: { column in
        var texts: Set<String> = []
        // What cannot be read is a finding of the load that follows.
        try? FilePlanner.forEachRow(of: [column], in: open) { cells in
          if !cells[0].isEmpty { texts.insert(SampledFile.text(Array(cells[0]))) }
        }
        return texts
      })
  }

  private static func text(_ cell: [UInt8]) -> String {
    let text = String(decoding: cell, as: UTF8.self)
    return text == "#N/A" ? "" : text
  }

  /// Names of the header with their positions, empty ones left out.
  var columns: [(name: String, position: Int)] {
    header.names.enumerated().filter { !$0.element.isEmpty }.map { ($0.element, $0.offset) }
  }

  /// What the cells of a column look like.
  func look(_ column: Int) -> ColumnLook { ColumnLook(cells[column]) }

  /// Whether every row seen has a text of its own in a column.
  func isUnique(_ column: Int) -> Bool {
    let all = cells[column]
    return !all.isEmpty && !all.contains("") && Set(all).count == all.count
  }
}

extension ExportFiles {
  /// The files with their first rows, and what was wrong with those that cannot be read.
  public func sampled() -> (files: [SampledFile], unreadable: [Finding]) {
    var sampled: [SampledFile] = []
    var unreadable: [Finding] = []
    for file in files {
      do {
        sampled.append(try SampledFile(file))
      } catch let error as FindingsError {
        unreadable += error.findings
      } catch {
        unreadable.append(IntakeFindings.unreadable(file.name, StreamError(reason: "\(error)")))
      }
    }
    return (sampled, unreadable)
  }
}

extension ExportFile {
  /// Names that patterns of a mapping are held against: its own, and the type of its records where
  /// these say it.
  var names: [String] { [stem] + [recordType].compactMap { $0 } }
}
