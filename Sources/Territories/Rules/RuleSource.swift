import Records

/// A column of records as rules can compare it, whatever it holds.
enum RuleSource: Sendable {
  /// Numbers, days and flags: the cells, the one that stands for an empty one, and how a rule writes
  /// a value.
  case numbers([Int64], null: Int64, parse: @Sendable ([UInt8]) -> Int64?)
  /// Texts that repeat: the value of each row, negative for an empty cell, and the values in lower
  /// case.
  case codes([Int32], [[UInt8]])
  case texts(Texts)

  /// As what the cells of a column are compared.
  enum Form: Hashable, Sendable {
    /// Numbers, days and flags as such; everything else as text.
    case own
    /// Numbers, days and flags as people write them.
    case text
    /// References by the Ids, not the names, of what they refer to.
    case ids
  }

  /// How an item compares the cells of a column.
  static func form(
    of test: ItemTest, _ column: Column, _ field: Field?, _ records: RecordSet
  ) -> Form {
    switch column {
    case .decimals, .days, .instants, .flags: return test.isOrdinal ? .own : .text
    case .categories, .texts: return .own
    case .references:
      guard case .reference(let target) = field?.kind, records[target].count > 0 else {
        return .own
      }
      // Ids of one kind of record begin alike.
      let start = Array(records[target].id(0).lowercased().utf8.prefix(3))
      return !test.values.isEmpty
        && test.values.allSatisfy { [15, 18].contains($0.count) && $0.starts(with: start) }
        ? .ids : .own
    }
  }

  init(_ column: Column, _ field: Field?, as form: Form, records: RecordSet, threads: Int) {
    switch column {
    case .decimals(let cells) where form == .own:
      self = .numbers(cells, null: Exact.null) { RuleValues.number($0, scale: Exact.scale) }
    case .decimals(let cells):
      self = .distinct(cells, null: Exact.null) { RuleValues.text($0, scale: Exact.scale) }
    case .days(let cells): self = .days(cells, form)
    case .instants(let cells): self = .days(cells.days, form)
    case .flags(let cells) where form == .own:
      // A checkbox is never empty in the CRM.
      self = .numbers(cells.map { $0 == 1 ? 1 : 0 }, null: Int64.min, parse: RuleValues.flag)
    case .flags(let cells):
      self = .codes(cells.map { $0 == 1 ? 1 : 0 }, [Array("false".utf8), Array("true".utf8)])
    case .categories(let categories):
      self = .codes(
        categories.codes, categories.values.map { Array($0.lowercased().utf8) })
    case .references(let rows):
      guard case .reference(let target) = field?.kind else {
        self = .codes(rows, [])
        return
      }
      let table = records[target]
      let names = table.texts("Name")
      self = .codes(
        rows,
        Parallel.rows(table.count, threads: threads) { row in
          let text = form == .ids ? String(table.id(row).prefix(15)) : names[row] ?? table.id(row)
          return Array(text.lowercased().utf8)
        })
    case .texts(let texts): self = .texts(texts)
    }
  }

  private static func days(_ days: [Int32], _ form: Form) -> RuleSource {
    let cells = days.map { Int64($0) }
    guard form != .own else {
      return .numbers(cells, null: Int64(Day.null), parse: RuleValues.day)
    }
    return .distinct(cells, null: Int64(Day.null)) {
      Day(number: Int32(truncatingIfNeeded: $0)).description
    }
  }

  /// Numbers as texts, each text once.
  private static func distinct(
    _ cells: [Int64], null: Int64, _ text: (Int64) -> String
  ) -> RuleSource {
    var codeOf: [Int64: Int32] = [:]
    var values: [[UInt8]] = []
    let codes = cells.map { cell -> Int32 in
      if cell == null { return -1 }
      if let code = codeOf[cell] { return code }
      let code = Int32(values.count)
      codeOf[cell] = code
      values.append(Array(text(cell).utf8))
      return code
    }
    return .codes(codes, values)
  }

  /// Whether the values of a rule are such as a column holds, compared in a form.
  static func understands(_ test: ItemTest, _ column: Column, as form: Form) -> Bool {
    guard form == .own else { return true }
    return switch column {
    case .decimals:
      test.values.allSatisfy { RuleValues.number($0, scale: Exact.scale) != nil }
    case .days, .instants: test.values.allSatisfy { RuleValues.day($0) != nil }
    case .flags: test.values.allSatisfy { RuleValues.flag($0) != nil }
    case .references, .categories, .texts: true
    }
  }
}
