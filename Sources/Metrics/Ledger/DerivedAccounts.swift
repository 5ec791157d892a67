import Records

/// Columns derived for accounts.
enum DerivedAccounts {
  /// Annual revenue at the static rate; an account without a rate stays, its revenue does not.
  static func revenues(
    _ records: RecordSet, _ currencies: Currencies, threads: Int
  ) -> Ledger.Derived<ConvertedAmounts> {
    let accounts = records[.account]
    let amounts = ConvertedAmounts(
      accounts.decimals("AnnualRevenue"), currency: accounts.categories("CurrencyIsoCode"),
      days: nil, currencies: currencies, threads: threads)
    return Ledger.Derived(
      value: amounts,
      findings: RateFindings.of(
        amounts, in: accounts, code: "account-rate-missing", subject: "an account",
        done: "its annual revenue is left out of every sum"))
  }

  /// Families by ParentId; a person account takes no parent, and one that is absent (which Intake
  /// reports) makes a root.
  static func families(_ records: RecordSet) -> Ledger.Derived<Forest> {
    let accounts = records[.account]
    var parents = accounts.references("ParentId")
    let isPerson = accounts.flags("IsPersonAccount")
    var findings = FindingLog()
    for row in 0..<accounts.count where isPerson[row] == 1 { parents[row] = Reference.null }
    let forest = Forest(
      parents: parents, ranks: accounts.keys?.ranks() ?? Array(0..<Int32(accounts.count)))
    for cycle in forest.cycles {
      let at = cycle.first.flatMap { accounts.sources.position(of: Int($0)) }
      if cycle.count == 1 {
        findings.add(
          Finding(
            code: "account-own-parent", severity: .warning, at: at,
            what: "an account is its own parent", done: "it becomes the ultimate parent",
            suggestion: "correct its field ParentId"))
        continue
      }
      findings.add(
        Finding(
          code: "account-parent-cycle", severity: .warning, at: at,
          what: "accounts are parents of each other in a cycle",
          done: "the cycle is cut at the account with the smallest Id, which becomes the"
            + " ultimate parent",
          suggestion: "correct the field ParentId of one of them"))
    }
    return Ledger.Derived(value: forest, findings: findings)
  }

  /// The band of each account's size field; sizes in money are in corporate currency.
  static func segments(
    _ records: RecordSet, _ settings: MetricSettings, threads: Int, revenues: () -> [Int64]
  ) -> Ledger.Labels {
    let accounts = records[.account]
    let isRevenue = settings.segmentField.lowercased() == "annualrevenue"
    let sizes = isRevenue ? revenues() : FactResolver.decimals(settings.segmentField, of: accounts)
    return Bands(settings.segmentBounds).labels(sizes, threads: threads)
  }
}

/// Findings about amounts that could not be converted.
enum RateFindings {
  static func of(
    _ amounts: ConvertedAmounts, in table: Table, code: String, subject: String, done: String
  ) -> FindingLog {
    var log = FindingLog()
    for row in amounts.withoutRate {
      log.add(
        Finding(
          code: code, severity: .warning, at: table.sources.position(of: Int(row)),
          what: "the currency of \(subject) has no exchange rate for its day", done: done,
          suggestion: "add the rate to CurrencyType or DatedConversionRate"))
    }
    for row in amounts.tooLarge {
      log.add(
        Finding(
          code: "amount-too-large", severity: .warning, at: table.sources.position(of: Int(row)),
          what: "the amount of \(subject) is too large once converted",
          done: "it is taken as empty", suggestion: "correct the amount or the exchange rate"))
    }
    return log
  }
}
