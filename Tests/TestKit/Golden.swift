import Foundation
import Testing

/// Compares `text` with `Tests/Golden/<name>`.
///
/// RECORD_GOLDENS=1 writes the file instead; the diff is then read by a person. On a difference the
/// new text is left in `.build-goldens/<name>`, to be opened beside the old one.
public func expectGolden(
  _ text: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try expectGolden(Data(text.utf8), named: name, sourceLocation: sourceLocation)
}

/// Compares bytes, of a picture say, with `Tests/Golden/<name>`.
public func expectGolden(
  _ bytes: Data, named name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let golden = Repository.root.appending(path: "Tests/Golden/\(name)")
  if Repository.environment["RECORD_GOLDENS"] == "1" {
    try write(bytes, to: golden)
    return
  }
  guard let recorded = try? Data(contentsOf: golden) else {
    Issue.record(
      "There is no golden Tests/Golden/\(name): record it with RECORD_GOLDENS=1, and read it.",
      sourceLocation: sourceLocation)
    return
  }
  if recorded == bytes { return }
  let changed = Repository.root.appending(path: ".build-goldens/\(name)")
  try write(bytes, to: changed)
  Issue.record(
    """
    \(name) differs from Tests/Golden/\(name)\(firstDifference(recorded, bytes)). \
    The new one is in \(changed.path).
    """, sourceLocation: sourceLocation)
}

private func write(_ bytes: Data, to file: URL) throws {
  try FileManager.default.createDirectory(
    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
  try bytes.write(to: file)
}

private func firstDifference(_ old: Data, _ new: Data) -> String {
  let oldLines = old.split(separator: 0x0A, omittingEmptySubsequences: false)
  let newLines = new.split(separator: 0x0A, omittingEmptySubsequences: false)
  for line in 0..<max(oldLines.count, newLines.count) {
    let before = line < oldLines.count ? oldLines[line] : nil
    let after = line < newLines.count ? newLines[line] : nil
    guard before != after else { continue }
    guard let was = text(before), let isNow = text(after) else { return "" }
    return " at line \(line + 1): was “\(was)”, is “\(isNow)”"
  }
  return ""
}

/// The line as text, shortened; nil where it is not text.
private func text(_ line: Data?) -> String? {
  guard let line else { return "(no such line)" }
  return String(bytes: line, encoding: .utf8).map { String($0.prefix(160)) }
}
