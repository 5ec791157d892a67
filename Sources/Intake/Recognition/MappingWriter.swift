import Records
import Settings

/// Writes a mapping as the YAML that `Mapping` reads, with remarks as comments.
struct MappingWriter {
  let mapping: Mapping
  /// The first comment.
  let title: String
  /// Comments behind entities and fields, by `Entity` and `Entity.Field`; `stages` has one too.
  var remarks: [String: String] = [:]

  /// The file, which ends with a newline; the same mapping gives the same bytes.
  var text: String {
    var lines = [
      "# A mapping for Cadastre, made by `cadastre init`: which files hold which records, which column",
      "# is which field. docs/mapping.md explains every key.",
      "# " + title,
      "name: \(Self.scalar(mapping.name))",
      "keys: \(mapping.keys.rawValue)",
    ]
    if mapping.isOptional {
      lines.append("optional: true   # a column that a file lacks is just absent")
    }
    if !mapping.outcomes.isEmpty {
      let stages = mapping.outcomes.sorted { ($0.value.order, $0.key) < ($1.value.order, $1.key) }
        .map { "\(Self.scalar($0.key)): \($0.value.rawValue)" }
      lines.append(
        "stages: {\(stages.joined(separator: ", "))}" + remark("stages"))
    }
    lines.append("entities:")
    for (entity, sources) in mapping.sources.sorted(by: { $0.key < $1.key }) where !sources.isEmpty
    {
      lines.append("  \(entity.rawValue):" + remark(entity.rawValue))
      let isList = sources.count > 1
      for source in sources {
        let block = self.block(source, entity)
        for (number, line) in block.enumerated() {
          lines.append((isList ? (number == 0 ? "    - " : "      ") : "    ") + line)
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func block(_ source: Mapping.Source, _ entity: Entity) -> [String] {
    var lines = ["files: \(Self.list(source.files))"]
    if source.isDistinct { lines.append("distinct: true   # repetitions are expected") }
    if source.isOptional { lines.append("optional: true") }
    if source.takesOwnNames { lines.append("own_names: true") }
    guard let fields = source.fields else { return lines }
    lines.append("fields:")
    let order = entity.fields.map(\.name)
    let names = fields.keys.sorted {
      (order.firstIndex(of: $0) ?? order.count, $0) < (order.firstIndex(of: $1) ?? order.count, $1)
    }
    for name in names {
      let ways = (fields[name] ?? []).map(Self.way)
      let value = ways.count == 1 ? ways[0] : "[\(ways.joined(separator: ", "))]"
      // Only the first source of an entity has remarks: others repeat its columns.
      let isFirst = mapping.sources[entity]?.first?.files == source.files && !source.isDistinct
      lines.append(
        "  \(Self.scalar(name)): \(value)" + (isFirst ? remark("\(entity.rawValue).\(name)") : ""))
    }
    return lines
  }

  private func remark(_ key: String) -> String { remarks[key].map { "   # \($0)" } ?? "" }

  static func way(_ way: Mapping.FieldSource) -> String {
    var keys: [String] = []
    if let constant = way.constant { keys.append("constant: \(scalar(constant))") }
    switch way.role {
    case .join: keys.append("join: \(list(way.columns))")
    case .firstFilled: keys.append("first_of: \(list(way.columns))")
    case .oneOf where way.columns.count == 1: keys.append("column: \(scalar(way.columns[0]))")
    case .oneOf where !way.columns.isEmpty: keys.append("columns: \(list(way.columns))")
    case .oneOf: break
    }
    let isPlain = way == Mapping.FieldSource(columns: way.columns) && way.columns.count == 1
    if isPlain { return scalar(way.columns[0]) }
    if way.times != 1 { keys.append("times: \(way.times)") }
    if !way.values.isEmpty {
      let values = way.values.sorted { $0.key < $1.key }
        .map { "\(scalar($0.key)): \(scalar($0.value))" }
      keys.append("values: {\(values.joined(separator: ", "))}")
    }
    if let lookup = way.lookup {
      let otherwise = lookup.keepsUnknown ? ", otherwise: keep" : ""
      keys.append(
        "lookup: {file: \(scalar(lookup.file)), match: \(one(lookup.match)), "
          + "take: \(one(lookup.take))\(otherwise)}")
    }
    if way.isOptional { keys.append("optional: true") }
    return "{\(keys.joined(separator: ", "))}"
  }

  private static func one(_ texts: [String]) -> String {
    texts.count == 1 ? scalar(texts[0]) : list(texts)
  }

  private static func list(_ texts: [String]) -> String {
    "[\(texts.map(scalar).joined(separator: ", "))]"
  }

  /// Text as a scalar, quoted where YAML would take it for something else.
  static func scalar(_ text: String) -> String {
    let isPlain =
      !text.isEmpty && text.first?.isLetter == true && text.last != " "
      && text.allSatisfy { ($0.isASCII && ($0.isLetter || $0.isNumber)) || "_ -./".contains($0) }
      && !["true", "false", "yes", "no", "null", "on", "off", "y", "n"].contains(text.lowercased())
    return isPlain ? text : YAMLScalar.quoted(text)
  }
}

extension Mapping.Outcome {
  fileprivate var order: Int { Mapping.Outcome.allCases.firstIndex(of: self) ?? 0 }
}
