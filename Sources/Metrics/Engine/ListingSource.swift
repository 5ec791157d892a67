import Expressions
import Records

/// Finds the rows and columns of a listing.
struct ListingSource {
  private let listing: Listing
  private let ledger: Ledger
  private let scopes: ScopeMasks
  private let resolver: FactResolver

  init(_ listing: Listing, ledger: Ledger, scopes: ScopeMasks) {
    self.listing = listing
    self.ledger = ledger
    self.scopes = scopes
    resolver = FactResolver(listing.fact, ledger: ledger)
  }

  /// The rows that scope and filter keep and of which at least one of the reasons holds, in file order.
  ///
  /// A territory's list of accounts also holds those in no territory whose owner works there.
  func rows() throws(ExpressionError) -> [Int32] {
    var rows = try filtered()
    guard !listing.reasons.isEmpty else { return rows }
    var isListed = [Bool](repeating: false, count: rows.count)
    for reason in listing.reasons {
      for (place, outcome) in try outcomes(reason, of: rows).enumerated() where outcome == 1 {
        isListed[place] = true
      }
    }
    var place = 0
    rows.removeAll { _ in
      defer { place += 1 }
      return !isListed[place]
    }
    return rows
  }

  /// For which reasons rows are listed: the numbers of those that hold, a text a row.
  func reasons(_ rows: [Int32]) throws(ExpressionError) -> MetricColumn {
    var numbers = [[String]](repeating: [], count: rows.count)
    for (number, reason) in listing.reasons.enumerated() {
      for (place, outcome) in try outcomes(reason, of: rows).enumerated() where outcome == 1 {
        numbers[place].append(String(number))
      }
    }
    return MetricColumn(
      name: Listing.reasonsColumn, title: "Reasons", unit: .text,
      cells: .text(numbers.map { $0.joined(separator: " ") }))
  }

  /// The rows that scope and filter keep.
  private func filtered() throws(ExpressionError) -> [Int32] {
    let filter = listing.filter
    if let rows = fewRows {
      guard let filter else { return rows }
      let outcomes = try outcomes(filter, of: rows)
      return rows.indices.filter { outcomes[$0] == 1 }.map { rows[$0] }
    }
    let predicate: Predicate? =
      if let filter {
        try Predicate(
          Expression(parsing: filter.text, at: filter.at), resolver: resolver,
          asOf: ledger.records.asOf)
      } else {
        nil
      }
    let mask =
      listing.fact == .accounts
      ? scopes.listedAccounts(listing.scope) : scopes.mask(listing.fact, listing.scope)
    var kept: [Int32] = []
    var outcomes: [UInt8] = []
    for batch in Batch.ranges(in: 0..<ledger.records[listing.fact.entity].count) {
      predicate?.evaluate(rows: batch, into: &outcomes)
      for (offset, row) in batch.enumerated() {
        if let mask, mask[row] == 0 { continue }
        if predicate != nil, outcomes[offset] != 1 { continue }
        kept.append(Int32(row))
      }
    }
    return kept
  }

  /// The rows in scope where they are few.
  private var fewRows: [Int32]? {
    guard listing.fact == .accounts else { return scopes.fewRows(listing.fact, listing.scope) }
    return scopes.fewRows(.accounts, listing.scope).map { _ in
      scopes.listedRows(listing.scope)
    }
  }

  /// What a condition says of some rows of the list's fact, and of no others.
  private func outcomes(
    _ condition: ExpressionText, of rows: [Int32]
  ) throws(ExpressionError) -> [UInt8] {
    let few = FewRows(rows: rows)
    let predicate = try Predicate(
      Expression(parsing: condition.text, at: condition.at),
      resolver: FewRowsResolver(resolver: resolver, few: few), asOf: ledger.records.asOf)
    var all: [UInt8] = []
    all.reserveCapacity(rows.count)
    var outcomes: [UInt8] = []
    for batch in Batch.ranges(in: 0..<rows.count) {
      predicate.evaluate(rows: batch, into: &outcomes)
      all += outcomes
    }
    return all
  }

  /// The column of a name.
  func column(_ name: String) throws(ListingError) -> ListingColumn {
    if name.lowercased() == "id" {
      let keys = ledger.records[listing.fact.entity].keys
      return text(name, "Id", .id(listing.fact.entity)) { keys?.text($0) }
    }
    if let column = member(name) { return column }
    let path = name.split(separator: ".").map(String.init)
    guard let field = resolver.resolve(path) else {
      throw ListingError(
        finding: Finding(
          code: "listing-column-unknown", severity: .error,
          what: "\"\(name)\" is no column of \(listing.fact.grain)", done: "nothing was listed",
          suggestion: Suggestion.sentence(
            for: name, in: resolver.knownNames + Dimension.allCases.map(\.rawValue),
            otherwise: "name a field or a dimension")))
    }
    return fieldColumn(name, path, field)
  }

  /// A dimension's member, or its Id.
  private func member(_ name: String) -> ListingColumn? {
    let isID = name.hasSuffix("_id")
    guard let dimension = Dimension(rawValue: isID ? String(name.dropLast(3)) : name),
      dimension.facts.contains(listing.fact), !dimension.isTime,
      !isID || dimension.entity != nil
    else { return nil }
    let space = QueryPlan.Space(
      by: [dimension], period: nil, facts: [listing.fact], dates: [], scope: listing.scope)
    let bound = DimensionBinder(ledger: ledger, scopes: scopes).bind(dimension, in: space)
    guard let codes = bound.codes[listing.fact] else { return nil }
    let members = bound.members
    let namesOwn = listing.fact == .accounts && dimension == .account
    let unit = isID ? dimension.entity.map { Unit.id($0) } ?? .text : .text
    return text(name, isID ? dimension.title + " Id" : dimension.title, unit) { row in
      if namesOwn { return isID ? members.id(row) : members.name(row) }
      return codes.members(row).map { isID ? members.id($0) : members.name($0) }
        .joined(separator: "; ")
    }
  }

