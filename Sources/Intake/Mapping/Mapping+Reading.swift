import Records
import Settings

extension Mapping {
  /// Reads a preset or a mapping file.
  ///
  /// - Parameters:
  ///   - text: the YAML.
  ///   - file: its name, for the places of errors.
  /// - Throws: everything that is wrong with it.
  public init(text: String, file: String) throws(FindingsError) {
    let document = try Document(text: text, file: file)
    let findings = Findings()
    let mapping = document.root.read(findings) { Mapping($0, file: file) }
    try findings.throwIfAny()
    guard let mapping else { throw FindingsError(findings.all) }
    self = mapping
  }

  private init(_ keys: KeyReader, file: String) {
    name = keys.string("name") ?? file
    self.keys = keys.oneOf("keys", KeyForm.self) ?? .text
    forms = CellForms(
      dates: keys.oneOf("dates", CellForms.DateOrder.self),
      numbers: keys.oneOf("numbers", CellForms.NumberForm.self))
    isOptional = keys.bool("optional") ?? false
    outcomes = Dictionary(
      keys.entries("stages").compactMap { entry in
        entry.value.oneOf(Outcome.self, keys.findings).map { (entry.key, $0) }
      }, uniquingKeysWith: { first, _ in first })
    sources = [:]
    for entry in keys.entries("entities") {
      guard let entity = Mapping.entity(entry, keys.findings) else { continue }
      let values: [Value]
      if case .sequence(let list) = entry.value.kind {
        values = list
      } else {
        values = [entry.value]
      }
      sources[entity] = values.compactMap { value in
        value.read(keys.findings) { Mapping.source($0, entity) }
      }
    }
  }

  private static func entity(_ entry: Value.Entry, _ findings: Findings) -> Entity? {
    if let entity = Entity(rawValue: entry.key), !entity.isDerived { return entity }
    let names = Entity.exported.map(\.rawValue)
    findings.add(
      .unknownKey, at: entry.at, "unknown entity \"\(entry.key)\"",
      Suggestion.sentence(
        for: entry.key, in: names, otherwise: "use \(Suggestion.list(names.sorted()))"))
    return nil
  }

  private static func source(_ keys: KeyReader, _ entity: Entity) -> Source {
    var source = Source(files: keys.required("files")?.strings(keys.findings) ?? [])
    source.isDistinct = keys.bool("distinct") ?? false
    source.isOptional = keys.bool("optional") ?? false
    source.takesOwnNames = keys.bool("own_names") ?? false
    guard keys.has("fields") else { return source }
    var fields: [String: [FieldSource]] = [:]
    for entry in keys.entries("fields") {
      let field = entity.field(named: entry.key)
      let name = field?.name ?? entry.key
      fields[name] = entry.value.list(keys.findings).compactMap { value in
        guard case .mapping = value.kind else {
          return value.string(keys.findings).map { FieldSource($0) }
        }
        return value.read(keys.findings) { fieldSource($0, of: field) }
      }
    }
    source.fields = fields
    return source
  }

  private static func fieldSource(_ keys: KeyReader, of field: Field?) -> FieldSource {
    var source = FieldSource()
    var given = 0
    for (key, role) in [
      ("column", FieldSource.Role.oneOf), ("columns", .oneOf), ("join", .join),
      ("first_of", .firstFilled),
    ] where keys.has(key) {
      source.columns = keys.strings(key)
      source.role = role
      given += 1
    }
    source.constant = keys.string("constant")
    if given + (source.constant == nil ? 0 : 1) > 1 {
      keys.findings.add(
        .value, at: keys.group.at,
        "\(keys.group.label) has more than one of column, columns, join, first_of and constant",
        "keep one of them")
    }
    if let field, !field.kind.takes(source.role) {
      keys.findings.add(
        .value, at: keys.group.at,
        "\(keys.group.label) cannot be made of several columns",
        source.role == .join ? "join columns of text only" : "a record's own key is one column")
    }
    source.values = Dictionary(
      keys.entries("values").map { ($0.key, $0.value.string(keys.findings) ?? "") },
      uniquingKeysWith: { first, _ in first })
    source.times = Int64(keys.int("times", in: 1...1_000_000_000) ?? 1)
    source.isOptional = keys.bool("optional") ?? false
    source.lookup = keys.read("lookup") { keys in
      Lookup(
        file: keys.required("file")?.string(keys.findings) ?? "",
        match: keys.required("match")?.strings(keys.findings) ?? [],
        take: keys.required("take")?.strings(keys.findings) ?? [],
        keepsUnknown: keys.oneOf("otherwise", ["empty", "keep"]) == "keep")
    }
    return source
  }
}

extension FieldKind {
  /// Whether a field of this kind may come from several columns of a row.
  fileprivate func takes(_ role: Mapping.FieldSource.Role) -> Bool {
    switch (role, self) {
    case (.oneOf, _), (.join, .text), (.join, .category): true
    case (.join, _), (.firstFilled, .id): false
    case (.firstFilled, _): true
    }
  }
}
