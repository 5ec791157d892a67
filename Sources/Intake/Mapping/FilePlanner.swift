import Records

/// Turns a mapping and a header into the plan for one file.
struct FilePlanner {
  let mapping: Mapping
  let files: ExportFiles
  let threads: Int
  /// What the request states about dates and numbers, before what the mapping does.
  var forms = CellForms()
  /// Whether the times of changes are read.
  var readsStamps = true

  /// - Throws: `FindingsError` where a required column or a lookup is missing.
  func plan(
    _ entity: Entity, _ fields: [Field], _ file: OpenFile, _ source: Mapping.Source, number: Int,
    localDays: LocalDays
  ) throws -> FilePlan {
    let forms = forms.filled(by: mapping.forms)
    var missing: [Finding] = []
    var columns: [ColumnPlan] = []
    for field in fields {
      let part = FieldPart(of: field)
      let ways = FilePlanner.ways(to: part.field, of: entity, source)
      let way = FilePlanner.first(of: ways, in: file.header)
      let isSpared = mapping.isOptional || ways.contains { $0.isOptional }
      if way == nil, part.number == 0,
        field.isRequired || source.fields != nil && !ways.isEmpty && !isSpared
      {
        missing.append(
          IntakeFindings.missingColumn(
            field.name, of: entity, column: ways.first?.columns.first ?? field.name,
            in: file.file.name, header: file.header))
      }
      let cell = way.flatMap {
        $0.cells.indices.contains(part.number) ? $0.cells[part.number] : nil
      }
      let isPlanned = cell != nil || part.number == 0
      columns.append(
        ColumnPlan(
          field: part.field, kind: field.kind, isEssential: field.isEssential, cell: cell,
          constant: part.number == 0 ? way?.source.constant.map { Array($0.utf8) } : nil,
          substitution: isPlanned ? try substitution(way?.source, for: field.kind) : nil,
          times: way?.source.times ?? 1, forms: forms))
    }
    guard missing.isEmpty else { throw FindingsError(missing) }
    func own(_ name: String) -> Int? {
      FilePlanner.way(to: name, of: entity, in: file.header, source)?.cells.first
    }
    return FilePlan(
      entity: entity, fileName: file.file.name, fileNumber: number, dialect: file.dialect,
      keyForm: mapping.keys, forms: forms, localDays: localDays,
      cellCount: file.header.names.count, columns: columns, deletedCell: own("IsDeleted"),
      readsDeleted: entity == .deletedOpportunity,
      keyCell: own("Id"), masterCell: own("MasterRecordId"),
      stampCell: readsStamps
        ? own("SystemModstamp") ?? own("LastModifiedDate")
          ?? file.header.position(of: "SystemModstamp")
          ?? file.header.position(of: "LastModifiedDate")
        : nil)
  }

  // MARK: Ways to a field

  /// A way to a field that a file offers, with the positions of its columns.
  typealias Way = (source: Mapping.FieldSource, cells: [Int])

  /// The way to a field that a file offers, nil where it has none.
  static func way(
    to name: String, of entity: Entity, in header: Header, _ source: Mapping.Source
  ) -> Way? {
    first(of: ways(to: name, of: entity, source), in: header)
  }

  /// Whether a file has every column that an entity needs.
  static func offersAll(_ entity: Entity, _ header: Header, _ source: Mapping.Source) -> Bool {
    entity.fields.allSatisfy {
      !$0.isRequired || way(to: $0.name, of: entity, in: header, source) != nil
    }
  }

  private static func first(of ways: [Mapping.FieldSource], in header: Header) -> Way? {
    for way in ways {
      if let cells = way.cells(in: header) { return (way, cells) }
    }
    return nil
  }

