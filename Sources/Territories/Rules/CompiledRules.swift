import Records

/// The rules of a model made ready to be run over the rows of a table.
///
/// Every comparison is made once however many rules share it, and where it can be of classes of rows
/// and not of rows.
struct CompiledRules: Sendable {
  /// A comparison.
  struct Item: Sendable {
    /// Index in `columns`, -1 where it cannot be made.
    let column: Int32
    /// Where its bits begin in `bits`, a bit a class; -1 where each row has to be looked at.
    var base: Int
    let test: ItemTest?
    /// Why it cannot be made.
    let unknown: UndecidedPair.Reason?
  }

  /// A part of a rule's filter.
  enum Node: Sendable {
    case item(Int32)
    /// Items, by `links` of a range, all of which must hold: what most rules are.
    case allItems(Range<Int32>)
    case not(Int32)
    /// Parts are nodes by `links` of a range.
    case all(Range<Int32>)
    case any(Range<Int32>)
    /// A rule that can never be run.
    case unknown
  }

  /// Grain: one entry per rule of the plan; nil where it never runs.
  private(set) var roots: [Int32?] = []
  /// For each rule of the plan the item of each of its own, by the order in which it has them.
  private(set) var itemsOfRule: [[Int32]] = []
  private(set) var nodes: [Node] = []
  private(set) var links: [Int32] = []
  private(set) var items: [Item] = []
  private(set) var columns: [RuleColumn] = []
  private(set) var bits: [UInt64] = []

  /// - Parameters:
  ///   - plan: the model.
  ///   - isUsed: for each of its rules whether it is to be run.
  ///   - fields: where the cells of fields are.
  ///   - threads: how many threads to use.
  init(_ plan: TerritoryPlan, isUsed: [Bool], fields: RuleFields, threads: Int) {
    var compiler = ItemCompiler(fields)
    for (rule, isUsed) in zip(plan.rules, isUsed) {
      let items = isUsed ? rule.items.map { compiler.item($0) } : []
      itemsOfRule.append(items)
      roots.append(isUsed ? root(of: rule, items) : nil)
    }
    items = compiler.items
    for (place, tests) in compiler.places {
      guard let column = fields.table.columns[place.column] else { continue }
      let source = RuleSource(
        column, fields.table.entity.field(named: place.column), as: place.form,
        records: fields.records, threads: threads)
      let compiled = RuleColumn(source, tests: tests.map(\.test), threads: threads)
      for (test, holds) in zip(tests, compiled.holdsOfClass) {
        guard let holds else { continue }
        items[test.item].base = bits.count * 64
        bits += CompiledRules.words(holds)
      }
      columns.append(compiled)
    }
  }

  private static func words(_ holds: [Bool]) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (holds.count + 63) / 64)
    for index in holds.indices where holds[index] { words[index / 64] |= 1 << UInt64(index % 64) }
    return words
  }

  // MARK: Filters

  private mutating func root(of rule: TerritoryPlan.Rule, _ items: [Int32]) -> Int32 {
    guard let filter = rule.filter else { return add(.unknown) }
    // A rule without items decides about no account.
    return items.isEmpty ? add(.any(0..<0)) : add(filter, items)
  }

  private mutating func add(_ filter: RuleFilter, _ items: [Int32]) -> Int32 {
    switch filter {
    case .item(let number):
      return add(items.indices.contains(number - 1) ? .item(items[number - 1]) : .unknown)
    case .not(let part):
      let part = add(part, items)
      return add(.not(part))
    case .all(let parts):
      if let own = CompiledRules.items(parts, items) {
        let start = Int32(links.count)
        links += own
        return add(.allItems(start..<Int32(links.count)))
      }
      let range = addLinks(parts, items)
      return add(.all(range))
    case .any(let parts):
      let range = addLinks(parts, items)
      return add(.any(range))
    }
  }

  /// The items that some parts are; nil where one is more than an item, or none of the rule's.
  private static func items(_ parts: [RuleFilter], _ items: [Int32]) -> [Int32]? {
    var found: [Int32] = []
    for part in parts {
      guard case .item(let number) = part, items.indices.contains(number - 1) else { return nil }
      found.append(items[number - 1])
    }
    return found
  }

  private mutating func addLinks(_ parts: [RuleFilter], _ items: [Int32]) -> Range<Int32> {
    let nodes = parts.map { add($0, items) }
    let start = Int32(links.count)
    links += nodes
    return start..<Int32(links.count)
  }

  private mutating func add(_ node: Node) -> Int32 {
    nodes.append(node)
    return Int32(nodes.count - 1)
  }

  /// Why a rule may be unknown: the first of its items that cannot be compared.
  func reason(of rule: Int) -> UndecidedPair.Reason {
    for item in itemsOfRule[rule] {
      if let reason = items[Int(item)].unknown { return reason }
    }
    return .unsupported
  }
}

