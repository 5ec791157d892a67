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
    if let entity = Entity(rawValue: entry.key) { return entity }
    let names = Entity.allCases.map(\.rawValue)
    findings.add(
      .unknownKey, at: entry.at, "unknown entity \"\(entry.key)\"",
      Suggestion.sentence(
        for: entry.key, in: names, otherwise: "use \(Suggestion.list(names.sorted()))"))
    return nil
  }

  private static func source(_ keys: KeyReader, _ entity: Entity) -> Source {
    var source = Source(files: keys.required("files")?.strings(keys.findings) ?? [])
    source.isDistinct = keys.bool("distinct") ?? false
    guard keys.has("fields") else { return source }
    var fields: [String: FieldSource] = [:]
    for entry in keys.entries("fields") {
      let name = entity.field(named: entry.key)?.name ?? entry.key
      if case .mapping = entry.value.kind {
        fields[name] = entry.value.read(keys.findings, fieldSource)
      } else {
        fields[name] = FieldSource(column: entry.value.string(keys.findings))
      }
    }
    source.fields = fields
    return source
  }

  private static func fieldSource(_ keys: KeyReader) -> FieldSource {
    var source = FieldSource(column: keys.string("column"))
    source.constant = keys.string("constant")
    source.values = Dictionary(
      keys.entries("values").map { ($0.key, $0.value.string(keys.findings) ?? "") },
      uniquingKeysWith: { first, _ in first })
    source.times = Int64(keys.int("times", in: 1...1_000_000_000) ?? 1)
    source.lookup = keys.read("lookup") { keys in
      Lookup(
        file: keys.required("file")?.string(keys.findings) ?? "",
        match: keys.required("match")?.string(keys.findings) ?? "",
        take: keys.required("take")?.string(keys.findings) ?? "")
    }
    return source
  }
}
