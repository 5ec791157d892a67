import Records

extension MappingProposer {
  /// Columns that name records of other files, by their headers and by their values.
  mutating func proposeReferences() {
    proposeReference(.account, "OwnerId", to: .user)
    proposeReference(.opportunity, "OwnerId", to: .user)
    proposeReference(.opportunity, "AccountId", to: .account)
    proposeReference(.contract, "AccountId", to: .account)
    proposeParents()
    proposeManagers()
  }

  private mutating func proposeReference(_ entity: Entity, _ field: String, to target: Entity) {
    guard let role = roles[entity] else { return }
    guard let other = roles[target] else {
      // The records have no file of their own: each distinct text is one.
      guard let column = role.fields[field] else { return }
      set(entity, field, [Mapping.FieldSource(role.header(column))])
      addDistinct(target, role, column)
      return
    }
    let keys = other.file.distinct(other.key)
    if let column = role.fields[field] {
      let texts = role.file.distinct(column)
      if Self.share(of: texts, in: keys) >= 0.5 || texts.isEmpty {
        set(entity, field, [Mapping.FieldSource(role.header(column))])
      } else if let name = other.fields["Name"], name != other.key,
        Self.share(of: texts, in: other.file.distinct(name)) >= 0.5
      {
        var way = Mapping.FieldSource(role.header(column))
        way.lookup = Mapping.Lookup(
          file: other.stems[0], match: [other.header(name)], take: [other.header(other.key)])
        set(entity, field, [way])
      } else {
        set(entity, field, [Mapping.FieldSource(role.header(column))])
        doubt("\(entity.rawValue).\(field)", "few of its texts are keys of \(other.file.name)")
      }
      return
    }
    // No header says so; the values may.
    let free = role.file.columns.filter { column in
      !role.fields.values.contains(column.position) && role.file.look(column.position).kind == .text
    }
    for column in free {
      let texts = role.file.distinct(column.position)
      guard texts.count > 1, Self.share(of: texts, in: keys) >= 0.8 else { continue }
      roles[entity]?.fields[field] = column.position
      set(entity, field, [Mapping.FieldSource(column.name)])
      doubt("\(entity.rawValue).\(field)", "by its values, which are keys of \(other.file.name)")
      return
    }
  }

  private mutating func proposeParents() {
    guard let role = roles[.account] else { return }
    let keys = role.file.distinct(role.key)
    if let column = role.fields["ParentId"] {
      let texts = role.file.distinct(column)
      if Self.share(of: texts, in: keys) >= 0.5 {
        set(.account, "ParentId", [Mapping.FieldSource(role.header(column))])
        return
      }
      if let name = role.fields["Name"], name != role.key,
        Self.share(of: texts, in: role.file.distinct(name)) >= 0.5
      {
        var way = Mapping.FieldSource(role.header(column))
        way.lookup = Mapping.Lookup(
          file: role.stems[0], match: [role.header(name)], take: [role.header(role.key)])
        set(.account, "ParentId", [way])
        return
      }
    }
    for column in role.file.columns
    where column.position != role.key && column.position != role.fields["Name"] {
      let texts = role.file.distinct(column.position)
      guard texts.count > 1, Self.share(of: texts, in: keys) == 1 else { continue }
      set(.account, "ParentId", [Mapping.FieldSource(column.name)])
      doubt("Account.ParentId", "by its values, which are keys of the same file")
      return
    }
  }

  /// Managers who are no rows of the file of users are users too.
  private mutating func proposeManagers() {
    guard let role = roles[.user], let column = role.fields["ManagerId"] else { return }
    let managers = role.file.distinct(column)
    guard !managers.isEmpty else { return }
    set(.user, "ManagerId", [Mapping.FieldSource(role.header(column))])
    if Self.share(of: managers, in: role.file.distinct(role.key)) < 1 {
      addDistinct(.user, role, column)
    }
  }

