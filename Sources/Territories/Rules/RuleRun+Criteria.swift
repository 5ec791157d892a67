import Records

extension RuleRun {
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
          clauses += reader.clauses(row: Int(row.account), territory: territory)
        }
        return clauses.isEmpty ? nil : clauses.joined(separator: separator)
      }
    }
    return Parallel.joined(parts)
  }
}
