import Foundation
import Records
import Settings

/// The files that users keep beside an export, as the configuration names them.
public struct UserFilesRequest: Sendable {
  /// The folder from which paths start.
  public let folder: URL
  public let configuration: Configuration
  /// Developer names and names of the planned model's territories, where it stands in metadata,
  /// which the planned users are held against; nil where they may name any territory.
  public let plannedTerritories: [String]?

  public init(folder: URL, configuration: Configuration, plannedTerritories: [String]? = nil) {
    self.folder = folder
    self.configuration = configuration
    self.plannedTerritories = plannedTerritories
  }

  /// The files by kind, in the order in which they are read.
  var files: [(kind: UserFileKind, path: Located<String>)] {
    let files = configuration.userFiles
    let plan = configuration.plannedModel
    var subscriptions: Located<String>?
    if case .file(let path) = configuration.subscriptions?.source { subscriptions = path }
    // A plan that is no table is a folder of metadata.
    let table = plan.map(\.planned).flatMap { UserFilesRequest.isTable($0.value) ? $0 : nil }
    let all: [(UserFileKind, Located<String>?)] = [
      (.crosswalk, files.crosswalk), (.quotas, files.quotas), (.people, files.people),
      (.subscriptions, subscriptions), (.activities, files.activities), (.costs, files.costs),
      (.holidays, files.holidays), (.plan, table), (.plannedUsers, plan?.users),
      (.holdOuts, plan?.holdOuts), (.conflicts, files.acceptedConflicts),
      (.namedAccounts, files.namedAccounts),
    ]
    return all.compactMap { kind, path in path.map { (kind, $0) } }
  }

  private static func isTable(_ path: String) -> Bool {
    let name = path.split(separator: "#").first.map(String.init) ?? path
    return name.lowercased().hasSuffix(".csv") || Workbook.isWorkbook(name)
  }

  /// The fields by which the files name users and territories, to be read with the export.
  public var fields: [Entity: Set<String>] {
    var fields: [Entity: Set<String>] = [:]
    if !files.isEmpty {
      fields = [
        .user: ["Email", "IsActive"],
        .territory: ["DeveloperName", "Name", "Territory2ModelId"],
        .territoryModel: ["State"], .opportunity: ["AccountId"],
      ]
    }
    if configuration.userFiles.acceptedConflicts != nil { fields[.lead] = ["Id"] }
    if let subscriptions = configuration.subscriptions, !subscriptions.excludedStatuses.isEmpty {
      fields[.contract] = ["Status"]
    }
    return fields
  }

  /// Where a file lies, and its sheet.
  ///
  /// - Throws: `FindingsError` with the place in the configuration where there is no such file.
  func locate(_ path: Located<String>) throws -> (path: String, name: String, sheet: String?) {
    func exists(_ name: String) -> String? {
      let file = URL(filePath: name, relativeTo: folder).standardizedFileURL.path
      return FileManager.default.fileExists(atPath: file) ? file : nil
    }
    // A file may have a # in its own name.
    if let file = exists(path.value) { return (file, path.value, nil) }
    let parts = path.value.split(separator: "#", maxSplits: 1).map(String.init)
    if parts.count == 2, let file = exists(parts[0]) { return (file, parts[0], parts[1]) }
    throw FindingsError([UserFileFindings.missing(parts.first ?? path.value, at: path.at)])
  }
}

/// What became of the rows of a file that a user keeps: read = used + set aside.
public struct UserFileReport: Sendable {
  public let file: String
  public let kind: UserFileKind
  /// How the file is written, such as `workbook, sheet FY27`.
  public let form: String
  public let counts: RowCounts
}

