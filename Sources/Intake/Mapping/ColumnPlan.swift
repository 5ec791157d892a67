import Records

/// What to read from one column of one file.
struct ColumnPlan: Sendable {
  let field: String
  let kind: FieldKind
  /// Whether a row is set aside where this cell cannot be read.
  let isEssential: Bool
  /// Position of the column in the file, nil for a constant or a column the file lacks.
  let cell: Int?
  let constant: [UInt8]?
  let substitution: Substitution?
  let times: Int64
  /// How the column writes dates and numbers.
  var forms = CellForms()
}

extension ColumnPlan {
  /// Whether cells name records, also where the column is read as text: a lookup of the
  /// organisation's own, or of an object that Cadastre does not know.
  var holdsReferences: Bool {
    switch kind {
    case .id, .reference: true
    case .text, .category:
      field.count > 2 && (field.hasSuffix("Id") || field.lowercased().hasSuffix("__c"))
    default: false
    }
  }
}
