import Records

/// When each account first came into a territory.
///
/// An association is dated by its CreatedDate, else by its LastModifiedDate, which is the only date
/// that Salesforce exports: a row is made and deleted, and hardly ever changed. Rows of archived
/// models count as those of the active one do, so that a new model does not assign everybody
/// anew; rows of models that are only planned do not.
enum FirstAssignments {
  /// The fields from which the days are made.
  static let sources: [(Entity, String)] = [
    (.accountTerritory, "ObjectId"), (.accountTerritory, "Territory2Id"),
    (.accountTerritory, "CreatedDate"), (.accountTerritory, "LastModifiedDate"),
    (.territory, "Territory2ModelId"), (.territoryModel, "State"),
  ]

  /// Day of each account's first association; `Day.null` where there is none or none has a date.
  static func days(_ records: RecordSet, _ assignment: Assignment) -> [Int32] {
    var first = [Int32](repeating: Day.null, count: records[.account].count)
    let associations = records[.accountTerritory]
    let counts = countedTerritories(records, assignment)
    let accounts = associations.references("ObjectId")
    let territories = associations.references("Territory2Id")
    let created = associations.days("CreatedDate")
    let modified = associations.days("LastModifiedDate")
    for row in 0..<associations.count {
      let (account, territory) = (accounts[row], territories[row])
      guard account >= 0, territory >= 0, counts[Int(territory)] else { continue }
      let day = created[row] != Day.null ? created[row] : modified[row]
      guard day != Day.null else { continue }
      let known = first[Int(account)]
      first[Int(account)] = known == Day.null ? day : min(known, day)
    }
    return first
  }

  /// For each row of Territory2 whether it is of the active model or of an archived one.
  private static func countedTerritories(
    _ records: RecordSet, _ assignment: Assignment
  ) -> [Bool] {
    let territories = records[.territory]
    let models = territories.references("Territory2ModelId")
    let states = records[.territoryModel].categories("State")
    let index = assignment.model?.indexOfRow ?? []
    return (0..<territories.count).map { row in
      if row < index.count, index[row] >= 0 { return true }
      return models[row] >= 0 && states[Int(models[row])]?.lowercased() == "archived"
    }
  }

  /// Creation of the accounts that are in no territory; null for the others.
  static func waitingSince(_ records: RecordSet, isUnassigned: [UInt8]) -> [Int32] {
    zip(records[.account].days("CreatedDate"), isUnassigned).map { $1 == 1 ? $0 : Day.null }
  }
}
