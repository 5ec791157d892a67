import Records

/// Proposes a mapping for an export of an unknown CRM, from the names and values of its columns.
struct MappingProposer {
  /// A file that is taken for the records of an entity.
  struct Role {
    let file: SampledFile
    /// Names of all files of the same header, which hold parts of the same records.
    let stems: [String]
    /// Column of each field that was matched.
    var fields: [String: Int]
    /// The column whose texts are the records' keys.
    var key: Int

    func header(_ column: Int) -> String { file.header.names[column] }
  }

  let files: [SampledFile]
  let synonyms: Synonyms
  var roles: [Entity: Role] = [:]
  var mapping: Mapping
  /// Comments for the file, by `Entity` and `Entity.Field`.
  var remarks: [String: String] = [:]
  var doubts: [String] = []

  init(files: [SampledFile], synonyms: Synonyms) {
    self.files = files
    self.synonyms = synonyms
    mapping = Mapping(name: "proposed", keys: .text, sources: [:], outcomes: [:])
  }

  /// - Throws: `FindingsError` where no file looks like accounts or deals.
  mutating func propose() throws(FindingsError) {
    assignRoles()
    guard roles[.account] != nil || roles[.opportunity] != nil else {
      throw FindingsError([IntakeFindings.notRecognised(files.map(\.name))])
    }
    for (entity, role) in roles.sorted(by: { $0.key < $1.key }) {
      var source = Mapping.Source(files: role.stems, fields: [:])
      let references = Set(
        entity.fields.compactMap { if case .reference = $0.kind { $0.name } else { nil } })
      for (field, column) in role.fields where !references.contains(field) {
        source.fields?[field] = [Mapping.FieldSource(role.header(column))]
      }
      source.fields?["Id"] = [Mapping.FieldSource(role.header(role.key))]
      mapping.sources[entity] = [source]
    }
    proposeReferences()
    proposeTerritories()
    proposeProducts()
    proposeStages()
    proposeFactor()
    proposeSpellings()
    proposeDates()
  }

  // MARK: Which file is what

  private static let entities: [Entity] = [.account, .opportunity, .user, .product, .contract]

  private mutating func assignRoles() {
    var candidates: [(score: Int, entity: Entity, file: Int, fields: [String: Int])] = []
    for (number, file) in files.enumerated() {
      for entity in MappingProposer.entities {
        guard let names = synonyms.entities[entity] else { continue }
        let fields = match(file, entity, names)
        let isNamed = Self.isNamed(file.stem, names.files)
        guard Self.suffices(entity, fields, file, isNamed: isNamed) else { continue }
        candidates.append((fields.count + (isNamed ? 4 : 0), entity, number, fields))
      }
    }
    candidates.sort { ($1.score, $0.entity, $0.file) < ($0.score, $1.entity, $1.file) }
    var taken: Set<Int> = []
    for candidate in candidates
    where roles[candidate.entity] == nil && !taken.contains(candidate.file) {
      let file = files[candidate.file]
      guard let key = key(of: file, candidate.entity, candidate.fields) else { continue }
      let parts = files.indices.filter {
        files[$0].header.names == file.header.names && !taken.contains($0)
      }
      taken.formUnion(parts)
      roles[candidate.entity] = Role(
        file: file, stems: parts.map { files[$0].stem }, fields: candidate.fields, key: key)
      if !file.isUnique(key) {
        doubt(
          "\(candidate.entity.rawValue).Id",
          "some texts of this key repeat, only the first row of each counts")
      }
    }
  }

  /// Whether a word of a file's name is one of an entity's, in singular or plural.
  private static func isNamed(_ stem: String, _ names: [String]) -> Bool {
    var words = Synonyms.words(stem)
    words += zip(words, words.dropFirst()).map { $0 + $1 }
    return words.contains { word in
      let singular =
        word.hasSuffix("ies")
        ? word.dropLast(3) + "y" : word.hasSuffix("s") ? word.dropLast() : word[...]
      return names.contains(word) || names.contains(String(singular))
    }
  }

