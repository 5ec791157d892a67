import Records

/// A part of an account's value that a field decides.
struct AccountValueField {
  private let ledger: Ledger
  private let field: AccountValueSettings.Field

  init(_ ledger: Ledger, _ field: AccountValueSettings.Field) {
    self.ledger = ledger
    self.field = field
  }

  /// The part of each account in millionths; of a risk what is left of the whole.
  func shares(isRisk: Bool) -> (shares: [Int32], finding: Finding?) {
    let shares: [Int32]
    switch (column, field.values.isEmpty) {
    case (.decimals(let values), true):
      // No number is the least of its type, as no share is.
      shares = Shares.of(values)
    case (.categories(let texts), false): shares = worths(of: texts)
    case (nil, _): return refused("is no field of the accounts in the export", "correct the name")
    case (_, true):
      return refused(
        "holds no numbers", "write {field: \(field.name), values: …} with a number for each text")
    case (_, false): return refused("holds no texts", "leave out its values")
    }
    guard isRisk else { return (shares, nil) }
    return (shares.map { $0 == Shares.unknown ? $0 : Int32(Shares.whole) - $0 }, nil)
  }

  private var column: Column? {
    let accounts = ledger.records[.account]
    let name =
      accounts.entity.field(named: field.name)?.name
      ?? accounts.columns.keys.filter { $0.lowercased() == field.name.lowercased() }.min()
    return name.flatMap { accounts.columns[$0] }
  }

  private func worths(of texts: Categories) -> [Int32] {
    let worths = texts.values.map { text in
      field.values[text].map { Int32($0) } ?? Shares.unknown
    }
    return texts.codes.map { $0 < 0 ? Shares.unknown : worths[Int($0)] }
  }

  private func refused(_ what: String, _ suggestion: String) -> (shares: [Int32], finding: Finding?)
  {
    (
      [Int32](repeating: Shares.unknown, count: ledger.records[.account].count),
      Finding(
        code: "account-value-field", severity: .warning, at: field.at,
        what: "\"\(field.name)\", which account_values names, \(what)",
        done: "the part of the score that it decides is unknown", suggestion: suggestion)
    )
  }
}
