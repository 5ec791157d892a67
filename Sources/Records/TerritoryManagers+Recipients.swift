extension TerritoryManagers {
  /// To whom what is about a territory goes, and why not to its manager.
  public struct Recipient: Hashable, Sendable {
    /// Row of the user.
    public let user: Int32
    /// Whom it was passed on from, the territory's manager first; empty where it goes to that one.
    public let detours: [Detour]
  }

  /// One step from somebody who is not there to somebody else.
  public struct Detour: Hashable, Sendable {
    /// Row of the user who is not there.
    public let user: Int32
    public let absence: Absence
    public let to: Stop

    public init(user: Int32, absence: Absence, to: Stop) {
      self.user = user
      self.absence = absence
      self.to = to
    }
  }

  /// Why somebody cannot take what is sent.
  public enum Absence: Hashable, Sendable {
    /// Inactive in the CRM, or left by the file of people.
    case gone
    /// Away, with the last day where it is known.
    case away(until: Day?)
  }

  /// Where what is sent goes instead.
  public enum Stop: Hashable, Sendable {
    /// Whoever stands in, by the file of people.
    case cover
    /// The manager of the territory above, by index in the model.
    case above(territory: Int)
  }

  /// To whom what is about a territory goes: its manager; where that one is gone or away, whoever
  /// stands in, else the manager of the territory above.
  ///
  /// Where everybody on that way is missing, a manager who is merely away gets it all the same, so
  /// that nothing is dropped.
  ///
  /// - Parameter territory: index in the model.
  /// - Returns: nil where nobody manages the territory, or all who do are gone.
  public func recipient(of territory: Int) -> Recipient? {
    guard let first = managers[territory] else { return nil }
    var detours: [Detour] = []
    var manager = first
    while let absence = absence(of: manager.user) {
      if let cover = cover(of: manager.user) {
        detours.append(Detour(user: manager.user, absence: absence, to: .cover))
        return Recipient(user: cover, detours: detours)
      }
      guard let above = managerAbove(manager) else {
        return merelyAway(detours, last: manager)
      }
      detours.append(
        Detour(user: manager.user, absence: absence, to: .above(territory: above.territory)))
      manager = above
    }
    return Recipient(user: manager.user, detours: detours)
  }

  /// Whether somebody is missing on the as-of date.
  ///
  /// - Parameter user: row of the user.
  /// - Returns: how; nil for those who are there.
  public func absence(of user: Int32) -> Absence? {
    if TerritoryManagers.isGone(user, people, isActive, asOf) { return .gone }
    return current(user).map { .away(until: $0.to) }
  }

  /// Who stands in for somebody who is missing and is there to do it; nil where nobody does.
  private func cover(of user: Int32) -> Int32? {
    guard let cover = current(user)?.cover, absence(of: cover) == nil else { return nil }
    return cover
  }

  private func current(_ user: Int32) -> Person.Absence? {
    people[user]?.absences.first { absence in
      absence.from <= asOf && absence.to.map { asOf <= $0 } ?? true
    }
  }

  /// The next manager upwards who is somebody else.
  private func managerAbove(_ manager: Manager) -> Manager? {
    var above = Int(forest.parents[manager.territory])
    while above >= 0 {
      guard let next = managers[above] else { return nil }
      if next.user != manager.user { return next }
      above = Int(forest.parents[next.territory])
    }
    return nil
  }

  /// The first on a way of people who are all missing who is merely away.
  private func merelyAway(_ detours: [Detour], last: Manager) -> Recipient? {
    for (index, detour) in detours.enumerated() where detour.absence != .gone {
      return Recipient(user: detour.user, detours: Array(detours[..<index]))
    }
    return absence(of: last.user) == .gone ? nil : Recipient(user: last.user, detours: detours)
  }

  static func isGone(
    _ user: Int32, _ people: [Int32: Person], _ isActive: [UInt8], _ asOf: Day
  ) -> Bool {
    if Int(user) < isActive.count, isActive[Int(user)] == 0 { return true }
    return people[user]?.leftDate.map { $0 <= asOf } ?? false
  }
}
