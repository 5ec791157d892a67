import Records

/// Detail table `renewals-due`.
///
/// Grain: one row per subscription of an account in scope that ends from the as-of date to 90 days
/// after it, unless the account has another that begins meanwhile or runs on beyond it and began
/// later: that one has renewed it. Signals of a loss are statements of arithmetic: no open deal of the
/// class `renewal`, where such a class is configured; an account that counts as neglected; and the
/// configuration's own conditions over accounts. By
/// annual value, the largest first, then by Id.
struct RenewalsDueTable: DetailTableMaker {
  /// How many days ahead the table looks.
  static let days: Int32 = 90

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let ledger = engine.ledger
    let contracts = ledger.records[.contract]
    let accounts = ledger.records[.account]
    let subscriptions = SubscriptionRows(
      contracts,
      ConvertedAmounts(
        contracts.decimals("MonthlyValue__c"), currency: contracts.categories("CurrencyIsoCode"),
        days: nil, currencies: ledger.currencies.value, threads: ledger.threads
      ).values)
    let ranks: [Int32]? = ledger.order(of: .contract).ranks
    let rows = due(subscriptions, contracts.count, ledger, engine.scopes.mask(.accounts, scope))
      .sorted { left, right in
        let (one, other) = (subscriptions.values[left], subscriptions.values[right])
        if one != other { return one > other }
        return (ranks?[left] ?? Int32(left)) < (ranks?[right] ?? Int32(right))
      }
    let accountRows = rows.map { subscriptions.accounts[$0] }
    let owners = accounts.references("OwnerId")
    let renewals =
      rows.isEmpty ? nil : openRenewals(ledger, engine.scopes.mask(.opportunities, scope))
    let renewalRows = accountRows.map { renewals?[$0] ?? -1 }
    let isNeglected = rows.isEmpty ? [] : ledger.neglectedFlags
    let configured = ledger.churnSignals.value
    var table = TableColumns(engine.catalogue)
    table.id(
      "contract_id", "Subscription Id", .contract,
      TextCells(idsOf: contracts, at: rows.map(Int32.init)))
    table.records("account", "Account", of: accounts, at: accountRows)
    table.records(
      "owner", "Owner", of: ledger.records[.user], at: accountRows.map { max(owners[Int($0)], -1) })
    table.day("end_date", "Ends", rows.map { subscriptions.ends[$0] })
    table.days(
      "days_left", "Days left",
      rows.map { Int128(subscriptions.ends[$0] - ledger.records.asOf.number) },
      "Days from the as-of date to the last day of the subscription.")
    table.money(
      "annual_value", "Annual value", rows.map { Int128(subscriptions.values[$0]) * 12 },
      "Twelve times the monthly value of the subscription.")
    table.records("renewal", "Open renewal", of: ledger.records[.opportunity], at: renewalRows)
    table.text(
      "signals", "Signals",
      accountRows.indices.map { row in
        let account = Int(accountRows[row])
        let signals =
          (renewals != nil && renewalRows[row] < 0 ? ["no open renewal"] : [])
          + (isNeglected[account] == 1 ? ["account neglected"] : []) + configured.names(account)
        return signals.isEmpty ? nil : signals.joined(separator: "; ")
      })
    return MetricTable(
      name: DetailTable.renewalsDue.rawValue, grain: DetailTable.renewalsDue.grain,
      columns: table.columns)
  }

  /// The subscriptions that end soon and that no other follows.
  private func due(
    _ rows: SubscriptionRows, _ count: Int, _ ledger: Ledger, _ mask: [UInt8]?
  ) -> [Int] {
    let asOf = ledger.records.asOf.number
    let candidates = (0..<count).filter { row in
      guard rows.flaw(row) == nil, rows.ends[row] != Day.null, rows.starts[row] <= rows.ends[row],
        rows.ends[row] >= asOf, rows.ends[row] <= asOf + RenewalsDueTable.days
      else { return false }
      return mask?[Int(rows.accounts[row])] ?? 1 == 1
    }
    guard !candidates.isEmpty else { return [] }
    let wanted = Set(candidates.map { rows.accounts[$0] })
    var others: [Int32: [Int]] = [:]
    for row in 0..<count where rows.flaw(row) == nil && wanted.contains(rows.accounts[row]) {
      others[rows.accounts[row], default: []].append(row)
    }
    return candidates.filter { row in
      !(others[rows.accounts[row]] ?? []).contains { other in
        let runsOn = rows.ends[other] == Day.null || rows.ends[other] > rows.ends[row]
        return other != row && runsOn && rows.starts[other] > rows.starts[row]
          && rows.starts[other] <= rows.ends[row] + RenewalsDueTable.days
      }
    }
  }

  /// The open renewal of each account, the largest; nil where no class says which deals are renewals.
  private func openRenewals(_ ledger: Ledger, _ mask: [UInt8]?) -> [Int32: Int32]? {
    guard let classes = ledger.classes.value.value,
      let code = classes.names.firstIndex(where: { $0.lowercased() == OpenRenewals.className })
    else { return nil }
    let deals = ledger.records[.opportunity]
    let accounts = deals.references("AccountId")
    let isOpen = ledger.openFlags.value
    let values = ledger.dealValues.value.value.values
    var found: [Int32: Int32] = [:]
    for row in 0..<deals.count
    where isOpen[row] == 1 && classes.codes[row] == Int32(code) && accounts[row] >= 0
      && mask?[row] ?? 1 == 1
    {
      if let known = found[accounts[row]], values[Int(known)] >= values[row] { continue }
      found[accounts[row]] = Int32(row)
    }
    return found
  }
}