  /// A file of users, deals or accounts may name a territory in each row.
  mutating func proposeTerritories() {
    for entity in [Entity.user, .opportunity, .account] {
      guard let role = roles[entity],
        let column = synonyms.territories.lazy.compactMap({ name in
          role.file.columns.first {
            Synonyms.folded($0.name) == name && !role.fields.values.contains($0.position)
              && role.file.look($0.position).kind == .text
          }
        }).first
      else { continue }
      let place = Mapping.FieldSource(column.name)
      mapping.sources[.territory] = [
        Mapping.Source(
          files: role.stems,
          fields: ["Id": [place], "Name": [place], "DeveloperName": [place]], isDistinct: true
        )
      ]
      let key = Mapping.FieldSource(role.header(role.key))
      switch entity {
      case .user:
        mapping.sources[.userTerritory] = [
          Mapping.Source(files: role.stems, fields: ["UserId": [key], "Territory2Id": [place]])
        ]
        if let deals = roles[.opportunity],
          let owner = mapping.sources[.opportunity]?.first?.fields?["OwnerId"]?.first,
          owner.lookup == nil, deals.fields["OwnerId"] != nil
        {
          var way = owner
          way.lookup = Mapping.Lookup(
            file: role.stems[0], match: [role.header(role.key)], take: [column.name])
          set(.opportunity, "Territory2Id", [way])
          doubt(
            "Opportunity.Territory2Id", "a deal belongs to the \(column.name) of its owner")
        }
      case .opportunity: set(.opportunity, "Territory2Id", [place])
      default:
        mapping.sources[.accountTerritory] = [
          Mapping.Source(files: role.stems, fields: ["ObjectId": [key], "Territory2Id": [place]])
        ]
      }
      doubt("Territory2", "each \(column.name) of \(role.file.name) is taken for a territory")
      return
    }
  }

  /// A column of deals that names a product makes each deal a line of its own.
  mutating func proposeProducts() {
    guard let role = roles[.opportunity],
      let column = synonyms.products.lazy.compactMap({ name in
        role.file.columns.first { Synonyms.folded($0.name) == name }
      }).first
    else { return }
    if let products = roles[.product] {
      let known = products.file.distinct(products.key)
      let texts = role.file.distinct(column.position)
      guard Self.share(of: texts, in: known) >= 0.5 else { return }
      let mended = texts.subtracting(known).sorted().compactMap { text in
        Self.spelling(of: text, in: known).map { (text, $0) }
      }
      remark(spellings: mended, of: column.name, at: "OpportunityLineItem.Product2Id")
    } else {
      addDistinct(.product, role, column.position)
    }
    mapping.sources[.lineItem] = [
      Mapping.Source(
        files: role.stems,
        fields: [
          "OpportunityId": [Mapping.FieldSource(role.header(role.key))],
          "Product2Id": [Mapping.FieldSource(column.name)],
        ])
    ]
  }

  // MARK: Helpers

  mutating func set(_ entity: Entity, _ field: String, _ ways: [Mapping.FieldSource]) {
    guard mapping.sources[entity]?.isEmpty == false else { return }
    mapping.sources[entity]?[0].fields?[field] = ways
  }

  /// Makes each distinct text of a column a record.
  private mutating func addDistinct(_ entity: Entity, _ role: Role, _ column: Int) {
    let way = Mapping.FieldSource(role.header(column))
    mapping.sources[entity, default: []].append(
      Mapping.Source(files: role.stems, fields: ["Id": [way], "Name": [way]], isDistinct: true))
    if roles[entity] == nil {
      doubt(
        entity.rawValue,
        "no file lists them: each \(role.header(column)) of \(role.file.name) is one")
    }
  }

  /// Which part of texts is among others.
  static func share(of texts: Set<String>, in others: Set<String>) -> Double {
    texts.isEmpty ? 0 : Double(texts.count { others.contains($0) }) / Double(texts.count)
  }

  /// The known text that another is a spelling of: the same letters, or the nearest.
  static func spelling(of text: String, in known: Set<String>) -> String? {
    let folded = Synonyms.folded(text)
    let sorted = known.sorted()
    return sorted.first { Synonyms.folded($0) == folded }
      ?? Suggestion.closest(to: text, in: sorted)
  }

  /// Writes beside a field how spellings would be mended.
  mutating func remark(spellings: [(String, String)], of column: String, at path: String) {
    guard !spellings.isEmpty else { return }
    let values = spellings.map { "\(MappingWriter.scalar($0)): \(MappingWriter.scalar($1))" }
      .joined(separator: ", ")
    let text =
      "unsure: spellings? {column: \(MappingWriter.scalar(column)), values: {\(values)}} mends them"
    remarks[path] = [remarks[path], text].compactMap { $0 }.joined(separator: "; ")
    doubts.append(
      "\(path): \(spellings.count) spelling\(spellings.count == 1 ? "" : "s") may be meant otherwise; "
        + "mapping.yaml shows how to mend \(spellings.count == 1 ? "it" : "them")")
  }
}
