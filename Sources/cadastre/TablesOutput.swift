import Foundation
import Metrics
import Records
import Reports

/// Where several tables go and in which format: a file each in a folder, or one after another on
/// standard output.
struct TablesOutput {
  let format: TableFormat
  private let folder: URL?

  /// - Parameters:
  ///   - format: the format asked for; nil: text on standard output, CSV in files.
  ///   - out: the folder, from the project's folder; nil: standard output.
  ///   - project: where the folder's path starts.
  init(format: TableFormat?, out: String?, project: Project) {
    self.format = format ?? (out == nil ? .text : .csv)
    folder = out.map {
      URL(filePath: $0, directoryHint: .isDirectory, relativeTo: project.folder)
        .standardizedFileURL
    }
  }

  /// Rows of a long list that are shown: as many as a person reads, all where a machine does.
  var listLimit: Int? { folder == nil && format == .text ? 40 : nil }

  /// Writes the tables.
  ///
  /// - Parameters:
  ///   - tables: the tables; in files each is called as it is named.
  ///   - formatter: how figures are written for people.
  ///   - console: where they are printed, or what was written is told.
  ///   - isTitled: whether each is headed by its name where people read several.
  /// - Throws: `XMLFailure` where XML does not follow its schema, and what the file system refuses.
  func write(
    _ tables: [MetricTable], formatter: ValueFormatter, console: Console, isTitled: Bool = false
  ) throws {
    let writer = TableWriter(formatter: formatter, templates: try Templates())
    guard let folder else {
      for (index, table) in tables.enumerated() {
        if isTitled, format == .text {
          console.print("\(index == 0 ? "" : "\n")\(table.name): \(table.grain)\n")
        }
        console.print(String(decoding: try writer.bytes(of: table, as: format), as: UTF8.self))
      }
      return
    }
    let files = try tables.map { table in
      (
        name: "\(table.name).\(format.fileExtension)",
        content: try writer.ready(table, as: format)
      )
    }
    console.step("Writing the tables")
    try WrittenWhole.files(files.map(\.name), in: folder) { name, write in
      try files.first { $0.name == name }?.content.write(to: write)
    }
    for table in tables {
      for note in table.notes { console.note("\(table.name): \(note)") }
    }
  }
}
