import Foundation

/// Writes the export of an invented organisation, Meridian Instruments, as it stood on a day.
///
/// The same options give the same bytes. Two as-of dates show the same organisation: records keep
/// their Ids, and what a later export knows of an earlier day is what the earlier export said.
public struct SampleWriter: Sendable {
  private let options: SampleOptions

  /// A writer for some options.
  public init(_ options: SampleOptions) { self.options = options }

  /// Writes the files into a folder and `<folder>.truth.json` beside it, wholly or not at all.
  ///
  /// - Parameters:
  ///   - directory: A folder that does not exist yet or is empty.
  ///   - progress: Called with a line about what is done so far.
  /// - Returns: What was written.
  /// - Throws: `SampleError`, or an error of the file system.
  public func write(to directory: URL, progress: (String) -> Void = { _ in }) throws
    -> SampleSummary
  {
    guard (1...20_000_000).contains(options.accounts) else {
      throw SampleError.accountsOutOfRange(options.accounts)
    }
    guard (SampleOptions.firstAsOf...SampleOptions.lastAsOf).contains(options.asOf) else {
      throw SampleError.asOfOutOfRange
    }
    let target = directory.standardizedFileURL
    try checkFree(target)
    let parent = target.deletingLastPathComponent()
    let name = target.lastPathComponent
    // Named as the program's other unfinished files are, so that two samples do not meet and what a
    // killed one leaves is cleared away.
    let process = ProcessInfo.processInfo.processIdentifier
    let partial = parent.appendingPathComponent(".\(name).cadastre-\(process).partial")
    let truthPartial = parent.appendingPathComponent(".\(name).truth.cadastre-\(process).partial")
    let truth = parent.appendingPathComponent("\(name).truth.json")
    let files = FileManager.default
    do {
      if files.fileExists(atPath: partial.path) { try files.removeItem(at: partial) }
      try files.createDirectory(at: partial, withIntermediateDirectories: true)
      var summary = try fill(partial, truth: truthPartial, progress: progress)
      // Renaming takes the place of an empty folder, and of none that another has filled meanwhile.
      try move(partial, to: target) { try checkFree(target) }
      try move(truthPartial, to: truth)
      summary.directory = target
      summary.truthFile = truth
      return summary
    } catch {
      // Best effort: the reason why writing failed matters more than a left-over that stays.
      try? files.removeItem(at: partial)
      try? files.removeItem(at: truthPartial)
      if let known = error as? SampleError { throw known }
      throw SampleError.cannotWrite(target.path, reason: error.localizedDescription)
    }
  }

  /// Renames; where that fails a check may have a better reason than the system's.
  private func move(_ url: URL, to target: URL, otherwise check: () throws -> Void = {}) throws {
    guard rename(url.path, target.path) != 0 else { return }
    let reason = String(cString: strerror(errno))
    try check()
    throw SampleError.cannotWrite(target.path, reason: reason)
  }

  private func checkFree(_ target: URL) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: target.path, isDirectory: &isFolder) else {
      return
    }
    guard isFolder.boolValue else { throw SampleError.notAFolder(target.path) }
    let content = try FileManager.default.contentsOfDirectory(atPath: target.path)
    guard content.isEmpty else { throw SampleError.notEmpty(target.path) }
  }

  private func fill(_ folder: URL, truth: URL, progress: (String) -> Void) throws
    -> SampleSummary
  {
    let organisation = Organisation(options)
    var export = try Export(organisation, in: folder)
    try export.writeDirectory()
    if organisation.isFull { try export.writeFullDirectory() }
    let maker = FamilyMaker(organisation: organisation)
    let blocks = (organisation.horizon + FamilyMaker.blockSize - 1) / FamilyMaker.blockSize
    var tenth = 1
    for block in 0..<blocks {
      try maker.families(inBlock: block) { family in
        let known = family.prefix { $0.number < organisation.horizon }
        if !known.isEmpty { try export.write(family: Array(known)) }
      }
      while tenth < 10 && (block + 1) * 10 >= blocks * tenth {
        progress("\(export.figures.accounts) accounts, \(tenth * 10) %")
        tenth += 1
      }
    }
    if organisation.isFull { try export.writeDirt(maker) }
    try export.close()
    progress("\(export.figures.accounts) accounts, 100 %")
    let json = TruthFile(export: export).text
    try Data(json.utf8).write(to: truth)
    return SampleSummary(
      directory: folder, truthFile: truth, rows: export.rows, bytes: export.bytes,
      accounts: export.rows["Account.csv"] ?? 0)
  }
}
