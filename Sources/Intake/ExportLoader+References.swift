import Records

/// Keys that name records become rows of their tables.
extension ExportLoader {
  /// Turns the keys of references into row numbers; says which of them name nothing.
  mutating func resolve(_ unresolvedTable: UnresolvedTable) {
    let entity = unresolvedTable.table.entity
    tables[entity] = unresolvedTable.table
    for field in entity.fields.sorted(by: { $0.name < $1.name }) {
      guard case .reference(let target) = field.kind else { continue }
      let keys = unresolvedTable.references[field.name]
      let rows: [Int32]
      if let keys {
        guard let index = indexes[target] else {
          unresolved.append((entity, field.name, target, keys))
          continue
        }
        rows = self.rows(of: keys, field, target, entity, index)
      } else if case .references(let found) = unresolvedTable.table.columns[field.name] {
        rows = found
      } else {
        continue
      }
      if rows.lowest(threads: request.threads) <= Reference.dangling {
        report(dangling: rows, entity, field.name, target, keys: keys)
        tables[entity]?.columns[field.name] = .references(rows.withoutDeleted)
      } else {
        tables[entity]?.columns[field.name] = .references(rows)
      }
    }
  }

  /// Makes a table of the users whom others name where the export lacks User, of the products where it
  /// lacks Product2, and of several territory models where it lacks Territory2Model; other references
  /// to entities that the export does not hold become null.
  mutating func completeAbsentTables() {
    let owners = unresolved.filter { $0.target == .user }.map(\.keys)
    if !owners.isEmpty, let keys = Keys(distinctIn: owners) {
      let index = KeyIndex(keys, threads: request.threads)
      var users = Table(entity: .user, count: keys.count, keys: keys)
      users.strangerCount = keys.count
      for (entity, field, target, keys) in unresolved where target == .user {
        guard let table = tables[entity] else { continue }
        ParentPaths.fill(&users, index.rows(of: keys, threads: request.threads), field, table)
      }
      tables[.user] = users
      indexes[.user] = index
      findings.add(IntakeFindings.usersAbsent(haveNames: users.has("Name")))
    }
    for entity in [Entity.product, .territoryModel] {
      let named = unresolved.filter { $0.target == entity }.map(\.keys)
      guard !named.isEmpty, let keys = Keys(distinctIn: named) else { continue }
      // Territories of one model are it; of several nobody knows which is active.
      if entity == .territoryModel, keys.count == 1 { continue }
      tables[entity] = Table(entity: entity, count: keys.count, keys: keys)
      tables[entity]?.strangerCount = keys.count
      indexes[entity] = KeyIndex(keys, threads: request.threads)
    }
    for (entity, field, target, keys) in unresolved {
      guard let known = entity.field(named: field) else { continue }
      if let index = indexes[target] {
        let rows = rows(of: keys, known, target, entity, index).withoutDeleted
        tables[entity]?.columns[field] = .references(rows)
      } else if entity == .opportunity, target == .territory {
        // A deal of a territory that nothing is known of is not unassigned.
        tables[entity]?.columns[field] = .references(keys.dangling)
      }
    }
    unresolved = []
  }

  /// The rows that the keys of a column name; users and products that the export does not hold are
  /// kept.
  private func rows(
    of keys: ColumnPart, _ field: Field, _ target: Entity, _ entity: Entity, _ index: KeyIndex
  ) -> [Int32] {
    let kept = entity.keepsStrangers(field) ? strangers[target] : nil
    guard case .text = index, case .texts(let texts) = keys else {
      guard case .salesforce(var byKey) = index else { return [] }
      byKey.strangers = kept
      return KeyIndex.salesforce(byKey).rows(of: keys, threads: request.threads)
    }
    var rows = index.rows(of: keys, threads: request.threads)
    if let kept {
      for row in rows.indices where rows[row] == Reference.dangling {
        rows[row] = kept.number(of: Array(texts.bytes[texts.range(row)]))
      }
    }
    return rows
  }

  private mutating func report(
    dangling rows: [Int32], _ entity: Entity, _ field: String, _ target: Entity,
    keys: ColumnPart?
  ) {
    // A key that may name a record of another table dangles in none.
    guard entity.field(named: field)?.shared == nil else { return }
    var deleted: (count: Int, places: [SourcePosition]) = (0, [])
    var count = 0
    var places: [SourcePosition] = []
    var named: [String] = []
    let sources = tables[entity]?.sources ?? RowSources()
    for (row, found) in rows.enumerated() where found <= Reference.dangling {
      if found == SalesforceKeyIndex.deleted {
        deleted.count += 1
        if deleted.places.count < FindingLog.placesKept, let at = sources.position(of: row) {
          deleted.places.append(at)
        }
        continue
      }
      count += 1
      if places.count < FindingLog.placesKept, let at = sources.position(of: row) {
        places.append(at)
      }
      // Names of products and territories are the organisation's own words, not a customer's.
      if target == .product || target == .territory, named.count < 3,
        case .texts(let texts) = keys, let text = texts[row], !named.contains(text)
      {
        named.append(text)
      }
    }
    // Where deleted deals are read too, their histories are used.
    if deleted.count > 0, target != .opportunity || tables[.deletedOpportunity] == nil {
      findings.add(
        IntakeFindings.deletedReference(entity, field, to: target, at: deleted.places.first),
        count: deleted.count, places: deleted.places)
    }
    guard count > 0 else { return }
    let hint = named.isEmpty ? nil : named.map { "\"\($0)\"" }.joined(separator: ", ")
    findings.add(
      IntakeFindings.danglingReference(entity, field, to: target, at: places.first, hint: hint),
      count: count, places: places)
  }
}
