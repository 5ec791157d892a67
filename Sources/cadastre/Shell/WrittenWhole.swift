import CFiles
import Dispatch
import Foundation
import Records
import Reports
import Synchronization

/// Files and folders that appear in their place complete or not at all.
///
/// What is not complete yet stands beside its place under a name that says which process writes it,
/// so that a later run can clear away what a killed one left, and nothing else.
enum WrittenWhole {
  /// Why something stands beside its place.
  enum Part: String, CaseIterable {
    /// It is being written.
    case partial
    /// Reports are being rendered, to be moved one by one.
    case reports
    /// It steps aside for what takes its place.
    case old
  }

  /// Writes a file beside its place and renames it.
  static func file(_ bytes: Data, at url: URL) throws {
    try put(at: [url]) { try bytes.write(to: $0[0]) }
  }

  /// Writes files that belong together, named relative to a folder.
  ///
  /// A folder that is not there yet appears with all of them at once. In one that is there each file
  /// appears whole once all are written, and what else stands there stays.
  static func files(
    _ names: [String], in folder: URL, bytes: (String) throws -> Data
  ) throws {
    try files(names, in: folder) { urls in
      for (name, url) in zip(names, urls) { try put(bytes(name), at: url) }
    }
  }

  /// Writes tables that belong together, likewise, by all threads.
  ///
  /// - Parameters:
  ///   - tables: what becomes of each file, by its name relative to the folder.
  ///   - folder: where they belong.
  /// - Throws: what the file system refuses.
  static func files(_ tables: [(name: String, content: ReadyTable)], in folder: URL) throws {
    try files(tables.map(\.name), in: folder) { urls in
      let files = try urls.map { url in
        try put(Data(), at: url)
        return try FileHandle(forWritingTo: url)
      }
      let parts = tables.indices.flatMap { file in
        (0..<tables[file].content.partCount).map { (file: file, part: $0) }
      }
      // A thread writes its part when it is its turn, and holds no other: what is made of a large table
      // is never there as a whole.
      let turns = parts.map { _ in DispatchSemaphore(value: 0) }
      let failure = Mutex<(any Error)?>(nil)
      _ = Parallel.workers(
        items: parts.count, threads: ProcessInfo.processInfo.activeProcessorCount
      ) {
      } body: { _, index in
        let (file, part) = parts[index]
        let bytes = tables[file].content.part(part)
        if part > 0 { turns[index].wait() }
        if failure.withLock({ $0 == nil }) {
          do {
            try files[file].write(contentsOf: bytes)
          } catch {
            // A file's handle does not say which file it is.
            let placed = CocoaError(
              (error as? CocoaError)?.code ?? .fileWriteUnknown,
              userInfo: [NSFilePathErrorKey: urls[file].path, NSUnderlyingErrorKey: error])
            failure.withLock { $0 = $0 ?? placed }
          }
        }
        if index + 1 < turns.count { turns[index + 1].signal() }
      }
      if let failure = failure.withLock({ $0 }) { throw failure }
      for file in files { try file.close() }
    }
  }

  /// Writes a file that takes its place with a folder or under another name later.
  ///
  /// Unlike `Data.write` it does not wait until the disk holds the bytes: of the thousands of files of
  /// a run each would wait for itself, and what a failure of power takes the next run makes again.
  static func put(_ bytes: Data, at url: URL) throws {
    // The C library is lent the bytes where they are.
    let error = bytes.withUnsafeBytes { cfiles_put(url.path, $0.baseAddress, $0.count) }
    guard error != 0 else { return }
    let code: CocoaError.Code =
      switch error {
      case ENOSPC, EDQUOT: .fileWriteOutOfSpace
      case EACCES, EPERM: .fileWriteNoPermission
      case EROFS: .fileWriteVolumeReadOnly
      default: .fileWriteUnknown
      }
    throw CocoaError(code, userInfo: [NSFilePathErrorKey: url.path])
  }

