import CMemory
import Foundation
import Records

/// Reads an export: files to tables, tables to records.
public struct ExportLoader {
  let request: LoadRequest
  let files: ExportFiles
  var localDays: LocalDays
  var tables: [Entity: Table] = [:]
  var indexes: [Entity: KeyIndex] = [:]
  /// References to entities that the export does not hold, kept until their keys are all known.
  var unresolved: [(entity: Entity, field: String, target: Entity, keys: ColumnPart)] = []
  /// Users and products that records name and the export does not hold.
  let strangers = Dictionary(
    uniqueKeysWithValues: Strangers.entities.map { ($0, Strangers()) })
  var findings = FindingLog()
  var reports: [Export.FileReport] = []
  var organisation: Export.Organisation?
  var newestStamp: Int64?
  /// Entities whose Ids have 15 characters, which a spreadsheet may take for each other.
  var shortIds: Set<Entity> = []

  /// Reads an export.
  ///
  /// - Throws: `FindingsError` where nothing can be computed from it.
  public static func load(_ request: LoadRequest) throws -> Export {
    var loader = try ExportLoader(request)
    return try loader.load()
  }

  init(_ request: LoadRequest) throws {
    let files = try ExportFiles(
      at: request.paths, stated: request.dialect, limits: request.limits)
    let hasLeads = (request.mapping.sources[.lead] ?? []).contains { source in
      files.files.contains { source.reads($0.names) }
    }
    var request = request
    if hasLeads { request.fields.merge(request.fieldsWithLeads) { $0.union($1) } }
    self.files = files
    self.request = request
    localDays = LocalDays(request.timeZone.flatMap(TimeZone.init(identifier:)) ?? .gmt)
  }

  private mutating func load() throws -> Export {
    let known = files.files.contains { request.mapping.reads($0) }
    guard known else {
      throw FindingsError([
        IntakeFindings.exportUnrecognised(
          request.paths.joined(separator: ", "), mapping: request.mapping.name)
      ])
    }
    cmemory_keep_freed()
    for entity in Entity.exported {
      try load(entity)
      if entity == .organization { readOrganisation() }
      if entity == .opportunity { try loadDeletedDeals() }
      if entity == .period { readPeriods() }
    }
    guard tables[.account] != nil || tables[.opportunity] != nil else {
      throw FindingsError([IntakeFindings.nothingToReport(mapping: request.mapping.name)])
    }
    completeAbsentTables()
    keepStrangers()
    Activities.complete(&tables, &findings)
    setAsidePersonContacts()
    deriveOutcomes()
    findMisspellings()
    let records = RecordSet(tables: tables, asOf: try asOf())
    let outcomes = Outcomes(stages: tables[.stage], mapping: request.mapping)
    findings.merge(
      RecordChecks.findings(
        in: records, outcomes: outcomes, shortIds: shortIds, threads: request.threads))
    if records[.territory].count > 0, TerritoryModel(activeIn: records) == nil {
      findings.add(IntakeFindings.activeModelUnknown())
    }
    return Export(
      records: records, findings: findings, files: reports,
      ignored: files.ignored + files.files.filter { !request.mapping.reads($0) }.map(\.name),
      newestDay: newestStamp.map { Day(number: localDays.day(of: $0)) },
      organisation: organisation)
  }

  // MARK: One entity

