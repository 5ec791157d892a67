import Records

/// Turns a mapping and a header into the plan for one file.
struct FilePlanner {
  let mapping: Mapping
  let files: ExportFiles
  let threads: Int
  /// What the request states about dates and numbers, before what the mapping does.
  var forms = CellForms()

  /// - Throws: `FindingsError` where a required column or a lookup is missing.
  func plan(
    _ entity: Entity, _ fields: [Field], _ file: OpenFile, _ source: Mapping.Source, number: Int,
    localDays: LocalDays
  ) throws -> FilePlan {
    let forms = forms.filled(by: mapping.forms)
    var missing: [Finding] = []
    var columns: [ColumnPlan] = []
    for field in fields {
      let from = FilePlanner.fieldSource(field.name, of: entity, source)
      let position = from?.column.flatMap(file.header.position)
      let column = from?.column ?? field.name
      let isAbsent = from == nil || from?.constant == nil && position == nil
      if isAbsent, field.isRequired || from?.column != nil && source.fields != nil {
        missing.append(
          IntakeFindings.missingColumn(
            field.name, of: entity, column: column, in: file.file.name, header: file.header))
      }
      columns.append(
        ColumnPlan(
          field: field.name, kind: field.kind, isEssential: field.isEssential, cell: position,
          constant: from?.constant.map { Array($0.utf8) },
          substitution: try substitution(from), times: from?.times ?? 1,
          forms: forms))
    }
    guard missing.isEmpty else { throw FindingsError(missing) }
    func own(_ name: String) -> Int? {
      FilePlanner.fieldSource(name, of: entity, source)?.column.flatMap(file.header.position)
    }
    return FilePlan(
      entity: entity, fileName: file.file.name, fileNumber: number, dialect: file.dialect,
      keyForm: mapping.keys, forms: forms, localDays: localDays,
      cellCount: file.header.names.count, columns: columns, deletedCell: own("IsDeleted"),
      keyCell: own("Id"), masterCell: own("MasterRecordId"),
      stampCell: file.header.position(of: "SystemModstamp")
        ?? file.header.position(of: "LastModifiedDate"))
  }

  /// Whether a file gives a field at all.
  static func has(
    _ name: String, of entity: Entity, in file: OpenFile, _ source: Mapping.Source
  ) -> Bool {
    guard let from = fieldSource(name, of: entity, source) else { return false }
    return from.constant != nil || from.column.flatMap(file.header.position) != nil
  }

  /// Where a field comes from: as mapped, else from the column of its own name.
  static func fieldSource(
    _ name: String, of entity: Entity, _ source: Mapping.Source
  ) -> Mapping.FieldSource? {
    guard let fields = source.fields else { return Mapping.FieldSource(column: name) }
    if let mapped = fields.first(where: { $0.key.lowercased() == name.lowercased() }) {
      return mapped.value
    }
    // Columns that the mapping does not rename are reached by their own names, unless these are
    // Cadastre's: a column "Type" of another CRM need not mean what it means here.
    return entity.field(named: name) == nil ? Mapping.FieldSource(column: name) : nil
  }

  private func substitution(_ from: Mapping.FieldSource?) throws -> Substitution? {
    guard let from else { return nil }
    let values = Dictionary(
      uniqueKeysWithValues: from.values.map { (Array($0.key.utf8), Array($0.value.utf8)) })
    guard let lookup = from.lookup else {
      return values.isEmpty ? nil : Substitution(texts: values, dropsUnknown: false)
    }
    var texts = try table(of: lookup)
    for (cell, other) in values { texts[cell] = texts[other] ?? other }
    return Substitution(texts: texts, dropsUnknown: true)
  }

  /// The file of a lookup as a dictionary; the first row of a repeated key counts.
  private func table(of lookup: Mapping.Lookup) throws -> [[UInt8]: [UInt8]] {
    var texts: [[UInt8]: [UInt8]] = [:]
    let candidates = files.files.filter { Mapping.matches($0.stem, pattern: lookup.file) }
    guard !candidates.isEmpty else {
      throw FindingsError([IntakeFindings.missingLookup(lookup)])
    }
    for candidate in candidates {
      let file = try OpenFile(candidate)
      let fields = [Field(lookup.match, .text), Field(lookup.take, .text)]
      let source = Mapping.Source(files: [lookup.file])
      guard fields.allSatisfy({ FilePlanner.has($0.name, of: .organization, in: file, source) })
      else {
        throw FindingsError([IntakeFindings.missingLookup(lookup)])
      }
      let plan = try plan(
        .organization, fields, file, source, number: 0, localDays: LocalDays(.gmt))
      for chunk in try FileReading(plan: plan, threads: 1).run(file).chunks {
        guard case .texts(let keys) = chunk.parts[0], case .texts(let values) = chunk.parts[1]
        else { continue }
        for row in 0..<chunk.rowCount {
          let key = Array(keys.bytes[keys.range(row)])
          if texts[key] == nil { texts[key] = Array(values.bytes[values.range(row)]) }
        }
      }
    }
    return texts
  }
}
