import Records

/// Why a report lacks records that count here.
///
/// What it filters by is in the CRM; what its records have in common, and those that it lacks have
/// not, is what can be told from here.
struct AbsenceRules {
  /// A text of a record that a report may filter by.
  private struct Trait {
    let rule: ReconciliationRule
    let words: String
    let codes: [Int32]
    let name: (Int32) -> String?
    /// Codes that records of the report have.
    var seen: Set<Int32> = []
    /// How many of the records that it lacks have a code.
    var lacked: [Int32: Int] = [:]
  }

  private var traits: [Trait] = []
  private let days: [Int32]
  private let dayName: String
  private var firstDay: Int32?
  private var lastDay: Int32?
  private let leavesOutEmpty: Bool

  /// Fewer records do not show what a report filters by.
  private static let fewest = 3

  /// - Parameters:
  ///   - measure: what is compared.
  ///   - present: rows of the records that the report holds.
  ///   - absent: rows of those that it lacks.
  ///   - isEmpty: whether a row has no value, or 0.
  ///   - ledger: the records.
  init(
    _ measure: Measure, present: [Int32], absent: [Int32], isEmpty: (Int32) -> Bool, ledger: Ledger
  ) {
    let table = ledger.records[measure.fact.entity]
    let date = measure.date ?? "CloseDate"
    dayName = date
    days = measure.fact == .opportunities ? table.days(date) : []
    guard present.count >= AbsenceRules.fewest else {
      leavesOutEmpty = false
      return
    }
    leavesOutEmpty = measure.aggregate == .sum && !present.contains(where: isEmpty)
    if !days.isEmpty {
      let held = present.map { days[Int($0)] }.filter { $0 != Day.null }
      (firstDay, lastDay) = (held.min(), held.max())
    }
    let texts: [(ReconciliationRule, String, String)] = [
      (.reportStages, "stage", "StageName"), (.reportTypes, "type", "Type"),
      (.reportCurrencies, "currency", "CurrencyIsoCode"),
    ]
    for (rule, words, field) in texts where table.has(field) {
      let column = table.categories(field)
      traits.append(
        Trait(rule: rule, words: words, codes: column.codes) {
          $0 < 0 ? nil : column.values[Int($0)]
        })
    }
    if table.has("OwnerId") {
      let names = ledger.records[.user]
      traits.append(
        Trait(rule: .reportOwners, words: "owner", codes: table.references("OwnerId")) {
          $0 < 0 ? nil : names.name(Int($0))
        })
    }
    for index in traits.indices {
      let codes = traits[index].codes
      for row in present { traits[index].seen.insert(codes[Int(row)]) }
      for row in absent { traits[index].lacked[codes[Int(row)], default: 0] += 1 }
    }
  }

  /// The rule behind a record that the report lacks, with what the record says of it.
  ///
  /// A single record of an owner or a stage proves nothing; two that are both absent suggest it.
  func rule(of row: Int32, isEmpty: Bool) -> (rule: ReconciliationRule, detail: String) {
    if let firstDay, let lastDay, days[Int(row)] != Day.null {
      let day = days[Int(row)]
      if day < firstDay || day > lastDay {
        return (.reportDays, "\(dayName) \(Day(number: day))")
      }
    }
    for trait in traits {
      let code = trait.codes[Int(row)]
      guard !trait.seen.contains(code), trait.lacked[code, default: 0] > 1,
        let name = trait.name(code)
      else { continue }
      return (trait.rule, "\(trait.words) \(name)")
    }
    if isEmpty, leavesOutEmpty { return (.reportEmptyValues, "") }
    return (.reportFilter, "")
  }

  /// The first and last day of the records that the report holds; nil where it shows none.
  var span: (first: Day, last: Day)? {
    guard let firstDay, let lastDay else { return nil }
    return (Day(number: firstDay), Day(number: lastDay))
  }
}
