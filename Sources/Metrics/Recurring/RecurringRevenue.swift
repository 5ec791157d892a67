import Records

/// What recurring revenue is made of, each part made once when it is first needed.
final class RecurringRevenue: Sendable {
  /// Whether the export holds subscriptions with values at all.
  let isKnown: Bool
  private let renewals: Lazy<Ledger.Derived<OpenRenewals?>>
  private let subscriptions: Lazy<Ledger.Derived<Subscriptions>>
  /// Subscriptions by account.
  let byAccount: Lazy<RevenueSpans>
  /// Subscriptions by family, under the row of its ultimate parent.
  let byFamily: Lazy<RevenueSpans>
  /// The day on which the term of each deal ends; null where either is not known.
  let expiryDates: Lazy<[Int32]>
  private let movements: Lazy<Ledger.Derived<Table>>
  private let familyMovements: Lazy<Ledger.Derived<Table>>
  /// The file of costs as a table.
  private let costs: Lazy<Table>
  /// Amount of each cost in corporate currency, at the static rate.
  let costValues: Lazy<Ledger.Derived<ConvertedAmounts>>

  /// - Parameters:
  ///   - records: the export.
  ///   - settings: which subscriptions count, and for how long.
  ///   - costs: rows of the user's file of costs.
  ///   - currencies: the exchange rates.
  ///   - families: the families of accounts.
  ///   - classes: the class of each deal.
  ///   - threads: how many threads to use; no figure depends on it.
  init(
    _ records: RecordSet, _ settings: MetricSettings, costs: [Cost],
    currencies: Lazy<Currencies>, families: Lazy<Ledger.Derived<Forest>>,
    classes: Lazy<Ledger.Derived<Ledger.Labels?>>, threads: Int
  ) {
    let contracts = records[.contract]
    isKnown = contracts.count > 0 && contracts.has("MonthlyValue__c")
    let renewals = Lazy {
      OpenRenewals.find(records, settings) { classes.value.value }
    }
    self.renewals = renewals
    let subscriptions = Lazy {
      Subscriptions.read(
        records, currencies.value, renewals: renewals.value.value, threads: threads)
    }
    self.subscriptions = subscriptions
    let accounts = records[.account]
    let horizon = records.asOf.monthNumber
    let byAccount = Lazy {
      RevenueSpans(
        subscriptions.value.value, customers: nil, accounts: accounts.count, horizon: horizon)
    }
    self.byAccount = byAccount
    let byFamily = Lazy {
      RevenueSpans(
        subscriptions.value.value, customers: families.value.value.roots,
        accounts: accounts.count, horizon: horizon)
    }
    self.byFamily = byFamily
    expiryDates = Lazy {
      DealTerms.expiryDates(records[.opportunity], termField: settings.termField, threads: threads)
    }
    let costTable = Lazy { CostTable.table(costs) }
    self.costs = costTable
    costValues = Lazy {
      CostTable.amounts(costTable.value, currencies.value, threads: threads)
    }
    let hasRenewing = settings.renewalGrace > 0
    movements = Lazy {
      RevenueMovements.table(
        byAccount.value, entity: .revenueMovement, accounts: accounts, hasRenewing: hasRenewing,
        threads: threads)
    }
    familyMovements = Lazy {
      RevenueMovements.table(
        byFamily.value, entity: .familyRevenueMovement, accounts: accounts,
        hasRenewing: hasRenewing, threads: threads)
    }
  }

  /// The facts as tables, made when they are first read.
  var tables: [Entity: @Sendable () -> Table] {
    [
      .revenueMovement: { [movements] in movements.value.value },
      .familyRevenueMovement: { [familyMovements] in familyMovements.value.value },
      .cost: { [costs] in costs.value },
    ]
  }

  /// What was wrong in the input of the parts made so far.
  var findings: FindingLog {
    var log = FindingLog()
    let made = [
      renewals.valueIfMade?.findings, subscriptions.valueIfMade?.findings,
      movements.valueIfMade?.findings, familyMovements.valueIfMade?.findings,
      costValues.valueIfMade?.findings,
    ]
    for findings in made.compactMap({ $0 }) { log.merge(findings) }
    return log
  }
}
