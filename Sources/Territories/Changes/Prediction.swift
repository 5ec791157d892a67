import Metrics
import Records

/// What an earlier change set predicted, as its files say it.
public struct Prediction: Sendable {
  /// An account or a deal that was to change.
  public struct Change: Sendable {
    /// Id of the record.
    public let id: String
    public let isDeal: Bool
    /// Keys of its territories before.
    public let from: [String]
    /// Keys of its territories afterwards.
    public let to: [String]
    /// Id of the owner before; empty where there was none.
    public let fromOwner: String
    /// Id of the owner afterwards; empty where one was to be named.
    public let toOwner: String
    /// Whether another owner was to take it over.
    public let changesOwner: Bool
    /// Whether it was held out.
    public let isHeld: Bool
  }

  /// Where an account or deal was.
  public struct Place: Sendable {
    public let id: String
    public let keys: [String]
    public let owner: String
  }

  public private(set) var changes: [Change] = []
  /// Where all were; empty where no file says it, so that what was not predicted cannot be found.
  public private(set) var before: [Place] = []

  public init() {}

  /// Takes the rows of a file that a change set wrote.
  ///
  /// - Parameter rows: cells by the names of columns.
  /// - Returns: false where the columns are those of no file of a change set.
  public mutating func add(_ rows: [[String: String]]) -> Bool {
    guard let first = rows.first else { return true }
    func keys(_ text: String?) -> [String] {
      (text ?? "").split(separator: ";").map(String.init)
    }
    if first["record"] != nil {
      before += rows.map {
        Place(id: $0["record"] ?? "", keys: keys($0["territory_keys"]), owner: $0["owner_id"] ?? "")
      }
      return true
    }
    let isDeal = first["opportunity_id"] != nil && first["disruption"] != nil
    guard isDeal || (first["account_id"] != nil && first["criterion"] != nil) else { return false }
    changes += rows.map { row in
      Change(
        id: row[isDeal ? "opportunity_id" : "account_id"] ?? "", isDeal: isDeal,
        from: keys(row[isDeal ? "from_territory_key" : "from_territory_keys"]),
        to: keys(row[isDeal ? "to_territory_key" : "to_territory_keys"]),
        fromOwner: row["from_owner_id"] ?? "", toOwner: row["to_owner_id"] ?? "",
        changesOwner: row["owner_changes"] == "yes" && row["handed_over"] != "no",
        isHeld: row["held_out"] == "yes")
    }
    return true
  }
}

/// What became of a prediction.
public struct PredictionOutcome: Sendable {
  /// What became of a predicted change.
  public enum Result: String, CaseIterable, Hashable, Sendable {
    /// As predicted.
    case happened
    /// Everything is as before.
    case notHappened = "did_not_happen"
    /// It changed, but not to what was predicted.
    case elsewhere
    /// It changed, and nobody predicted it.
    case unpredicted
    /// It was held out and stays.
    case held
    /// The export does not hold the record any more.
    case gone
  }

  /// Grain: one entry per account or deal that was to change or has changed; accounts first, by Id.
  public struct Entry: Sendable {
    public let id: String
    public let isDeal: Bool
    public let from: [String]
    public let predicted: [String]
    public let actual: [String]
    /// nil: neither predicted nor changed.
    public let territories: Result?
    public let fromOwner: String
    public let predictedOwner: String
    public let actualOwner: String
    /// nil: neither predicted nor changed.
    public let owner: Result?
  }

  public let entries: [Entry]
  /// Whether it is known where everything was before.
  public let knowsUnpredicted: Bool

  /// - Parameters:
  ///   - prediction: what was predicted.
  ///   - now: who holds what now, as the export states it.
  ///   - records: the export.
  ///   - crosswalk: territories that are the same under other names.
  public init(
    _ prediction: Prediction, now: Holdings, records: RecordSet, crosswalk: Crosswalk
  ) {
    let present = PresentPlaces(now, records, crosswalk)
    var entries = prediction.changes.map { PredictionOutcome.entry($0, present) }
    let known = Set(prediction.changes.map(\.id))
    for place in prediction.before where !known.contains(place.id) {
      if let entry = PredictionOutcome.entry(place, present) { entries.append(entry) }
    }
    self.entries = entries.sorted {
      $0.isDeal != $1.isDeal ? !$0.isDeal : $0.id.utf8.lexicographicallyPrecedes($1.id.utf8)
    }
    knowsUnpredicted = !prediction.before.isEmpty
  }

  private static func entry(_ change: Prediction.Change, _ present: PresentPlaces) -> Entry {
    let actual = present.place(of: change.id)
    let movesPredicted = !present.areSame(change.from, change.to)
    func result(_ isPredicted: Bool, _ isAsPredicted: Bool, _ isAsBefore: Bool) -> Result? {
      if change.isHeld { return isAsBefore ? .held : .elsewhere }
      guard isPredicted else { return isAsBefore ? nil : .unpredicted }
      return isAsPredicted ? .happened : isAsBefore ? .notHappened : .elsewhere
    }
    var (territories, owner): (Result?, Result?) = (.gone, .gone)
    if let actual {
      territories = result(
        movesPredicted, present.areSame(actual.keys, change.to),
        present.areSame(actual.keys, change.from))
      // Whoever was named since then is as good as predicted.
      let isNamed = change.toOwner.isEmpty && actual.owner != change.fromOwner
      owner = result(
        change.changesOwner, isNamed || actual.owner == change.toOwner,
        actual.owner == change.fromOwner)
    }
    return Entry(
      id: change.id, isDeal: change.isDeal, from: change.from,
      predicted: change.isHeld ? change.from : change.to, actual: actual?.keys ?? [],
      territories: territories, fromOwner: change.fromOwner,
      predictedOwner: change.changesOwner ? change.toOwner : change.fromOwner,
      actualOwner: actual?.owner ?? "", owner: owner)
  }