  /// Whether enough of an entity is in a file.
  private static func suffices(
    _ entity: Entity, _ fields: [String: Int], _ file: SampledFile, isNamed: Bool
  ) -> Bool {
    let has = Set(fields.keys)
    switch entity {
    case .opportunity:
      guard has.contains("StageName"), has.contains("Amount") || has.contains("CloseDate") else {
        return false
      }
      return isNamed || has.count >= 5
    case .contract:
      return has.isSuperset(of: ["AccountId", "StartDate", "MonthlyValue__c"])
    case .account: return isNamed && has.count >= 2
    default: return isNamed && !has.isEmpty
    }
  }

  /// The columns of a file that are fields of an entity, by their names and looks.
  private func match(
    _ file: SampledFile, _ entity: Entity, _ names: Synonyms.Names
  ) -> [String: Int] {
    var fields: [String: Int] = [:]
    var used: Set<Int> = []
    let columns = file.columns.map { (Self.spellings($0.name, names.files), $0.position) }
    for (field, synonyms) in names.fields {
      // A name may be the key at the same time.
      let isShared = field == "Name"
      let found = synonyms.lazy.compactMap { synonym in
        columns.first { spellings, position in
          spellings.contains(synonym) && (isShared || !used.contains(position))
            && Self.fits(
              file.look(position).kind, entity.field(named: field)?.kind ?? .category, field)
        }?.1
      }.first
      if let found {
        fields[field] = found
        used.insert(found)
      }
    }
    return fields
  }

  /// A header folded, and without the word for the file's entity in front.
  private static func spellings(_ header: String, _ words: [String]) -> [String] {
    let folded = Synonyms.folded(header)
    let stripped = words.filter { folded.hasPrefix($0) && folded != $0 }
      .map { String(folded.dropFirst($0.count)) }
    return [folded] + stripped
  }

  /// Whether a column that looks so may hold a field of a kind.
  private static func fits(_ look: ColumnLook.Kind, _ kind: FieldKind, _ field: String) -> Bool {
    switch kind {
    case .decimal, .rate: return look == .number || look == .flag
    case .date, .datetime, .instant: return look == .isoDate || look == .otherDate
    case .flag: return look == .flag
    case .category:
      return look != .empty && look != .isoDate && look != .otherDate && look != .flag
    default: return look != .empty && look != .isoDate && look != .otherDate
    }
  }

  /// The column of a file whose texts are keys: by its name where these are unique, else the first
  /// unique one.
  private func key(of file: SampledFile, _ entity: Entity, _ fields: [String: Int]) -> Int? {
    guard let id = fields["Id"] else {
      return file.columns.map(\.position).first {
        file.isUnique($0) && [.text, .number, .salesforceID, .email].contains(file.look($0).kind)
      }
    }
    if file.isUnique(id) { return id }
    let names = synonyms.entities[entity]?.fields.first { $0.field == "Id" }?.names ?? []
    let better = names.lazy.compactMap { name in
      file.columns.first {
        Self.spellings($0.name, synonyms.entities[entity]?.files ?? []).contains(name)
          && file.isUnique($0.position)
      }?.position
    }.first
    return better ?? id
  }

  // MARK: Notes

  /// Marks a field as unsure, in the file and for the terminal.
  mutating func doubt(_ path: String, _ why: String) {
    remarks[path] = [remarks[path], "unsure: \(why)"].compactMap { $0 }.joined(separator: "; ")
    doubts.append("\(path): \(why)")
  }

  var reasons: [String] {
    ["no CRM that is built in; a mapping was proposed from the names and values of the columns"]
      + roles.sorted { $0.key < $1.key }.map { entity, role in
        "\(entity.rawValue): \(role.stems.joined(separator: ", ")), "
          + "\(role.fields.count) columns by their names, keys in \"\(role.header(role.key))\""
      }
  }
}

extension IntakeFindings {
  static func notRecognised(_ files: [String]) -> Finding {
    Finding(
      code: "export-unrecognised", severity: .error,
      what:
        "none of the files looks like accounts or deals: \(files.prefix(6).joined(separator: ", "))"
        + (files.count > 6 ? " and \(files.count - 6) more" : ""),
      done: "nothing was written",
      suggestion: "write a mapping file as docs/mapping.md shows, and give it as --mapping")
  }
}