  /// A field; one of an account outside the scope is left empty.
  private func fieldColumn(
    _ name: String, _ path: [String], _ field: ResolvedField
  ) -> ListingColumn {
    let via = field.via
    let hidden = hiddenRecords(path)
    let at: @Sendable (Int) -> Int? = { row in
      if let hidden, hidden(row) { return nil }
      guard let via else { return row }
      return via[row] < 0 ? nil : Int(via[row])
    }
    let title = ListingSource.title(path)
    // Days between two others are counted for the rows that are shown, not for all.
    if case .elapsed(let starts, let ends) = field.source {
      return ListingColumn(
        name: name, title: title, unit: .days, text: nil,
        number: { row in
          at(row).flatMap { row in
            starts[row] == Day.null || ends[row] == Day.null
              ? nil : Int64(max(0, Int64(ends[row]) - Int64(starts[row])))
          }
        }, denominator: field.scale)
    }
    switch field.column {
    case .decimals(let values):
      let unit: Unit = field.unit == .money ? .money : field.unit == .days ? .days : .number
      return ListingColumn(
        name: name, title: title, unit: unit, text: nil,
        number: { row in at(row).map { values[$0] }.flatMap { $0 == Exact.null ? nil : $0 } },
        denominator: field.scale)
    case .days(let days):
      return text(name, title, .day) { row in
        at(row).flatMap { days[$0] == Day.null ? nil : Day(number: days[$0]).description }
      }
    case .instants(let instants):
      let days = instants.days
      return text(name, title, .day) { row in
        at(row).flatMap { days[$0] == Day.null ? nil : Day(number: days[$0]).description }
      }
    case .flags(let flags):
      return text(name, title, .text) { row in
        at(row).flatMap { flags[$0] > 1 ? nil : flags[$0] == 1 ? "true" : "false" }
      }
    case .categories(let categories):
      return text(name, title, .text) { row in at(row).flatMap { categories[$0] } }
    case .texts(let texts):
      // METRICS: the name of a record, else its Id.
      let named = path.last?.lowercased() == "name" ? target(of: Array(path.dropLast())) : nil
      let keys = named.flatMap { ledger.records[$0].keys }
      return text(name, title, .text) { row in at(row).flatMap { texts[$0] ?? keys?.text($0) } }
    case .references(let references):
      let target = target(of: path)
      let keys = target.flatMap { ledger.records[$0].keys }
      let mask = target.flatMap(namedRecords)
      return text(name, title, target.map { .id($0) } ?? .text) { row in
        at(row).flatMap { at in
          let reference = Int(references[at])
          if reference < 0 || mask?[reference] == 0 { return nil }
          return keys?.text(reference)
        }
      }
    }
  }

  /// The records of an entity that the scope lets name; nil where it lets name all.
  private func namedRecords(_ entity: Entity) -> [UInt8]? {
    guard listing.scope != .company else { return nil }
    switch entity {
    case .account: return scopes.listedAccounts(listing.scope)
    // An activity or a lead may be about a deal of another territory.
    case .opportunity: return scopes.mask(.opportunities, listing.scope)
    default: return nil
    }
  }

  /// Whether a path leads over a record that the scope does not let name; nil where it cannot.
  private func hiddenRecords(_ path: [String]) -> (@Sendable (Int) -> Bool)? {
    guard listing.scope != .company else { return nil }
    var entity = listing.fact.entity
    var steps: [(entity: Entity, field: String)] = []
    var vias: [(rows: [Int32], mask: [UInt8])] = []
    for part in path.dropLast() {
      guard let (field, target) = FactResolver.reference(part, of: entity) else { return nil }
      steps.append((entity, field))
      if let mask = namedRecords(target) {
        vias.append((ledger.via(listing.fact.entity, steps), mask))
      }
      entity = target
    }
    guard !vias.isEmpty else { return nil }
    return { [vias] row in
      vias.contains { $0.rows[row] >= 0 && $0.mask[Int($0.rows[row])] == 0 }
    }
  }

  private func target(of path: [String]) -> Entity? {
    var entity = listing.fact.entity
    for part in path {
      guard let (_, target) = FactResolver.reference(part, of: entity) else { return nil }
      entity = target
    }
    return entity
  }

  private func text(
    _ name: String, _ title: String, _ unit: Unit, _ text: @escaping @Sendable (Int) -> String?
  ) -> ListingColumn {
    ListingColumn(
      name: name, title: title, unit: unit, text: text, number: nil, denominator: 1)
  }

  /// Such as "Close date" for `CloseDate` and "Account name" for `Account.Name`.
  private static func title(_ path: [String]) -> String {
    var words: [String] = []
    for part in path {
      var word = ""
      for character in part {
        if character.isUppercase, let last = word.last, last.isLowercase {
          words.append(word)
          word = ""
        }
        word.append(character)
      }
      words.append(word)
    }
    let text = words.joined(separator: " ").lowercased()
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}

/// Why a column cannot be listed.
struct ListingError: Error {
  let finding: Finding
}
