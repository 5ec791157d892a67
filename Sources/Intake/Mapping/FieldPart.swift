import Records

/// One of several columns that make up a field.
///
/// The first has the field's own name, so that a field of one column is nothing special; further
/// ones are read as columns of their own and put together once a table is whole.
struct FieldPart {
  /// Name of the field that it is part of.
  let field: String
  let number: Int

  init(of field: Field) {
    let parts = field.name.split(separator: FieldPart.mark, maxSplits: 1)
    self.field = parts.first.map(String.init) ?? field.name
    number = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
  }

  /// No header of a CRM's API has it, and no mapping can write it into a name.
  private static let mark: Character = "\u{1}"

  static func name(_ field: String, _ number: Int) -> String { "\(field)\(mark)\(number)" }

  /// The fields of an entity with a further one for each further column that a source names.
  static func all(
    of fields: [Field], _ entity: Entity, in opened: [(file: OpenFile, source: Mapping.Source)]
  ) -> [Field] {
    fields.flatMap { field in
      let count =
        opened.compactMap {
          FilePlanner.way(to: field.name, of: entity, in: $0.file.header, $0.source)?.cells.count
        }.max() ?? 1
      return [field]
        + (1..<max(1, count)).map {
          Field(name(field.name, $0), field.kind, essential: field.isEssential)
        }
    }
  }
}

extension UnresolvedTable {
  /// Puts the parts of fields together, and keys into the form in which they are joined.
  mutating func complete(
    _ fields: [Field], in opened: [(file: OpenFile, source: Mapping.Source)],
    keyForm: Mapping.KeyForm
  ) {
    for field in fields where FieldPart(of: field).number > 0 {
      let name = FieldPart(of: field).field
      let isJoined = opened.contains {
        FilePlanner.way(to: name, of: table.entity, in: $0.file.header, $0.source)?.source.role
          == .join
      }
      if let first = table.columns[name], let second = table.columns[field.name] {
        table.columns[name] = first.filled(with: second, joined: isJoined)
      }
      if let first = references[name], let second = references[field.name] {
        references[name] = first.filled(with: second)
      }
      table.columns[field.name] = nil
      references[field.name] = nil
    }
    guard keyForm == .number else { return }
    if case .text(let texts) = table.keys { table.keys = .text(texts.asNumbers) }
    references = references.mapValues { part in
      if case .texts(let texts) = part { .texts(texts.asNumbers) } else { part }
    }
  }
}

extension Column {
  /// This column with its empty cells taken from another; texts may be joined by a space instead.
  fileprivate func filled(with other: Column, joined: Bool) -> Column {
    func first<Value: Equatable>(_ values: [Value], _ others: [Value], null: Value) -> [Value] {
      zip(values, others).map { $0 == null ? $1 : $0 }
    }
    func both(_ count: Int, _ text: (Int) -> String?, _ other: (Int) -> String?) -> [String] {
      (0..<count).map { row in
        let parts = [text(row), other(row)].compactMap { $0 }.filter { !$0.isEmpty }
        return joined ? parts.joined(separator: " ") : parts.first ?? ""
      }
    }
    switch (self, other) {
    case (.decimals(let values), .decimals(let others)):
      return .decimals(first(values, others, null: Exact.null))
    case (.days(let values), .days(let others)):
      return .days(first(values, others, null: Day.null))
    case (.flags(let values), .flags(let others)):
      return .flags(first(values, others, null: 2))
    case (.references(let values), .references(let others)):
      return .references(first(values, others, null: Reference.null))
    case (.instants(let values), .instants(let others)):
      return .instants(
        Instants(
          seconds: first(values.seconds, others.seconds, null: Instants.null),
          days: first(values.days, others.days, null: Day.null)))
    case (.texts(let values), .texts(let others)):
      var texts = Texts()
      for text in both(values.count, { values[$0] }, { others[$0] }) {
        texts.append(Array(text.utf8)[...])
      }
      return .texts(texts)
    case (.categories(let values), .categories(let others)):
      var codes: [String: Int32] = [:]
      var names: [String] = []
      let joined = both(values.codes.count, { values[$0] }, { others[$0] }).map { text -> Int32 in
        if text.isEmpty { return Categories.null }
        if let code = codes[text] { return code }
        let code = Int32(names.count)
        codes[text] = code
        names.append(text)
        return code
      }
      return .categories(Categories(codes: joined, values: names))
    default: return self
    }
  }
}

extension ColumnPart {
  fileprivate func filled(with other: ColumnPart) -> ColumnPart {
    switch (self, other) {
    case (.keys(let keys), .keys(let others)):
      return .keys(
        SalesforceKeys(zip(keys, others).map { $0 == SalesforceID.zero ? $1 : $0 }))
    case (.texts(let texts), .texts(let others)):
      var filled = Texts()
      for row in 0..<texts.count {
        let range = texts.range(row)
        filled.append(range.isEmpty ? others.bytes[others.range(row)] : texts.bytes[range])
      }
      return .texts(filled)
    default: return self
    }
  }
}

extension Texts {
  /// The texts with every whole number written with its digits alone.
  var asNumbers: Texts {
    var result = Texts()
    for row in 0..<count { result.append(Texts.number(bytes[range(row)])) }
    return result
  }

  /// `1,234` and `1234.0` as `1234`, of `12;34` the first; other text as it stands.
  private static func number(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let first = text.prefix { $0 != UInt8(ascii: ";") }
    var digits: [UInt8] = []
    var rest = first
    while let byte = rest.first, byte != UInt8(ascii: ".") {
      if (0x30...0x39).contains(byte) {
        digits.append(byte)
      } else if byte != UInt8(ascii: ","), byte != UInt8(ascii: " ") {
        return text
      }
      rest.removeFirst()
    }
    guard !digits.isEmpty, rest.dropFirst().allSatisfy({ $0 == 0x30 }) else { return text }
    return digits[...]
  }
}