  mutating func load(_ entity: Entity) throws {
    let mapping = request.mapping
    // A repeated key is the first source's: a list of territories before a column that names them.
    let matches = (mapping.sources[entity] ?? []).flatMap { source in
      files.files.filter { source.reads($0.names) }.map { (file: $0, source: source) }
    }
    let isAsked = request.fields[entity] != nil || request.checked[entity] != nil
    guard !matches.isEmpty, isAsked || !entity.isOptional else { return }
    let opened = try matches.map { (file: try OpenFile($0.file), source: $0.source) }
      .filter { !$0.source.isOptional || FilePlanner.offersAll(entity, $0.file.header, $0.source) }
    guard !opened.isEmpty else { return }
    let wanted = fields(of: entity, in: opened)
    // First, so that the cells of both are never in memory at once.
    let checked = try check(entity, besides: wanted, opened)
    var fields = FieldPart.all(of: wanted, entity, in: opened)
    var (loader, counts) = try read(entity, fields, opened)
    let mixed = ColumnSniffer.mistaken(fields, entity, loader.findings)
    if !mixed.isEmpty {
      fields = fields.map { mixed.keys.contains($0.name) ? Field($0.name, .category) : $0 }
      (loader, counts) = try read(entity, fields, opened)
      for (field, at) in mixed.sorted(by: { $0.key < $1.key }) {
        findings.add(IntakeFindings.fieldMixed(entity, field, at: at))
      }
    }
    for (opened, counts) in zip(opened, counts) {
      // Deleted deals are read from the same columns later.
      let deleted = entity == .opportunity ? request.fields[.deletedOpportunity] ?? [] : []
      let names =
        fields.map { FieldPart(of: $0).field } + ["IsDeleted", "MasterRecordId"] + deleted.sorted()
      let cells = FilePlanner.cells(
        of: names, entity, in: opened.file.header, opened.source, files: files)
      reports.append(
        Export.FileReport(
          file: opened.file.file.name, entity: entity, dialect: opened.file.dialect,
          counts: counts, cells: cells, headers: opened.file.header.names))
    }
    findings.merge(loader.findings)
    tell(loader.substituted, of: entity, in: opened)
    // The as-of date must not depend on what else is asked for.
    if !entity.isOptional {
      newestStamp = [newestStamp, loader.newestStamp].compactMap { $0 }.max()
    }
    if RecordChecks.joinedByHand.contains(entity), opened.contains(where: hasShortIds) {
      shortIds.insert(entity)
    }
    let present = fields.filter { field in
      opened.contains {
        FilePlanner.way(
          to: FieldPart(of: field).field, of: entity, in: $0.file.header, $0.source) != nil
      }
    }
    var table = loader.table(keeping: Set(present.map(\.name)))
    table.complete(fields, in: opened, keyForm: mapping.keys)
    checked?.complete(&table)
    WrittenCurrencies.complete(&table, &findings)
    index(&table, entity, merges: loader.merges, isDistinct: opened.map(\.source.isDistinct))
    forgetKeys(of: entity, &table)
    resolve(table)
  }

  private func hasShortIds(_ opened: (file: OpenFile, source: Mapping.Source)) -> Bool {
    request.mapping.keys == .salesforce
      && opened.file.header.position(of: "Id").map {
        opened.file.firstCells($0).contains { $0.count == 15 }
      } ?? false
  }

  /// Says which cells were read as others, as the mapping asks.
  mutating func tell(
    _ substituted: [String: Int], of entity: Entity,
    in opened: [(file: OpenFile, source: Mapping.Source)]
  ) {
    for (field, count) in substituted.sorted(by: { $0.key < $1.key }) {
      findings.add(
        IntakeFindings.valuesMapped(
          entity, FieldPart(of: Field(field, .text)).field,
          at: SourcePosition(file: opened[0].file.file.name)),
        count: count, places: [])
    }
  }

  /// Reads the files of an entity; gives what became of the rows of each.
  func read(
    _ entity: Entity, _ fields: [Field], _ opened: [(file: OpenFile, source: Mapping.Source)],
    keepsCells: Bool = true
  ) throws -> (TableLoader, [RowCounts]) {
    var loader = TableLoader(
      entity: entity, fields: fields, keyForm: request.mapping.keys, indexes: indexes,
      threads: request.threads, blockSize: request.blockSize, keepsCells: keepsCells)
    let planner = FilePlanner(
      mapping: request.mapping, files: files, threads: request.threads, forms: request.forms,
      readsStamps: request.asOf == nil || request.findsNewestDay)
    let counts = try opened.map { file, source in
      try loader.read(
        file,
        planner.plan(
          entity, fields, file, source, number: loader.nextFile, localDays: localDays))
    }
    return (loader, counts)
  }

