import Records

/// How well a preset fits the files of an export.
struct PresetFit {
  /// A file that the preset reads as an entity.
  struct Match {
    let file: SampledFile
    let entity: Entity
    let source: Mapping.Source
    /// Fields that the file has a column for.
    let hits: Int
    /// Columns of it that no other preset knows in such a file.
    let ownHits: Int
  }

  let preset: Mapping
  /// The best match of each file, in the order of the files.
  let matches: [Match]
  private(set) var doubts: [String] = []

  var score: Int { matches.reduce(0) { $0 + $1.hits } }

  /// Fields that a file must have a column for to count as accounts or deals.
  private static let fewestHits = 4
  /// Columns of these that must be the preset's alone: any CRM has an Id, a type and a phone.
  private static let fewestOwnHits = 2

  /// The preset that fits best.
  ///
  /// - Parameters:
  ///   - presets: the presets to try.
  ///   - files: the files of the export.
  ///   - byName: whether the names of files must fit too.
  /// - Returns: nil where none finds accounts or deals.
  static func best(
    of presets: [Mapping], for files: [SampledFile], byName: Bool
  ) -> PresetFit? {
    let fits = presets.map { PresetFit($0, files, byName: byName, beside: presets) }
      .filter { fit in
        fit.matches.contains {
          [.account, .opportunity].contains($0.entity) && $0.hits >= PresetFit.fewestHits
            && $0.ownHits >= PresetFit.fewestOwnHits
        }
      }
      .sorted { ($1.score, $0.preset.name) < ($0.score, $1.preset.name) }
    guard var best = fits.first else { return nil }
    if fits.count > 1, fits[1].score == best.score {
      best.doubts.append(
        "the CRM may as well be \(fits[1].preset.name): its columns fit as well as those of "
          + best.preset.name)
    }
    return best
  }

  private init(
    _ preset: Mapping, _ files: [SampledFile], byName: Bool, beside presets: [Mapping]
  ) {
    self.preset = preset
    let others = presets.filter { $0.name != preset.name }
    matches = files.compactMap { file in
      var best: Match?
      for entity in Entity.allCases {
        for source in preset.sources[entity] ?? [] where !source.isDistinct {
          guard PresetFit.mayRead(file, as: entity, source, byName: byName),
            FilePlanner.offersAll(entity, file.header, source),
            PresetFit.keysFit(preset, file, entity, source)
          else { continue }
          let hits = PresetFit.hits(file, entity, source)
          if hits > best?.hits ?? 0 {
            let own = file.columns.count { column in
              source.names(column.name, of: entity)
                && !others.contains { other in
                  (other.sources[entity] ?? []).contains { $0.names(column.name, of: entity) }
                }
            }
            best = Match(file: file, entity: entity, source: source, hits: hits, ownHits: own)
          }
        }
      }
      guard byName || best?.hits ?? 0 > PresetFit.fewestHits else { return nil }
      return best
    }
  }

  private static func mayRead(
    _ file: SampledFile, as entity: Entity, _ source: Mapping.Source, byName: Bool
  ) -> Bool {
    if byName { return source.reads(file.names) }
    // By their columns alone contacts and leads look like accounts.
    let isNamed = Synonyms.folded(file.stem).contains(entity.rawValue.lowercased())
    return isNamed
      || [.account, .opportunity].contains(entity) && !mentionsOther(file, than: entity)
  }

  private static func mentionsOther(_ file: SampledFile, than entity: Entity) -> Bool {
    let stem = Synonyms.folded(file.stem)
    return ["contact", "lead", "user", "history", "lineitem", "contract"].contains(
      where: stem.contains)
  }

  /// Whether the keys of a file look like the preset's.
  private static func keysFit(
    _ preset: Mapping, _ file: SampledFile, _ entity: Entity, _ source: Mapping.Source
  ) -> Bool {
    guard preset.keys == .salesforce,
      let key = FilePlanner.way(to: "Id", of: entity, in: file.header, source)?.cells.first
    else { return true }
    return [.salesforceID, .empty].contains(file.look(key).kind)
  }

  private static func hits(
    _ file: SampledFile, _ entity: Entity, _ source: Mapping.Source
  ) -> Int {
    let names = Set(entity.fields.map(\.name)).union(source.fields.map { Set($0.keys) } ?? [])
    return names.count { name in
      FilePlanner.way(to: name, of: entity, in: file.header, source).map { !$0.cells.isEmpty }
        ?? false
    }
  }

  /// The preset's mapping with the names of these files.
  var adapted: Mapping {
    var mapping = preset
    mapping.name = preset.name
    var sources: [Entity: [Mapping.Source]] = [:]
    for (entity, all) in preset.sources {
      sources[entity] = all.compactMap { source in
        // Sources that read one kind of file, such as accounts and their territories, stay together.
        let stems = matches.filter { $0.source.files == source.files }.map(\.file.stem)
        guard !stems.isEmpty else { return nil }
        var named = source
        named.files = stems
        return named
      }
    }
    mapping.sources = sources.filter { !$0.value.isEmpty }
    return mapping
  }

  var reasons: [String] {
    let entities = Entity.allCases.filter { entity in matches.contains { $0.entity == entity } }
    let names = entities.prefix(4).map(\.rawValue).joined(separator: ", ")
    let more = entities.count > 4 ? " and \(entities.count - 4) more" : ""
    return [
      "\(preset.name), by the names of \(matches.count) file\(matches.count == 1 ? "" : "s") and of "
        + "\(score) columns in them (\(names)\(more))"
    ]
  }
}

extension Mapping.Source {
  /// Whether a header is one that a field of the entity may have.
  fileprivate func names(_ header: String, of entity: Entity) -> Bool {
    let folded = header.lowercased()
    let isNamed = (fields ?? [:]).values.joined().contains { way in
      way.columns.contains { $0.lowercased() == folded }
    }
    return isNamed || (fields == nil || takesOwnNames) && entity.field(named: header) != nil
  }
}

extension Recognition {
  /// Columns of deals, beside those that the mapping names, that look like money: custom fields that
  /// may value a deal better than Amount does.
  public static func valueFields(of files: [SampledFile], _ mapping: Mapping) -> [String] {
    let words: Set<String> = [
      "amount", "value", "acv", "tcv", "arr", "mrr", "revenue", "price", "total", "booking",
    ]
    let fields = files.flatMap { file in
      (mapping.sources[.opportunity] ?? []).filter { source in
        !source.isDistinct && source.reads(file.names)
      }.flatMap { _ in
        file.columns.filter { name, position in
          Entity.opportunity.field(named: name) == nil && name.lowercased().hasSuffix("__c")
            && file.look(position).kind == .number
            && !words.isDisjoint(with: Synonyms.words(String(name.dropLast(3))))
        }.map(\.name)
      }
    }
    return Array(Set(fields)).sorted()
  }
}