  /// Where a field may come from: as mapped, else from the column of its own name.
  private static func ways(
    to name: String, of entity: Entity, _ source: Mapping.Source
  ) -> [Mapping.FieldSource] {
    let name = entity.field(named: name)?.shared ?? name
    guard let fields = source.fields else { return ownNames(name, of: entity) }
    if let mapped = fields.first(where: { $0.key.lowercased() == name.lowercased() }) {
      return mapped.value
    }
    // Columns that the mapping does not rename are reached by their own names, unless these are
    // Cadastre's: a column "Type" of another CRM need not mean what it means here.
    return source.takesOwnNames || entity.field(named: name) == nil
      ? ownNames(name, of: entity) : []
  }

  /// The columns that have a field's own name: its API name, or that of the parent's key in a query,
  /// such as `Account.Id` for AccountId.
  private static func ownNames(_ name: String, of entity: Entity) -> [Mapping.FieldSource] {
    guard case .reference = entity.field(named: name)?.kind, name.hasSuffix("Id") else {
      return [Mapping.FieldSource(name)]
    }
    return [Mapping.FieldSource(name), Mapping.FieldSource("\(name.dropLast(2)).Id")]
  }

  // MARK: Substitution

  private func substitution(
    _ from: Mapping.FieldSource?, for kind: FieldKind
  ) throws -> Substitution? {
    guard let from else { return nil }
    let isFlag = kind == .flag
    let values = Dictionary(
      from.values.map {
        (
          isFlag ? Substitution.folded(Array($0.key.utf8)) : Array($0.key.utf8),
          Array($0.value.utf8)
        )
      }, uniquingKeysWith: { first, _ in first })
    guard let lookup = from.lookup, var texts = try table(of: lookup, isSpared: from.isOptional)
    else {
      return values.isEmpty
        ? nil
        : Substitution(
          texts: values, isCorrection: !isFlag && !mapping.isOptional, ignoresCase: isFlag)
    }
    for (cell, other) in values { texts[cell] = texts[other] ?? other }
    return Substitution(texts: texts, dropsUnknown: !lookup.keepsUnknown)
  }

  /// The file of a lookup as a dictionary; the first row of a repeated key counts.
  ///
  /// - Returns: nil where the file is absent and may be.
  private func table(of lookup: Mapping.Lookup, isSpared: Bool) throws -> [[UInt8]: [UInt8]]? {
    var texts: [[UInt8]: [UInt8]] = [:]
    let candidates = files.files.filter { Mapping.matches($0.stem, pattern: lookup.file) }
    var found = false
    for candidate in candidates {
      let file = try OpenFile(candidate)
      guard let columns = FilePlanner.columns(of: lookup, in: file.header) else { continue }
      found = true
      try FilePlanner.forEachRow(of: [columns.match, columns.take], in: file) { cells in
        let key = Array(cells[0])
        if texts[key] == nil { texts[key] = Array(cells[1]) }
      }
    }
    if found { return texts }
    if isSpared || mapping.isOptional { return nil }
    throw FindingsError([IntakeFindings.missingLookup(lookup)])
  }
  /// Calls a function with the texts of some columns, row by row in the order of the file.
  ///
  /// - Throws: `FindingsError` where the file cannot be read.
  static func forEachRow(
    of columns: [Int], in file: OpenFile, _ body: ([ArraySlice<UInt8>]) throws -> Void
  ) throws {
    let plan = FilePlan(
      entity: .organization, fileName: file.file.name, fileNumber: 0, dialect: file.dialect,
      keyForm: .text, localDays: LocalDays(.gmt), cellCount: file.header.names.count,
      columns: columns.map {
        ColumnPlan(
          field: file.header.names[$0], kind: .text, isEssential: false, cell: $0, constant: nil,
          substitution: nil, times: 1)
      }, deletedCell: nil, keyCell: nil, masterCell: nil, stampCell: nil)
    var texts = plan.columns.map { ColumnBuilder($0.kind, keyForm: plan.keyForm) }
    _ = try FileReading(plan: plan, threads: 1).run(file, into: &texts)
    let columns = texts.compactMap(\.values.texts)
    for row in 0..<(columns.first?.count ?? 0) {
      try body(columns.map { $0.bytes[$0.range(row)] })
    }
  }
}
