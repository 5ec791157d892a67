import CFiles
import Foundation

/// Files and folders that appear in their place complete or not at all.
enum WrittenWhole {
  /// Writes a file beside its place and renames it.
  static func file(_ bytes: Data, at url: URL) throws {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    let partial = url.deletingLastPathComponent()
      .appending(path: ".\(url.lastPathComponent).\(getpid()).partial")
    do {
      try bytes.write(to: partial)
      guard rename(partial.path, url.path) == 0 else {
        throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: url.path])
      }
    } catch {
      try? FileManager.default.removeItem(at: partial)
      throw error
    }
  }

  /// Fills a folder beside its place, then puts it there; what stood there before is replaced at once.
  static func folder(at url: URL, fill: (URL) throws -> Void) throws {
    let files = FileManager.default
    let parent = url.deletingLastPathComponent()
    try files.createDirectory(at: parent, withIntermediateDirectories: true)
    let partial = parent.appending(
      path: ".\(url.lastPathComponent).\(getpid()).partial", directoryHint: .isDirectory)
    do {
      try files.createDirectory(at: partial, withIntermediateDirectories: false)
      try fill(partial)
      try replace(url, by: partial)
    } catch {
      try? files.removeItem(at: partial)
      throw error
    }
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
    let old = url.deletingLastPathComponent()
      .appending(path: ".\(url.lastPathComponent).\(getpid()).old", directoryHint: .isDirectory)
    try files.moveItem(at: url, to: old)
    try files.moveItem(at: partial, to: url)
    try files.removeItem(at: old)
  }
}
