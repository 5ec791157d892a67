import ArgumentParser
import Foundation
import Metrics
import Records
import Reports

/// Options of every command that gives several tables.
struct TablesOptions: ParsableArguments {
  @Option(help: "The folder to write files into")
  var out: String?

  @Option(help: "csv, json, xml or text")
  var format: TableFormat?

  /// Where the tables of a project go.
  func output(of project: Project) -> TablesOutput {
    TablesOutput(format: format, out: out, project: project)
  }
}

/// Where several tables go and in which format: a file each in a folder, or one after another on
/// standard output.
struct TablesOutput {
  let format: TableFormat
  private let folder: URL?

  /// Whether they become files.
  var isFiles: Bool { folder != nil }

  /// - Parameters:
  ///   - format: the format asked for; nil: text on standard output, CSV in files.
  ///   - out: the folder, from the project's folder; nil: standard output.
  ///   - project: where the folder's path starts.
  init(format: TableFormat?, out: String?, project: Project) {
    self.format = format ?? (out == nil ? .text : .csv)
    folder = out.map { project.folder(named: $0) }
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
  ///   - step: what is said before files are written; nil where the command has said it.
  /// - Throws: `XMLFailure` where XML does not follow its schema, and what the file system refuses.
  func write(
    _ tables: [MetricTable], formatter: ValueFormatter, console: Console, isTitled: Bool = false,
    step: String? = "Writing the tables"
  ) throws {
    let writer = TableWriter(
      formatter: formatter,
      width: folder == nil ? Terminal.width : .max)
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
    if let step { console.step(step) }
    try WrittenWhole.files(files, in: folder)
    for table in tables {
      for note in table.notes { console.note("\(table.name): \(note)") }
    }
  }
}
