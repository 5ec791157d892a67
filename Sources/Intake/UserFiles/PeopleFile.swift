import Records

/// People whom a user keeps beside the export.
///
/// Grain of the file: one row per user; further rows of the same user add absences.
struct PeopleFile {
  let directory: Directory

  func people(_ file: UserTable) -> [Person] {
    var people: [Int32: Person] = [:]
    let rows: [Int32] = file.records { row in
      guard let person = person(row) else { return nil }
      guard var known = people[person.user] else {
        people[person.user] = person
        return person.user
      }
      guard person.addsOnlyAbsences(to: known) else {
        file.refuse(
          UserFileFindings.rowTwice(
            .people, what: "the user stands in an earlier row, which says something else",
            at: row.place("user"),
            suggestion: "keep one row, and in further rows of the user absences alone"))
        return nil
      }
      known.absences += person.absences
      people[person.user] = known
      return person.user
    }
    return Set(rows).sorted().compactMap { people[$0] }.map { person in
      var person = person
      person.absences.sort { ($0.from, $0.to?.number ?? .max) < ($1.from, $1.to?.number ?? .max) }
      return person
    }
  }

  private func person(_ row: UserRow) -> Person? {
    let user = row.requiredUser("user", in: directory)
    let start = row.day("start_date")
    let left = row.day("left_date")
    let ramp = ramp(row)
    let manager = row.user("manager", in: directory)
    let absence = absence(row)
    let isExempt = row.flag("exempt")
    guard let user else { return nil }
    if let start, let left, left < start {
      row.contradict(
        "left_date", "\"left_date\" is before \"start_date\"", "correct one of the two")
    }
    if let manager, manager == user {
      row.contradict("manager", "the user is their own manager", "name another, or nobody")
    }
    if !ramp.isEmpty, start == nil {
      row.contradict(
        "ramp_percent", "\"ramp_percent\" has no \"start_date\" to begin at", "fill it in")
    }
    var person = Person(user: user)
    person.role = row.text("role")
    (person.startDate, person.leftDate) = (start, left)
    (person.ramp, person.manager, person.isExempt) = (ramp, manager, isExempt)
    if let absence { person.absences = [absence] }
    return person
  }

  /// Percentages of the first months, parted by semicolons or spaces, with or without `%`.
  private func ramp(_ row: UserRow) -> [Int64] {
    guard let text = row.text("ramp_percent") else { return [] }
    let parts = text.split { $0 == ";" || $0 == " " || $0 == "/" || $0 == "%" }
    let values = parts.map { row.amount(String($0), isPlain: row.isNumber("ramp_percent")) }
    let whole = 100 * Exact.scale
    guard !parts.isEmpty, parts.count <= 120,
      values.allSatisfy({ $0.map { (0...whole).contains($0) } ?? false })
    else {
      row.refuse(
        "ramp_percent", "\"ramp_percent\" is no list of percentages from 0 to 100",
        "write the share of each month from the start on, such as 25; 50; 75")
      return []
    }
    return values.compactMap { $0 }
  }

  private func absence(_ row: UserRow) -> Person.Absence? {
    let from = row.day("away_from")
    let to = row.day("away_to")
    let cover = row.user("cover", in: directory)
    guard let from else {
      if to != nil || cover != nil {
        row.contradict(
          "away_from", "\"away_to\" or \"cover\" is given without \"away_from\"",
          "write the first day of the absence")
      }
      return nil
    }
    if let to, to < from {
      row.contradict("away_to", "\"away_to\" is before \"away_from\"", "correct one of the two")
      return nil
    }
    return Person.Absence(from: from, to: to, cover: cover)
  }
}

extension Person {
  /// Whether this says nothing of the user that another row says otherwise, but for absences.
  fileprivate func addsOnlyAbsences(to other: Person) -> Bool {
    var rest = self
    rest.absences = []
    var same = other
    same.absences = []
    return !absences.isEmpty && (rest == Person(user: user) || rest == same)
  }
}
