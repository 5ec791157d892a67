import Records

/// Says of one record after another by which comparisons rules match it.
///
/// What the items of a rule say is made ready once, when the rule is first met: of a list it depends
/// on the record which values hold.
struct CriterionReader {
  /// An item, ready to be said of any record.
  fileprivate struct Words {
    /// The field and the operation, such as `BillingState equals`.
    let start: String
    /// All that is said where the values that hold cannot be told apart.
    let whole: String
    /// The values of a list of alternatives; empty where all are said in any case.
    var values: [(text: String, test: ItemTest)] = []
    var texts: Texts?
    var categories: Categories?
    /// What was said of the values of `categories` so far.
    var said: [Int32: String] = [:]
  }

  private let run: RuleRun
  private var reader: RuleReader
  private var wordsOfRule: [[Words]?]

  init(_ run: RuleRun) {
    self.run = run
    reader = RuleReader(run.rules)
    wordsOfRule = [[Words]?](repeating: nil, count: run.model.plan.rules.count)
  }

  /// Rows below which another thread does not pay: a criterion costs far more than a row elsewhere.
  private static let worthwhile = 2_000

  /// The parts of a number of rows, each for a reader of its own.
  static func parts(of rows: Int, threads: Int) -> [Range<Int>] {
    let count = rows < worthwhile ? 1 : max(threads, 1)
    return (0..<count).map { rows * $0 / count..<rows * ($0 + 1) / count }
  }

  /// The comparisons by which the rules of a territory match a record, a clause a rule: the
  /// territory's own first, then those of the nearest above.
  ///
  /// Of a list only the values that hold are named; of alternatives only those that hold.
  mutating func clauses(row: Int, territory: Int32) -> [String] {
    reader.move(to: row)
    var clauses: [String] = []
    for rule in run.territoryRules.ofTerritory[Int(territory)]
    where reader.truth(of: Int(rule)) == .yes {
      clauses.append(words(ofRule: Int(rule), row: row).joined(separator: " and "))
    }
    return clauses
  }

  private mutating func words(ofRule rule: Int, row: Int) -> [String] {
    if wordsOfRule[rule] == nil {
      wordsOfRule[rule] = run.model.plan.rules[rule].items.map(words)
    }
    let items = run.rules.itemsOfRule[rule]
    return items.indices.compactMap { index in
      guard reader.truth(ofItem: Int(items[index])) == .yes else { return nil }
      return wordsOfRule[rule]?[index].text(row: row)
    }
  }

  /// An item, made ready.
  private func words(_ item: TerritoryPlan.RuleItem) -> Words {
    let start = "\(RuleFields.plain(item.field)) \(RuleRun.words(item.operation)) "
    let written = item.value ?? ""
    guard !written.isEmpty, let operation = RuleOperation(rawValue: item.operation) else {
      return Words(start: start, whole: start + (written.isEmpty ? "nothing" : written))
    }
    let isOfSeveral = operation == .includes || operation == .excludes
    let values = ItemTest.parts(written, semicolons: isOfSeveral)
    switch operation {
    case .equals, .contains, .startsWith, .includes:
      var words = Words(start: start, whole: start + written)
      guard values.count > 1, let name = run.fields.column(item.field) else { return words }
      switch run.fields.table.columns[name] {
      case .categories(let categories): words.categories = categories
      case .texts(let texts): words.texts = texts
      default: return words
      }
      words.values = values.map { ($0, ItemTest(operation, "\"\($0)\"")) }
      return words
    default: return Words(start: start, whole: start + values.joined(separator: ", "))
    }
  }
}

extension CriterionReader.Words {
  /// What the item says of a record of which it holds: of a list the values that hold; all of it
  /// where none can be told.
  fileprivate mutating func text(row: Int) -> String {
    if let categories {
      let code = categories.codes[row]
      if let known = said[code] { return known }
      let text = holding(categories[row] ?? "")
      said[code] = text
      return text
    }
    return texts.map { holding($0[row] ?? "") } ?? whole
  }

  private func holding(_ cell: String) -> String {
    let bytes = Array(cell.lowercased().utf8)
    let holding = values.filter {
      bytes.isEmpty ? $0.test.takesEmpty : $0.test.holds(of: bytes.span)
    }
    return holding.isEmpty ? whole : start + holding.map(\.text).joined(separator: ", ")
  }
}
