extension Table {
  /// The table with a row behind all others for each of `keys`, which other records name and no
  /// file holds; all its cells are null but its name.
  public func appending(strangers keys: Keys, named name: String) -> Table {
    var table = Table(
      entity: entity, count: count + keys.count, keys: self.keys.map { $0.appending(keys) },
      columns: columns.mapValues { $0.appending(nulls: keys.count) }, sources: sources)
    if case .texts(var names) = columns["Name"] {
      for _ in 0..<keys.count { names.append(Array(name.utf8)) }
      table.columns["Name"] = .texts(names)
    }
    table.strangerCount = strangerCount + keys.count
    return table
  }
}

extension Entity {
  /// Whether a field keeps the Id of what the export does not hold.
  ///
  /// Those do on which figures hang. The owner of a lead may be a queue, and who did a task is in no
  /// table.
  public func keepsStrangers(_ field: Field) -> Bool {
    switch (field.kind, self) {
    case (.reference(.user), .user), (.reference(.user), .account),
      (.reference(.user), .opportunity), (.reference(.user), .userTerritory),
      (.reference(.user), .quota), (.reference(.user), .split),
      (.reference(.product), .lineItem):
      true
    default: false
    }
  }
}

extension Keys {
  /// These keys and, where they are of the same kind, others behind them.
  fileprivate func appending(_ others: Keys) -> Keys {
    switch (self, others) {
    case (.salesforce(var keys), .salesforce(let more)):
      keys.append(contentsOf: more)
      return .salesforce(keys)
    case (.text(var texts), .text(let more)):
      for row in 0..<more.count { texts.append(more.bytes[more.range(row)]) }
      return .text(texts)
    default: return self
    }
  }
}

extension Column {
  /// The column with empty cells behind its own.
  fileprivate func appending(nulls count: Int) -> Column {
    func padded<Cell>(_ cells: [Cell], _ null: Cell) -> [Cell] {
      cells + [Cell](repeating: null, count: count)
    }
    switch self {
    case .decimals(let cells): return .decimals(padded(cells, Exact.null))
    case .days(let cells): return .days(padded(cells, Day.null))
    case .instants(let cells):
      return .instants(
        Instants(
          seconds: padded(cells.seconds, Instants.null), days: padded(cells.days, Day.null)))
    case .flags(let cells): return .flags(padded(cells, 2))
    case .references(let cells): return .references(padded(cells, Reference.null))
    case .categories(let cells):
      return .categories(
        Categories(codes: padded(cells.codes, Categories.null), values: cells.values))
    case .texts(let cells):
      return .texts(Texts(bytes: cells.bytes, ends: padded(cells.ends, cells.bytes.count)))
    }
  }
}
