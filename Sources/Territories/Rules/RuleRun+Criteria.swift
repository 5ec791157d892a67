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
    var reader = CriterionReader(self)
    return reader.criteria(row: row, territory: territory)
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

  /// Why accounts are in territories, as a cell of a table: the criteria of many rows at once.
  ///
  /// - Parameters:
  ///   - rows: each an account and some of its territories.
  ///   - separator: what stands between the clauses of rules.
  /// - Returns: a text a row; nil where no rule put the account there.
  func criterionTexts(
    _ rows: [(account: Int32, territories: [Int32])], separator: String
  ) -> [String?] {
    guard let run, !rows.isEmpty else { return rows.map { _ in nil } }
    let parts = Parallel.each(
      CriterionReader.parts(of: rows.count, threads: run.threads), threads: run.threads
    ) { part in
      var reader = CriterionReader(run)
      return rows[part].map { row -> String? in
        var clauses: [String] = []
        for territory in row.territories {
          guard case .rule = cause(account: Int(row.account), territory: territory) else {
            continue
          }
          clauses += reader.criteria(row: Int(row.account), territory: territory).map(\.text)
        }
        return clauses.isEmpty ? nil : clauses.joined(separator: separator)
      }
    }
    return Parallel.joined(parts)
  }
}