  /// Moves files from a folder on the same file system, each whole, to where they belong.
  ///
  /// - Parameters:
  ///   - names: the files, relative to both folders.
  ///   - source: where they are; it is gone where the other folder was not there.
  ///   - folder: where they go; what else stands there stays.
  /// - Throws: what the file system refuses.
  static func move(_ names: [String], from source: URL, to folder: URL) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: folder.path) else {
      try files.createDirectory(
        at: folder.deletingLastPathComponent(), withIntermediateDirectories: true)
      try files.moveItem(at: source, to: folder)
      return
    }
    for name in names {
      let url = folder.appending(path: name)
      try files.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      guard rename(source.appending(path: name).path, url.path) == 0 else {
        throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: url.path])
      }
    }
  }

  /// Gives the files a place each to be written in, then puts them where they belong.
  private static func files(
    _ names: [String], in folder: URL, write: ([URL]) throws -> Void
  ) throws {
    guard FileManager.default.fileExists(atPath: folder.path) else {
      return try self.folder(at: folder) { partial in
        let urls = names.map { partial.appending(path: $0) }
        try makeFolders(of: urls)
        try write(urls)
      }
    }
    try put(at: names.map { folder.appending(path: $0) }, write: write)
  }

  /// Files that are written beside their places and renamed once all are there.
  private static func put(at urls: [URL], write: ([URL]) throws -> Void) throws {
    try makeFolders(of: urls)
    let partials = urls.map { aside($0, .partial) }
    do {
      try write(partials)
      for (partial, url) in zip(partials, urls) {
        guard rename(partial.path, url.path) == 0 else {
          throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: url.path])
        }
      }
    } catch {
      for partial in partials { try? FileManager.default.removeItem(at: partial) }
      throw error
    }
    var cleared: Set<String> = []
    for url in urls where cleared.insert(url.deletingLastPathComponent().path).inserted {
      clearAway(beside: url)
    }
  }

  private static func makeFolders(of urls: [URL]) throws {
    for url in urls {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    }
  }

  /// Fills a folder beside its place, then puts it there; what stood there before is replaced at once.
  static func folder(at url: URL, fill: (URL) throws -> Void) throws {
    let files = FileManager.default
    try files.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    let partial = try emptyFolder(aside: url, .partial)
    do {
      try fill(partial)
      try replace(url, by: partial)
    } catch {
      try? files.removeItem(at: partial)
      throw error
    }
    clearAway(beside: url)
  }

  /// A new folder beside a place.
  ///
  /// One that has this process's number already is a dead one's: in a container every run may have
  /// the same number.
  static func emptyFolder(aside url: URL, _ part: Part) throws -> URL {
    let files = FileManager.default
    let folder = aside(url, part)
    if files.fileExists(atPath: folder.path) { try files.removeItem(at: folder) }
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// `.<name>.cadastre-<process>.<part>` beside a place.
  private static func aside(_ url: URL, _ part: Part) -> URL {
    url.deletingLastPathComponent()
      .appending(path: ".\(url.lastPathComponent).cadastre-\(getpid()).\(part.rawValue)")
  }

  /// Removes what processes that live no more left beside a place, of whatever name.
  ///
  /// It comes last, when the new state stands: what stepped aside may be the last good one until then.
  static func clearAway(beside url: URL) {
    let parent = url.deletingLastPathComponent()
    // A folder that cannot be listed or cleared is no reason to fail a run that has gone through.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
    for name in names where isOfTheDead(name) {
      try? FileManager.default.removeItem(at: parent.appending(path: name))
    }
  }

  private static func isOfTheDead(_ name: String) -> Bool {
    guard name.hasPrefix("."),
      let match = name.wholeMatch(of: #/\..+\.cadastre-([0-9]{1,9})\.([a-z]+)/#),
      Part(rawValue: String(match.2)) != nil, let process = pid_t(match.1), process > 0
    else { return false }
    // Signal 0 is sent to nobody: it asks whether there is such a process.
    return kill(process, 0) != 0 && errno == ESRCH
  }

  /// Exchanges two folders in one step of the file system, so that no moment is without one.
  private static func replace(_ url: URL, by partial: URL) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: url.path) else {
      try files.moveItem(at: partial, to: url)
      return
    }
    if cfiles_exchange(partial.path, url.path) == 0 {
      try files.removeItem(at: partial)
      return
    }
    // A file system without exchange: the old folder steps aside first.
    let old = try emptyFolder(aside: url, .old).appending(path: url.lastPathComponent)
    try files.moveItem(at: url, to: old)
    try files.moveItem(at: partial, to: url)
    try files.removeItem(at: old.deletingLastPathComponent())
  }
}
