import Foundation

/// Gives `body` a new empty folder and removes it afterwards.
public func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = try makeTemporaryFolder()
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// Gives `body` a new empty folder and removes it afterwards.
public func withTemporaryFolder<Result>(
  isolation: isolated (any Actor)? = #isolation, _ body: (URL) async throws -> Result
) async throws -> Result {
  let folder = try makeTemporaryFolder()
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}

private func makeTemporaryFolder() throws -> URL {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "cadastre-tests-\(UUID().uuidString)", directoryHint: .isDirectory)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder
}

extension URL {
  /// Writes `files`, name to text, into this folder; a name may hold folders.
  public func write(files: [String: String]) throws {
    for (name, text) in files {
      let file = appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  /// The files below this folder as sorted relative paths; empty where there is no such folder.
  public func filesBelow() -> [String] {
    let prefix = path.hasSuffix("/") ? path : path + "/"
    guard let walk = FileManager.default.enumerator(atPath: path) else { return [] }
    return walk.compactMap { $0 as? String }.filter {
      var isDirectory: ObjCBool = false
      let exists = FileManager.default.fileExists(
        atPath: prefix + $0, isDirectory: &isDirectory)
      return exists && !isDirectory.boolValue
    }.sorted()
  }
}
