import Records

/// Somebody whom a change of models concerns: who manages a territory that loses or gains.
///
/// Grain: one a person. In their sight is what their territories hold under either model.
public struct ChangeReader: Sendable {
  /// Row of the user.
  public let user: Int32
  /// Indices of territories of the model before; all below them belong to it.
  public let before: [Int]
  /// Indices of territories of the model afterwards.
  public let after: [Int]
  /// What reaches them because somebody else is not there.
  public let passedOn: [PassedOn]

  /// A territory whose manager is not there.
  public struct PassedOn: Hashable, Sendable {
    /// Name of the territory.
    public let territory: String
    /// The way that its notice took.
    public let detour: TerritoryManagers.Detour
  }
}

/// Finds everybody whom a change of models concerns.
public struct ChangeReaders: Sendable {
  /// By the Id of the user.
  public let all: [ChangeReader]
  /// Names of territories that lose or gain and of which nobody is the manager.
  public let withoutReader: [String]

  private struct Part {
    var before: Set<Int> = []
    var after: Set<Int> = []
    var passedOn: [ChangeReader.PassedOn] = []
  }

  /// Who manages what loses or gains: territories, and those above them.
  ///
  /// - Parameters:
  ///   - set: the whole change set.
  ///   - records: the export.
  ///   - people: what the file of people says.
  ///   - role: the role of those who lead a territory; nil: the usual one.
  public init(of set: ChangeSet, records: RecordSet, people: [Person], role: String?) {
    func managers(_ side: Holdings) -> TerritoryManagers {
      TerritoryManagers(
        of: side.model.tree, members: side.model.members, in: records, people: people, role: role)
    }
    let (old, new) = (managers(set.from), managers(set.to))
    let touched = set.touchedCodes
    var parts: [Int32: Part] = [:]
    var nobody: Set<String> = []
    func add(
      _ recipient: TerritoryManagers.Recipient, _ name: String, _ place: Int,
      _ side: WritableKeyPath<Part, Set<Int>>
    ) {
      parts[recipient.user, default: Part()][keyPath: side].insert(place)
      for detour in recipient.detours {
        let passed = ChangeReader.PassedOn(territory: name, detour: detour)
        if parts[recipient.user]?.passedOn.contains(passed) == false {
          parts[recipient.user]?.passedOn.append(passed)
        }
      }
    }
    let oldTree = set.from.model.tree
    let newTree = set.to.model.tree
    for place in ChangeReaders.places(touched, set.match.from, oldTree.forest) {
      if let recipient = old.recipient(of: place) {
        add(recipient, oldTree.names[place], place, \.before)
      } else {
        nobody.insert(oldTree.names[place])
      }
    }
    var placeBefore = [Int](repeating: -1, count: set.match.count)
    for (index, code) in set.match.from.enumerated() { placeBefore[Int(code)] = index }
    for place in ChangeReaders.places(touched, set.match.to, newTree.forest) {
      if let recipient = new.recipient(of: place) {
        add(recipient, newTree.names[place], place, \.after)
        continue
      }
      // A plan that names nobody leaves a territory to whoever has it, or the one above it, today.
      var above = place
      var found: TerritoryManagers.Recipient?
      while above >= 0, found == nil {
        let known = placeBefore[Int(set.match.to[above])]
        found = known < 0 ? nil : old.recipient(of: known)
        above = Int(newTree.forest.parents[above])
      }
      if let found {
        add(found, newTree.names[place], place, \.after)
      } else {
        nobody.insert(newTree.names[place])
      }
    }
    // What else they manage is theirs to see as well: it is what they keep.
    for user in parts.keys {
      parts[user]?.before.formUnion(old.territories(of: user))
      parts[user]?.after.formUnion(new.territories(of: user))
    }
    let keys = records[.user].keys
    all = parts.sorted { left, right in
      keys?.precedes(Int(left.key), Int(right.key)) ?? (left.key < right.key)
    }.map { user, part in
      ChangeReader(
        user: user, before: ChangeReaders.tops(part.before, oldTree.forest),
        after: ChangeReaders.tops(part.after, newTree.forest), passedOn: part.passedOn)
    }
    withoutReader = nobody.sorted()
  }

  /// The territories of a model that are touched, or have one below them that is, ascending.
  private static func places(
    _ touched: [Bool], _ codes: [Int32], _ forest: Forest
  ) -> [Int] {
    var isTouched = codes.map { touched[Int($0)] }
    for place in forest.order.reversed().map({ Int($0) }) where isTouched[place] {
      let parent = Int(forest.parents[place])
      if parent >= 0 { isTouched[parent] = true }
    }
    return isTouched.indices.filter { isTouched[$0] }
  }

  /// Some territories without those below another of them, ascending.
  private static func tops(_ places: Set<Int>, _ forest: Forest) -> [Int] {
    places.filter { place in
      var above = Int(forest.parents[place])
      while above >= 0 {
        if places.contains(above) { return false }
        above = Int(forest.parents[above])
      }
      return true
    }.sorted()
  }
}

extension ChangeSet {
  /// Whether each territory, by code, has an account or open deal that changes hands or is held out.
  var touchedCodes: [Bool] {
    var touched = [Bool](repeating: false, count: match.count)
    for change in accounts {
      let account = Int(change.account)
      let before = match.codes(from: from.assignment.territoriesOfAccount[account])
      let after = match.codes(to: to.assignment.territoriesOfAccount[account])
      // With another owner all of its territories are concerned, else those that it leaves or enters.
      let isWhole = change.newOwner != nil || change.isHeld
      for code in before where isWhole || !after.contains(code) { touched[Int(code)] = true }
      for code in after where isWhole || !before.contains(code) { touched[Int(code)] = true }
    }
    for change in deals where change.isMoved || change.newOwner != nil {
      for code in [match.code(from: change.from), match.code(to: change.to)] where code >= 0 {
        touched[Int(code)] = true
      }
    }
    return touched
  }
}
