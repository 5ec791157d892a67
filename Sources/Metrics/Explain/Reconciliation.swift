import Records

/// A figure held against the CRM's own report of it: the differences, each with the rule behind it.
///
/// The total of the report less the figure here is the sum of `difference` over all entries, always:
/// each row of the report and each record that counts here is either equal or in one entry.
public struct Reconciliation: Sendable {
  /// Which of the two holds a record.
  public enum Side: String, CaseIterable, Sendable {
    case onlyThere = "only_there"
    case onlyHere = "only_here"
    case otherValue = "other_value"
  }

  /// How many records, and what they sum to over `unit`.
  public struct Tally: Hashable, Sendable {
    public var count = 0
    public var sum: Int128 = 0

    public init() {}

    mutating func add(_ value: Int128) {
      count += 1
      sum += value
    }
  }

  /// One difference.
  public struct Entry: Sendable {
    public let side: Side
    public let rule: ReconciliationRule
    /// Id as it is printed; empty where the report gives none.
    public let id: String
    public let name: String
    /// Value in the report over `unit`; nil where it is empty, or the report lacks the record.
    public let there: Int128?
    /// Value here over `unit`; nil where it is empty, or the figure does not count the record.
    public let here: Int128?
    /// What this record says of the rule: days as 2026-11-20, stages, currencies, fields.
    public let detail: String
    /// Further rules that would leave the record out by themselves.
    public let further: [ReconciliationRule]
    /// Where the row of the report stands.
    public let at: SourcePosition?

    /// What the record adds to the report's total less the figure here.
    public var difference: Int128 { (there ?? 0) - (here ?? 0) }
  }

  /// Differences of one list for one reason.
  public struct Group: Sendable {
    public let side: Side
    public let rule: ReconciliationRule
    /// The largest difference first, then by Id.
    public let entries: [Entry]
    public let tally: Tally
  }

  public let measure: String
  public let fact: Fact
  /// Unit of the figure.
  public let unit: Unit
  /// Parts of a unit that one stands for in all values.
  public let denominator: Int128
  public let report: CRMReport
  /// What the report holds.
  public let there: Tally
  /// What counts here.
  public let here: Tally
  /// Records that both have with the same value.
  public let equal: Tally
  /// All differences, by list, then the largest sum of a rule first.
  public let groups: [Group]
  /// Whether the engine gives the same figure as the records that were compared.
  public let agrees: Bool

  /// A value as a quotient in whole units.
  public func ratio(_ value: Int128) -> Ratio { Ratio(value, over: denominator) }

  /// The differences of one list.
  public func tally(_ side: Side) -> Tally {
    groups.filter { $0.side == side }.reduce(into: Tally()) {
      $0.count += $1.tally.count
      $0.sum += $1.tally.sum
    }
  }

  /// The differences of a certainty.
  public func tally(_ certainty: ReconciliationRule.Certainty) -> Tally {
    groups.filter { $0.rule.certainty == certainty }.reduce(into: Tally()) {
      $0.count += $1.tally.count
      $0.sum += $1.tally.sum
    }
  }

  /// Sorts entries into groups.
  static func groups(of entries: [Entry]) -> [Group] {
    var bySide: [Side: [ReconciliationRule: [Entry]]] = [:]
    for entry in entries { bySide[entry.side, default: [:]][entry.rule, default: []].append(entry) }
    return Side.allCases.flatMap { side in
      (bySide[side] ?? [:]).map { rule, entries in
        var tally = Tally()
        for entry in entries { tally.add(entry.difference) }
        return Group(
          side: side, rule: rule, entries: entries.sorted { $0.precedes($1) }, tally: tally)
      }.sorted { left, right in
        // Rounding concerns nobody, so it stands last whatever it sums to.
        let (one, other) = (left.rule == .rounding, right.rule == .rounding)
        if one != other { return other }
        let (first, second) = (left.tally.sum.magnitude, right.tally.sum.magnitude)
        return first == second ? left.rule.rank < right.rule.rank : first > second
      }
    }
  }
}

extension Reconciliation.Entry {
  /// The largest difference first, then by Id, name and place.
  fileprivate func precedes(_ other: Reconciliation.Entry) -> Bool {
    let (one, two) = (difference.magnitude, other.difference.magnitude)
    if one != two { return one > two }
    if id != other.id { return id.utf8.lexicographicallyPrecedes(other.id.utf8) }
    if name != other.name { return name.utf8.lexicographicallyPrecedes(other.name.utf8) }
    let nowhere = SourcePosition(file: "")
    return (at ?? nowhere) < (other.at ?? nowhere)
  }
}