/// Where the cells are that the fields of rules name.
struct RuleFields: Sendable {
  let table: Table
  /// What references of the table refer to.
  let records: RecordSet
  /// Names of columns by the names, in lower case, by which rules call them.
  private let columns: [String: String]

  /// - Parameters:
  ///   - table: the records that rules are run over.
  ///   - records: what they refer to.
  ///   - names: columns that stand for fields of accounts, by the field.
  init(_ table: Table, records: RecordSet, names: [String: String] = [:]) {
    self.table = table
    self.records = records
    var columns: [String: String] = [:]
    for name in table.columns.keys { columns[name.lowercased()] = name }
    if !names.isEmpty {
      columns = names.reduce(into: [:]) { all, pair in
        all[pair.key.lowercased()] = columns[pair.value.lowercased()]
      }
    }
    self.columns = columns
  }

  /// The name of the column that a rule means; nil where the records have none.
  func column(_ field: String) -> String? { columns[RuleFields.plain(field).lowercased()] }

  /// A field without the object before it: `Account.BillingState` is `BillingState`.
  static func plain(_ field: String) -> String {
    let prefix = "account."
    return field.lowercased().hasPrefix(prefix) ? String(field.dropFirst(prefix.count)) : field
  }
}

/// Gathers the comparisons of rules, each once.
private struct ItemCompiler {
  struct Place: Hashable {
    let column: String
    let form: RuleSource.Form
  }

  private struct Key: Hashable {
    let place: Place
    let test: ItemTest
  }

  private let fields: RuleFields
  private var known: [Key: Int32] = [:]
  private var unknown: [UndecidedPair.Reason: Int32] = [:]
  private var indexOfPlace: [Place: Int] = [:]
  private(set) var items: [CompiledRules.Item] = []
  /// The columns that are compared, with the items of each.
  private(set) var places: [(place: Place, tests: [(item: Int, test: ItemTest)])] = []

  init(_ fields: RuleFields) { self.fields = fields }

  mutating func item(_ item: TerritoryPlan.RuleItem) -> Int32 {
    guard let operation = RuleOperation(rawValue: item.operation), operation.isSupported else {
      return unknown(.unsupported)
    }
    guard let name = fields.column(item.field), let column = fields.table.columns[name] else {
      return unknown(.fieldNotExported)
    }
    var test = ItemTest(operation, item.value)
    let form = RuleSource.form(
      of: test, column, fields.table.entity.field(named: name), fields.records)
    guard RuleSource.understands(test, column, as: form) else { return unknown(.unsupported) }
    if form == .ids { test = test.withShortIds }
    let place = Place(column: name, form: form)
    let key = Key(place: place, test: test)
    if let item = known[key] { return item }
    let index = indexOfPlace[place] ?? places.count
    if index == places.count {
      indexOfPlace[place] = index
      places.append((place, []))
    }
    places[index].tests.append((items.count, test))
    items.append(CompiledRules.Item(column: Int32(index), base: -1, test: test, unknown: nil))
    known[key] = Int32(items.count - 1)
    return Int32(items.count - 1)
  }

  private mutating func unknown(_ reason: UndecidedPair.Reason) -> Int32 {
    if let item = unknown[reason] { return item }
    items.append(CompiledRules.Item(column: -1, base: -1, test: nil, unknown: reason))
    unknown[reason] = Int32(items.count - 1)
    return Int32(items.count - 1)
  }
}
