import Records

/// Statuses whose subscriptions do not count, compared without regard to case.
struct ExcludedStatuses {
  private let names: [String]

  init(_ names: [String]) {
    self.names = names
  }

  var isEmpty: Bool { names.isEmpty }

  func contains(_ status: String?) -> Bool {
    status.map { status in names.contains { $0.lowercased() == status.lowercased() } } ?? false
  }

  /// Names that no subscription has as its status.
  func unknown(among statuses: [String]) -> [String] {
    names.filter { name in !statuses.contains { $0.lowercased() == name.lowercased() } }
  }
}

extension Export {
  /// Leaves out the export's subscriptions of some statuses: they are set aside, and counted.
  mutating func leaveOut(_ excluded: ExcludedStatuses) {
    guard !excluded.isEmpty, let contracts = records.tables[.contract] else { return }
    guard case .categories(let statuses) = contracts.columns["Status"] else {
      findings.add(
        UserFileFindings.statusAbsent(
          at: contracts.sources.files.first.map { SourcePosition(file: $0) }))
      return
    }
    for name in excluded.unknown(among: statuses.values) {
      findings.add(UserFileFindings.statusUnknown(name, known: statuses.values))
    }
    let isExcluded = statuses.values.map { excluded.contains($0) }
    let rows = (0..<Int32(contracts.count)).filter { row in
      let code = statuses.codes[Int(row)]
      return code >= 0 && isExcluded[Int(code)]
    }
    guard !rows.isEmpty else { return }
    let first = files.firstIndex { $0.entity == .contract }
    for row in rows {
      guard let first, let file = contracts.sources.file(of: Int(row)) else { continue }
      files[first + file].counts.setAside += 1
    }
    let places = rows.prefix(FindingLog.placesKept).compactMap {
      contracts.sources.position(of: Int($0))
    }
    findings.add(
      UserFileFindings.statusExcluded(at: places.first), count: rows.count, places: places)
    var remaining = UnresolvedTable(table: contracts, references: [:])
    remaining.remove(rows)
    records.tables[.contract] = remaining.table
  }
}
