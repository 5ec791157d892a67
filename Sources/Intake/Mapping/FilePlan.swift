import Foundation
import Records

/// What to read from one file for one entity.
struct FilePlan: Sendable {
  let entity: Entity
  let fileName: String
  let fileNumber: Int
  let dialect: Dialect
  let keyForm: Mapping.KeyForm
  /// How the file writes dates and numbers.
  var forms = CellForms()
  let localDays: LocalDays
  /// Number of cells of the header.
  let cellCount: Int
  let columns: [ColumnPlan]
  /// Positions of columns that decide about rows rather than become columns.
  let deletedCell: Int?
  /// Whether the rows are those of deleted records, rather than of all others.
  var readsDeleted = false
  let keyCell: Int?
  let masterCell: Int?
  let stampCell: Int?
}

/// The names in a file's first row, matched without regard to case and to spaces around them.
struct Header: Sendable {
  let names: [String]

  func position(of name: String) -> Int? {
    let wanted = Header.folded(name)
    return names.firstIndex { Header.folded($0) == wanted }
  }

  private static func folded(_ name: String) -> String {
    name.trimmingCharacters(in: .whitespaces).lowercased()
  }
}
