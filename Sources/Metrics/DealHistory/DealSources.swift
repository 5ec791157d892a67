import Records

/// What the past of deals is told from.
struct DealSources: Sendable {
  let records: RecordSet
  let settings: MetricSettings
  let assignment: Assignment
  let currencies: Lazy<Currencies>
  let classes: Lazy<Ledger.Derived<Ledger.Labels?>>
  let values: Lazy<Ledger.Derived<ConvertedAmounts>>
  let threads: Int
  /// Who held each deal when a run saw it open last, by its Id.
  let lastHolders: [String: DealHolder]
}