  /// What changed though nothing was predicted; nil where nothing did.
  private static func entry(_ place: Prediction.Place, _ present: PresentPlaces) -> Entry? {
    guard let actual = present.place(of: place.id) else { return nil }
    let isMoved = !present.areSame(actual.keys, place.keys)
    guard isMoved || actual.owner != place.owner else { return nil }
    return Entry(
      id: place.id, isDeal: actual.isDeal, from: place.keys, predicted: place.keys,
      actual: actual.keys, territories: isMoved ? .unpredicted : nil, fromOwner: place.owner,
      predictedOwner: place.owner, actualOwner: actual.owner,
      owner: actual.owner != place.owner ? .unpredicted : nil)
  }
}

/// Where accounts and deals are now, by Id.
private struct PresentPlaces {
  private let now: Holdings
  private let records: RecordSet
  private let crosswalk: Crosswalk
  private var rows: [String: (row: Int32, isDeal: Bool)] = [:]
  private let accountOwners: [Int32]
  private let dealOwners: [Int32]

  init(_ now: Holdings, _ records: RecordSet, _ crosswalk: Crosswalk) {
    self.now = now
    self.records = records
    self.crosswalk = crosswalk.folded
    accountOwners = records[.account].references("OwnerId")
    dealOwners = records[.opportunity].references("OwnerId")
    for (entity, isDeal) in [(Entity.account, false), (.opportunity, true)] {
      let table = records[entity]
      for row in 0..<table.count { rows[table.id(row)] = (Int32(row), isDeal) }
    }
  }

  func place(of id: String) -> (keys: [String], owner: String, isDeal: Bool)? {
    guard let (row, isDeal) = rows[id] else { return nil }
    let keys = now.model.tree.developerNames
    let owner = isDeal ? dealOwners[Int(row)] : accountOwners[Int(row)]
    let territory = isDeal ? now.assignment.territoryOfDeal[Int(row)] : -1
    return (
      isDeal
        ? territory < 0 ? [] : [keys[Int(territory)]]
        : now.assignment.territoriesOfAccount[Int(row)].map { keys[Int($0)] },
      owner < 0 ? "" : records[.user].id(Int(owner)), isDeal
    )
  }

  /// Whether keys name the same territories, whatever became of them since.
  func areSame(_ one: [String], _ other: [String]) -> Bool {
    func current(_ keys: [String]) -> Set<String> {
      Set(keys.map { crosswalk.current(TerritoryModel.folded($0)) })
    }
    return one == other || current(one) == current(other)
  }
}

extension PredictionOutcome {
  /// The outcome as a table.
  ///
  /// - Parameter records: the export, for names; what it does not hold any more has none.
  /// - Returns: a row an entry.
  public func table(of records: RecordSet) -> MetricTable {
    var names: [String: String] = [:]
    func learn(_ entity: Entity, _ ids: Set<String>) {
      let table = records[entity]
      for row in 0..<table.count where ids.contains(table.id(row)) {
        names[table.id(row)] = table.name(row)
      }
    }
    learn(.account, Set(entries.lazy.filter { !$0.isDeal }.map(\.id)))
    learn(.opportunity, Set(entries.lazy.filter(\.isDeal).map(\.id)))
    learn(.user, Set(entries.flatMap { [$0.fromOwner, $0.predictedOwner, $0.actualOwner] }))
    var columns = ChangeColumns()
    columns.text("record_kind", "Kind", entries.map { $0.isDeal ? "opportunity" : "account" })
    columns.text("record_id", "Id", entries.map(\.id))
    columns.text("record", "Record", entries.map { names[$0.id] })
    func keys(_ name: String, _ title: String, _ keys: [[String]]) {
      columns.text(name, title, keys.map { $0.isEmpty ? nil : $0.joined(separator: ";") })
    }
    columns.text("territory_outcome", "Territory", entries.map { $0.territories?.rawValue })
    keys("from_territory_keys", "From", entries.map(\.from))
    keys("predicted_territory_keys", "Predicted", entries.map(\.predicted))
    keys("actual_territory_keys", "Actual", entries.map(\.actual))
    columns.text("owner_outcome", "Owner", entries.map { $0.owner?.rawValue })
    func owners(_ name: String, _ title: String, _ ids: [String]) {
      columns.text("\(name)_id", "\(title) Id", ids.map { $0.isEmpty ? nil : $0 })
      columns.text(name, title, ids.map { names[$0] })
    }
    owners("from_owner", "From owner", entries.map(\.fromOwner))
    owners("predicted_owner", "Predicted owner", entries.map(\.predictedOwner))
    owners("actual_owner", "Actual owner", entries.map(\.actualOwner))
    return MetricTable(
      name: "outcomes", grain: "an account or open deal that was to change, or has changed",
      columns: columns.columns,
      notes: knowsUnpredicted
        ? []
        : ["What nobody predicted cannot be found: before.csv of the change set is not there."])
  }

  /// How many accounts or deals have each result.
  public func counts(
    deals: Bool, _ result: (Entry) -> Result?
  ) -> [(result: Result, count: Int)] {
    Result.allCases.compactMap { kind in
      let count = entries.count { $0.isDeal == deals && result($0) == kind }
      return count > 0 ? (kind, count) : nil
    }
  }
}
