import Records

extension RuleRun {
  /// What of a rule holds of a record.
  public struct Criterion: Hashable, Sendable {
    /// Index of the rule in the plan.
    public let rule: Int32
    /// Each comparison that holds, such as `BillingState equals New York`.
    public let words: [String]

    /// The comparisons as one clause.
    public var text: String { words.joined(separator: " and ") }
  }

  /// Why the rules of a territory match a record.
  ///
  /// Of a list only the values that hold are named; of alternatives only those that hold.
  ///
  /// - Parameters:
  ///   - row: the record.
  ///   - territory: index of the territory.
  /// - Returns: the rules that match, the territory's own first, then those of the nearest above.
  public func criteria(row: Int, territory: Int32) -> [Criterion] {
    guard fields.table.count > row else { return [] }
    var reader = RuleReader(rules)
    reader.move(to: row)
    return territoryRules.ofTerritory[Int(territory)].compactMap { rule in
      guard reader.truth(of: Int(rule)) == .yes else { return nil }
      return Criterion(rule: rule, words: words(ofRule: Int(rule), reader, row: row))
    }
  }

  private func words(ofRule rule: Int, _ reader: RuleReader, row: Int) -> [String] {
    zip(model.plan.rules[rule].items, rules.itemsOfRule[rule]).compactMap { written, item in
      guard reader.truth(ofItem: Int(item)) == .yes else { return nil }
      let field = RuleFields.plain(written.field)
      let value = (written.value ?? "").isEmpty ? "nothing" : holding(written, row: row)
      return "\(field) \(RuleRun.words(written.operation)) \(value)"
    }
  }

  /// An item as people say it, such as `BillingState equals New York,New Jersey`.
  public static func words(_ item: TerritoryPlan.RuleItem) -> String {
    let value = (item.value ?? "").isEmpty ? "nothing" : item.value ?? ""
    return "\(RuleFields.plain(item.field)) \(words(item.operation)) \(value)"
  }

  /// `greaterOrEqual` as people say it.
  static func words(_ operation: String) -> String {
    switch RuleOperation(rawValue: operation) {
    case .notEqual: "does not equal"
    case .lessThan: "is less than"
    case .greaterThan: "is greater than"
    case .lessOrEqual: "is at most"
    case .greaterOrEqual: "is at least"
    case .notContain: "does not contain"
    case .startsWith: "starts with"
    case .equals, .contains, .includes, .excludes, .within, nil: operation
    }
  }

  /// The values of a list that hold of a record; the list where that cannot be told apart.
  private func holding(_ item: TerritoryPlan.RuleItem, row: Int) -> String {
    let written = item.value ?? ""
    guard let operation = RuleOperation(rawValue: item.operation) else { return written }
    let isOfSeveral = operation == .includes || operation == .excludes
    let values = ItemTest.parts(written, semicolons: isOfSeveral)
    switch operation {
    case .equals, .contains, .startsWith, .includes:
      guard values.count > 1, let text = text(of: item.field, row: row) else { return written }
      let bytes = Array(text.lowercased().utf8)
      let holding = values.filter { value in
        let test = ItemTest(operation, "\"\(value)\"")
        return bytes.isEmpty ? test.takesEmpty : test.holds(of: bytes.span)
      }
      return holding.isEmpty ? written : holding.joined(separator: ", ")
    default: return values.joined(separator: ", ")
    }
  }

  /// The text of a cell; nil where it is a number, a day or a reference.
  private func text(of field: String, row: Int) -> String? {
    guard let name = fields.column(field) else { return nil }
    return switch fields.table.columns[name] {
    case .categories(let categories): categories[row] ?? ""
    case .texts(let texts): texts[row] ?? ""
    default: nil
    }
  }
}

extension SimulatedAssignment {
  /// What of the rules could not be run, in the order of rules and items.
  public var findings: [Finding] { run?.findings ?? [] }

  /// Why an account is in a territory, by each rule of the territory that matches it; none where a
  /// person or a table put it there, or where it is not.
  public func criteria(account: Int, territory: Int32) -> [RuleRun.Criterion] {
    guard case .rule = cause(account: account, territory: territory) else { return [] }
    return run?.criteria(row: account, territory: territory) ?? []
  }
}