  /// The fields to read: those wanted, required or essential; unknown ones by what they look like.
  func fields(
    of entity: Entity, in opened: [(file: OpenFile, source: Mapping.Source)]
  ) -> [Field] {
    let forms = request.forms.filled(by: request.mapping.forms)
    let parents = ParentPaths(of: entity, mapping: request.mapping, files: files)
    let wanted = (request.fields[entity] ?? []).union(parents.names(in: opened.map(\.file.header)))
    let judged = ExportLoader.judged(request.checked[entity] ?? [], of: entity)
    let known = ExportLoader.knownFields(of: entity, wanted: wanted.union(judged))
    let custom = wanted.filter { entity.field(named: $0) == nil }.sorted()
    return known
      + custom.map { name in
        if let field = parents.field(name) { return field }
        let kind = opened.lazy.compactMap { file, source in
          FilePlanner.way(to: name, of: entity, in: file.header, source)?.cells.first
            .flatMap { file.kind(of: file.header.names[$0], forms: forms) }
        }.first
        return Field(name, kind ?? .category)
      }
  }

  /// Fields that decide about a deal or a date even where nobody asks for them.
  static let alwaysRead: [Entity: Set<String>] = [
    .opportunity: ["IsClosed", "IsWon", "CreatedDate", "AccountId", "OwnerId"],
    .stage: ["ApiName", "MasterLabel"],
    .account: [
      "CreatedDate", "ParentId", "OwnerId", "BillingCountry", "Industry", "PersonContactId",
    ],
    .contact: ["IsPersonAccount"],
    .task: ["WhatId", "WhatAccountId", "AccountId"],
    .event: ["WhatId", "WhatAccountId", "AccountId"],
    .period: ["Type", "StartDate", "EndDate", "FullyQualifiedLabel"],
    .organization: [
      "Name", "FiscalYearStartMonth", "UsesStartDateAsFiscalYearName", "TimeZoneSidKey",
    ],
  ]

  /// Indexes a table's keys; rows whose key an earlier row has are set aside.
  mutating func index(
    _ table: inout UnresolvedTable, _ entity: Entity, merges: [UInt128: UInt128],
    isDistinct: [Bool]
  ) {
    guard let keys = table.table.keys else { return }
    var index = KeyIndex(keys, threads: request.threads)
    let duplicates = index.duplicates
    if !duplicates.isEmpty {
      for row in duplicates {
        let sources = table.table.sources
        guard let file = sources.file(of: Int(row)), let report = report(file, of: entity) else {
          continue
        }
        // Where a column names the records, a repetition is no row of theirs.
        if isDistinct[file] {
          reports[report].counts.read -= 1
        } else {
          findings.add(
            IntakeFindings.duplicateKey(entity, at: sources.position(of: Int(row))))
          reports[report].counts.setAside += 1
        }
      }
      table.remove(duplicates)
      if let keys = table.table.keys { index = KeyIndex(keys, threads: request.threads) }
    }
    if case .salesforce(var byKey) = index, !merges.isEmpty {
      byKey.add(merges: merges)
      index = .salesforce(byKey)
    }
    if let strangers = strangers[entity], case .salesforce(var byKey) = index {
      byKey.strangers = strangers
      index = .salesforce(byKey)
    }
    indexes[entity] = index
  }

  /// Position of the report of an entity's file by the file's number; one may be read several times.
  func report(_ file: Int, of entity: Entity) -> Int? {
    reports.firstIndex { $0.entity == entity }.map { $0 + file }
  }
}

extension Entity {
  /// Whether the records are read only where someone asks for them.
  ///
  /// They are many and nothing that is always read refers to them. So they do not decide the as-of
  /// date; what a history records changed a deal, whose own stamp is as new.
  var isOptional: Bool {
    switch self {
    case .recordType, .userRole, .opportunityHistory, .contact, .lead, .task, .event,
      .opportunityFieldHistory, .splitType, .split, .assignmentRule, .assignmentRuleItem,
      .ruleTerritory, .territoryExclusion:
      true
    default: false
    }
  }
}
