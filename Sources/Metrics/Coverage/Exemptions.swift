import Records

/// Finds what the configuration names: users, roles, types and territories.
///
/// Names are compared without regard to case; an Id has 15 or 18 characters, as written in the CRM.
enum Exemptions {
  /// Whether each user is exempt: in the file of people, named, or of a role that is named.
  static func users(
    _ records: RecordSet, _ people: [Person], named: [CoverageSettings.Name], key: String,
    roles: [CoverageSettings.Name] = []
  ) -> Ledger.Derived<[Bool]> {
    let users = records[.user]
    var isExempt = [Bool](repeating: false, count: users.count)
    for person in people where person.isExempt { isExempt[Int(person.user)] = true }
    var findings = FindingLog()
    if !named.isEmpty {
      let (names, emails) = (users.texts("Name"), users.texts("Email"))
      mark(&isExempt, named, key, "user", &findings) { row in
        [names[row], emails[row], users.id(row)]
      }
    }
    if !roles.isEmpty {
      let table = records[.userRole]
      let (names, keys) = (table.texts("Name"), table.texts("DeveloperName"))
      let roleOfUser = users.references("UserRoleId")
      var written = [String?](repeating: nil, count: users.count)
      for person in people { written[Int(person.user)] = person.role }
      mark(&isExempt, roles, "exempt_roles", "role of a user", &findings) { row in
        let role = Int(roleOfUser[row])
        return [written[row]] + (role < 0 ? [] : [names[role], keys[role], table.id(role)])
      }
    }
    return Ledger.Derived(value: isExempt, findings: findings)
  }

  /// The keys, in lower case, of the territory types that are named: those of the export, and those
  /// of a model that stands in files only.
  static func territoryTypes(
    _ records: RecordSet, _ model: TerritoryModel?, _ named: [CoverageSettings.Name]
  ) -> Ledger.Derived<Set<String>> {
    let table = records[.territoryType]
    let (labels, keys) = (table.texts("MasterLabel"), table.texts("DeveloperName"))
    var types = (0..<table.count).map { row in
      (key: table.key(row).lowercased(), names: [labels[row], keys[row], table.id(row)])
    }
    var known = Set(types.map(\.key)).union([""])
    for (key, name) in zip(model?.typeKeys ?? [], model?.typeNames ?? [])
    where known.insert(key.lowercased()).inserted {
      types.append((key.lowercased(), [key, name]))
    }
    var isNamed = [Bool](repeating: false, count: types.count)
    var findings = FindingLog()
    mark(&isNamed, named, "overlay_types", "territory type", &findings) { types[$0].names }
    return Ledger.Derived(
      value: Set(types.indices.filter { isNamed[$0] }.map { types[$0].key }), findings: findings)
  }

  /// Whether each territory of a model is named.
  static func territories(
    _ model: TerritoryModel?, _ named: [CoverageSettings.Name]
  ) -> Ledger.Derived<[Bool]> {
    var isNamed = [Bool](repeating: false, count: model?.count ?? 0)
    var findings = FindingLog()
    mark(&isNamed, named, "catch_all_territories", "territory of the active model", &findings) {
      [model?.developerNames[$0], model?.names[$0], model?.ids[$0]]
    }
    return Ledger.Derived(value: isNamed, findings: findings)
  }

  /// Whether each code of a column is named.
  static func categories(
    _ column: Categories, _ named: [CoverageSettings.Name], key: String, subject: String,
    _ findings: inout FindingLog
  ) -> [Bool] {
    var isNamed = [Bool](repeating: false, count: column.values.count)
    mark(&isNamed, named, key, subject, &findings) { [column.values[$0]] }
    return isNamed
  }

  private static func mark(
    _ marks: inout [Bool], _ named: [CoverageSettings.Name], _ key: String, _ subject: String,
    _ findings: inout FindingLog, names: (Int) -> [String?]
  ) {
    guard !named.isEmpty else { return }
    var rows: [String: [Int]] = [:]
    for row in marks.indices {
      for name in names(row).compactMap({ $0 }) where !name.isEmpty {
        rows[name.lowercased(), default: []].append(row)
        // An Id without the three characters that repeat its case.
        if SalesforceID.isLong(name) { rows[String(name.prefix(15)), default: []].append(row) }
      }
    }
    for name in named {
      let found = rows[name.text] ?? rows[name.text.lowercased()] ?? []
      for row in found { marks[row] = true }
      if found.isEmpty {
        findings.add(
          Finding(
            code: "setting-names-nothing", severity: .warning, at: name.at,
            what: "\"\(key)\" names \"\(name.text)\", which is no \(subject) that the export holds",
            done: "the name is passed over",
            suggestion: Suggestion.sentence(
              for: name.text, in: marks.indices.flatMap { names($0).compactMap { $0 } },
              otherwise: "correct the name or remove it")))
      }
    }
  }
}

extension SalesforceID {
  /// Whether a text has the form of an Id of 18 characters.
  fileprivate static func isLong(_ text: String) -> Bool {
    text.utf8.count == 18 && SalesforceID.key(Array(text.utf8).span) != nil
  }
}