extension Export {
  /// Reads the files that users keep beside the export, and joins them to its records.
  ///
  /// Quotas and subscriptions take the place of the export's own; the rest is `userRecords`. Rows
  /// that cannot be read are set aside, each with a finding; those of severity error are also in
  /// `userFileErrors`, one for each cell.
  ///
  /// - Throws: `FindingsError` where files are missing or unreadable as a whole: all of them.
  public mutating func read(_ request: UserFilesRequest) throws {
    let configuration = request.configuration
    complete(configuration.subscriptions)
    let files = try UserFilesRequest.open(request)
    let excluded = ExcludedStatuses(configuration.subscriptions?.excludedStatuses ?? [])
    if files[.subscriptions] == nil { leaveOut(excluded) }
    guard !files.isEmpty else { return }
    if let file = files[.crosswalk] { userRecords.crosswalk = SmallFiles.crosswalk(file) }
    let directory = Directory(records, crosswalk: userRecords.crosswalk)
    if let file = files[.quotas] {
      replace(
        with: QuotaFile(
          directory: directory,
          calendar: .resolved(
            configured: configuration.fiscalYear, exported: organisation?.calendar),
          asOf: records.asOf
        ).table(file), from: file)
    }
    if let file = files[.subscriptions] {
      replace(
        with: SubscriptionFile(directory: directory, excluded: excluded).table(file), from: file)
    }
    if let file = files[.people] {
      userRecords.people = PeopleFile(directory: directory).people(file)
    }
    if let file = files[.costs] { userRecords.costs = SmallFiles.costs(file) }
    if let file = files[.holidays] { userRecords.holidays = SmallFiles.holidays(file) }
    if let file = files[.activities] {
      userRecords.activities = SmallFiles.activities(
        file, directory, deals: records[.opportunity])
    }
    let plan = PlanFile(
      directory: directory, ownerRole: configuration.plannedModel?.ownerRole,
      planned: request.plannedTerritories)
    userRecords.plan = plan.plan(files[.plan], users: files[.plannedUsers])
    if let file = files[.holdOuts] {
      (userRecords.holdOuts, userRecords.heldUntil) = plan.holdOuts(file)
    }
    if let file = files[.conflicts] {
      userRecords.acceptedConflicts = ConflictFile(directory: directory).conflicts(file)
    }
    if let file = files[.namedAccounts] {
      userRecords.namedAccounts = SmallFiles.namedAccounts(file, directory)
    }
    for (kind, _) in request.files { files[kind].map { report($0) } }
  }

  /// Stops where a cell of those files is in error: a figure without its row would be wrong.
  ///
  /// - Throws: `FindingsError` with the first of them, one for each cell.
  public func refuseUserFileErrors() throws {
    guard !userFileErrors.isEmpty else { return }
    let more = userFileErrors.count - Export.errorsTold
    throw FindingsError(
      userFileErrors.prefix(Export.errorsTold)
        + (more > 0 ? [UserFileFindings.moreErrors(more)] : []))
  }

  /// As many as fit a screen.
  private static let errorsTold = 20

  private mutating func replace(with table: Table, from file: UserTable) {
    if records.has(table.entity) {
      file.note(UserFileFindings.replaces(table.entity, file.sheet))
    }
    records.tables[table.entity] = table
  }

  private mutating func report(_ file: UserTable) {
    userFiles.append(
      UserFileReport(
        file: file.sheet.file, kind: file.kind, form: file.sheet.form, counts: file.counts))
    let sorted = file.findings.enumerated().sorted { left, right in
      let origin = SourcePosition(file: "")
      return (left.element.at ?? origin, left.offset) < (right.element.at ?? origin, right.offset)
    }.map(\.element)
    findings.add(sorted)
    userFileErrors += sorted.filter { $0.severity == .error }
  }
}

extension UserFilesRequest {
  /// Opens every file and finds its columns, so that all that is missing is said at once.
  fileprivate static func open(_ request: UserFilesRequest) throws -> [UserFileKind: UserTable] {
    var files: [UserFileKind: UserTable] = [:]
    var errors: [Finding] = []
    for (kind, path) in request.files {
      do {
        let (file, name, sheet) = try request.locate(path)
        files[kind] = try UserTable(
          try Sheet.read(file, named: name, sheet: sheet), as: kind,
          forms: request.configuration.exportFormat.cells)
      } catch let error as FindingsError {
        errors += error.findings
      }
    }
    guard errors.isEmpty else { throw FindingsError(errors) }
    return files
  }
}
