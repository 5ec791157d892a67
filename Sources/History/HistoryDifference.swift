import Records

/// What differs between two runs.
public struct HistoryDifference: Sendable {
  /// A figure of an edition that both runs made, where it differs.
  public struct FigureChange: Hashable, Sendable {
    public let edition: KeptEdition
    public let before: KeptFigure
    public let after: KeptFigure
  }

  /// What became of an open deal.
  public enum DealFate: String, Hashable, Sendable, CaseIterable {
    /// It was not open before.
    case came
    /// It is open no more: won, lost or deleted.
    case went
    case changed
  }

  /// A deal that came, went or changed.
  public struct DealChange: Hashable, Sendable {
    public let fate: DealFate
    public let before: KeptDeal?
    public let after: KeptDeal?

    /// Id of the deal.
    public var id: String { after?.id ?? before?.id ?? "" }
  }

  /// An account whose territories changed.
  public struct AccountChange: Hashable, Sendable {
    public let account: String
    /// Ids of the territories that it left, sorted.
    public let left: [String]
    /// Ids of the territories that it came into, sorted.
    public let entered: [String]
  }

  /// In the order of the later run's editions and figures.
  public let figures: [FigureChange]
  /// Those that came, then those that went, then those that changed, each by Id.
  public let deals: [DealChange]
  /// By Id of the account.
  public let accounts: [AccountChange]

  /// Holds two states against each other.
  public init(
    editions: (before: [KeptEdition], after: [KeptEdition]),
    deals: (before: [KeptDeal], after: [KeptDeal]),
    associations: (before: [KeptAssociation], after: [KeptAssociation])
  ) {
    figures = HistoryDifference.figures(editions.before, editions.after)
    self.deals = HistoryDifference.deals(deals.before, deals.after)
    accounts = HistoryDifference.accounts(associations.before, associations.after)
  }

  private static func figures(
    _ before: [KeptEdition], _ after: [KeptEdition]
  ) -> [FigureChange] {
    func key(_ edition: KeptEdition) -> [String] { [edition.report, edition.kind, edition.scope] }
    let earlier = Dictionary(before.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
    return after.flatMap { edition -> [FigureChange] in
      guard let old = earlier[key(edition)] else { return [] }
      let figures = Dictionary(
        old.figures.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
      return edition.figures.compactMap { figure in
        guard let before = figures[figure.key], before.value != figure.value else { return nil }
        return FigureChange(edition: edition, before: before, after: figure)
      }
    }
  }

  private static func deals(_ before: [KeptDeal], _ after: [KeptDeal]) -> [DealChange] {
    var earlier = Dictionary(before.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var changes: [DealFate: [DealChange]] = [:]
    for deal in after {
      guard let old = earlier.removeValue(forKey: deal.id) else {
        changes[.came, default: []].append(DealChange(fate: .came, before: nil, after: deal))
        continue
      }
      if old != deal {
        changes[.changed, default: []].append(DealChange(fate: .changed, before: old, after: deal))
      }
    }
    changes[.went] = earlier.values.map { DealChange(fate: .went, before: $0, after: nil) }
    return DealFate.allCases.flatMap { (changes[$0] ?? []).sorted { $0.id < $1.id } }
  }

  private static func accounts(
    _ before: [KeptAssociation], _ after: [KeptAssociation]
  ) -> [AccountChange] {
    let (old, new) = (Set(before), Set(after))
    let left = Dictionary(grouping: old.subtracting(new), by: \.account)
    let entered = Dictionary(grouping: new.subtracting(old), by: \.account)
    return Set(left.keys).union(entered.keys).sorted().map { account in
      AccountChange(
        account: account, left: (left[account] ?? []).map(\.territory).sorted(),
        entered: (entered[account] ?? []).map(\.territory).sorted())
    }
  }
}

extension HistoryFile {
  /// What differs between the runs of two days.
  ///
  /// - Throws: `HistoryError` where the history cannot be read.
  public func difference(from: Day, to: Day) throws -> HistoryDifference {
    HistoryDifference(
      editions: (try editions(on: from), try editions(on: to)),
      deals: (try deals(on: from), try deals(on: to)),
      associations: (try associations(on: from), try associations(on: to)))
  }
}
