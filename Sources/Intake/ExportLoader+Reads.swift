import Records

/// What loading reads, for those who want to export just that.
extension ExportLoader {
  /// The known fields of an entity that are read: those wanted, essential, or always read.
  static func knownFields(of entity: Entity, wanted: Set<String>) -> [Field] {
    let lowered = Set(wanted.map { $0.lowercased() })
    return entity.fields.filter {
      $0.isEssential || lowered.contains($0.name.lowercased())
        || alwaysRead[entity, default: []].contains($0.name)
    }
  }

  /// Names of all fields that decide about what is loaded, by entity.
  ///
  /// An export of these fields alone gives the same records as one of everything: besides the cells
  /// that are wanted it has those that are read in any case, the keys, and what says which rows are
  /// deleted or merged and how new the export is.
  ///
  /// - Parameter fields: fields wanted by entity, as of a `LoadRequest`.
  /// - Returns: the fields of each entity, its key first.
  public static func reads(_ fields: [Entity: Set<String>]) -> [Entity: [String]] {
    var reads: [Entity: [String]] = [:]
    for entity in Entity.exported where fields[entity] != nil || !entity.isOptional {
      let wanted = fields[entity] ?? []
      var names = ["Id"]
      func add(_ name: String) {
        if !names.contains(where: { $0.lowercased() == name.lowercased() }) { names.append(name) }
      }
      // A field that shares another's cells is no column of its own.
      for field in knownFields(of: entity, wanted: wanted) { add(field.shared ?? field.name) }
      // A row may be deleted for all that a question knows, of a kind that has no such field.
      for name in wanted.sorted()
      where entity.field(named: name) == nil && name != "IsDeleted" {
        add(name)
      }
      for name in ["IsDeleted", "MasterRecordId"] where entity.field(named: name) != nil {
        add(name)
      }
      if !entity.isOptional { add("SystemModstamp") }
      reads[entity] = names
    }
    return reads
  }
}
