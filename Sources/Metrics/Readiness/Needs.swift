import Records

/// Something that figures are made from and that an export may lack.
public indirect enum Need: Hashable, Sendable {
  /// Records of an entity.
  case records(Entity)
  /// A field with a value in some record.
  case field(Entity, String)
  /// Territories of an active model.
  case activeModel
  /// Which accounts are in which territory of the active model.
  case accountTerritories
  /// One of several.
  case any([Need])
}

/// What a figure is made from, each need once and in order of first mention.
public struct Needs: Hashable, Sendable {
  /// Without one of these there is no figure.
  public private(set) var essential: [Need]
  /// Without one of these there is a figure that says less, such as Ids in place of names.
  public private(set) var refining: [Need]

  public init(essential: [Need] = [], refining: [Need] = []) {
    self.essential = []
    self.refining = []
    for need in essential { add(need) }
    for need in refining { add(refining: need) }
  }

  mutating func add(_ need: Need) {
    if !essential.contains(need) { essential.append(need) }
    refining.removeAll { $0 == need }
  }

  mutating func add(refining need: Need) {
    if !essential.contains(need), !refining.contains(need) { refining.append(need) }
  }

  mutating func add(_ other: Needs) {
    for need in other.essential { add(need) }
    for need in other.refining { add(refining: need) }
  }

  /// Both together: what shows two things at once needs what either needs.
  public func and(_ other: Needs) -> Needs {
    var both = self
    both.add(other)
    return both
  }
}
