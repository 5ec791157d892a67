import Records

/// Deleted deals are records of their own, which are read where what became of them is asked for.
extension ExportLoader {
  /// Reads the rows of Opportunity that are deleted, from the same files once more.
  ///
  /// What is wrong in them is no finding: nobody can mend a deleted record, and no other figure holds
  /// it. They do not decide the as-of date.
  mutating func loadDeletedDeals() throws {
    let entity = Entity.deletedOpportunity
    let areSome = reports.contains { $0.entity == .opportunity && $0.counts.deleted > 0 }
    guard request.fields[entity] != nil, areSome else { return }
    let opened = try (request.mapping.sources[.opportunity] ?? []).flatMap { source in
      try files.files.filter { source.reads($0.names) }
        .map { (file: try OpenFile($0), source: source) }
    }
    let fields = FieldPart.all(of: fields(of: entity, in: opened), entity, in: opened)
    let (loader, _) = try read(entity, fields, opened)
    let present = fields.filter { field in
      opened.contains {
        FilePlanner.way(
          to: FieldPart(of: field).field, of: entity, in: $0.file.header, $0.source) != nil
      }
    }
    let findingsBefore = findings
    var table = loader.table(keeping: Set(present.map(\.name)))
    table.complete(fields, in: opened, keyForm: request.mapping.keys)
    WrittenCurrencies.complete(&table, &findings)
    index(&table, entity, merges: [:], isDistinct: opened.map(\.source.isDistinct))
    Outcomes(stages: tables[.stage], mapping: request.mapping).complete(&table.table, &findings)
    resolve(table)
    findings = findingsBefore
  }
}
