import Records

/// The members of a dimension, numbered densely: those of the data, then the remainders.
struct Members: Sendable {
  let count: Int
  /// How many of them are not remainders.
  let regularCount: Int
  /// Of spans of time: whether a completed month ends in each; nil for other members.
  var endsMonth: [Bool]?
  private let kind: Kind
  /// What people read in place of a name, where the organisation has labels of its own.
  var labels: [String: String] = [:]

  private enum Kind: Sendable {
    case records(Table, names: Texts, remainders: [String])
    case territories(TerritoryModel?, remainders: [String])
    /// Names in the order in which members sort.
    case names([String])
  }

  /// How records sort, where it is known already.
  private let order: (@Sendable () -> KeyOrder)?

  /// Records of a table; then a remainder for what refers to none, and for what may not be named.
  ///
  /// - Parameters:
  ///   - table: the records.
  ///   - order: how they sort.
  init(records table: Table, order: @escaping @Sendable () -> KeyOrder) {
    self.order = order
    kind = .records(
      table, names: table.texts("Name"), remainders: [Remainder.unknown, Remainder.other])
    regularCount = table.count
    count = table.count + 2
  }

  /// The territories of a model, then `(unassigned)` and `(former territory)`.
  init(territories model: TerritoryModel?) {
    order = nil
    kind = .territories(model, remainders: [Remainder.unassigned, Remainder.formerTerritory])
    regularCount = model?.count ?? 0
    count = regularCount + 2
  }

  /// Names in the order in which they sort, the remainders last.
  init(names: [String], remainders: Int) {
    order = nil
    kind = .names(names)
    regularCount = names.count - remainders
    count = names.count
  }

  /// Code of the remainder for a record that is absent.
  var unknown: Int32 { Int32(regularCount) }
  /// Code of the remainder for records that the scope does not let name.
  var other: Int32 { Int32(regularCount + 1) }

  func isRemainder(_ code: Int) -> Bool { code >= regularCount }

  /// The Id of a member; the name of a remainder.
  func id(_ code: Int) -> String {
    switch kind {
    case .records(let table, _, let remainders):
      code < regularCount ? table.id(code) : remainders[code - regularCount]
    case .territories(let model, let remainders):
      code < regularCount ? model?.ids[code] ?? "" : remainders[code - regularCount]
    case .names(let names): names[code]
    }
  }

  /// The name of a member.
  func name(_ code: Int) -> String {
    switch kind {
    case .records(let table, let names, let remainders):
      code < regularCount ? names[code] ?? table.id(code) : remainders[code - regularCount]
    case .territories(let model, let remainders):
      code < regularCount ? model?.names[code] ?? "" : remainders[code - regularCount]
    case .names(let names): names[code]
    }
  }

  /// The Ids of members that are no remainders.
  func ids(_ codes: [Int32]) -> TextCells {
    if case .records(let table, _, _) = kind { return TextCells(idsOf: table, at: codes) }
    return TextCells(codes.map { id(Int($0)) })
  }

  /// The names of members that are no remainders.
  func names(_ codes: [Int32]) -> TextCells {
    if case .records(let table, _, _) = kind { return TextCells(namesOf: table, at: codes) }
    return TextCells(codes.map { name(Int($0)) })
  }

  /// The members that are no remainders, in their order.
  func sortedCodes() -> [Int32] {
    if let order { return order().rows }
    return (0..<Int32(regularCount)).map { $0 }
  }

  /// Place of each member in the order of members.
  ///
  /// Ids sort by bytes, so the remainders in parentheses come first and `other` last; names and
  /// spans of time are numbered in their order.
  func ranks() -> [Int32] {
    switch kind {
    case .names: return (0..<Int32(count)).map { $0 }
    case .territories:
      // "(former territory)" before "(unassigned)".
      return (0..<Int32(regularCount)).map { $0 + 2 } + [1, 0]
    case .records:
      return (order?().ranks ?? []).map { $0 + 1 } + [0, Int32(regularCount + 1)]
    }
  }

  /// The same, for few members of many.
  func ranking() -> (Int) -> Int32 {
    guard let ranks = order?().ranks else {
      let all = ranks()
      return { all[$0] }
    }
    let other = Int32(regularCount + 1)
    return { [regularCount] code in
      code < regularCount ? ranks[code] + 1 : code == regularCount ? 0 : other
    }
  }
}
