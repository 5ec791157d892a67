import Records

/// Which zips are one export: Salesforce's Data Export writes `WE_<organisation>_<n>.ZIP`, n from 1.
public enum ExportSets {
  /// A zip of a set, by its name.
  struct Part {
    /// Path of the folder, empty where the path has none.
    let folder: String
    /// The first 15 characters of the organisation's Id: the rest is a checksum.
    let organisation: String
    let number: Int

    /// Nil where a file's name is not of this kind.
    init?(_ path: String) {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      guard let name = parts.last, name.lowercased().hasSuffix(".zip") else { return nil }
      let words = name.dropLast(4).split(separator: "_", omittingEmptySubsequences: false)
      guard words.count == 3, words[0].lowercased() == "we",
        words[1].utf8.count == 15 || words[1].utf8.count == 18,
        words[1].utf8.allSatisfy(Part.isIdCharacter), !words[2].isEmpty,
        words[2].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(words[2])
      else { return nil }
      folder = parts.dropLast().joined(separator: "/")
      organisation = String(words[1].prefix(15))
      self.number = number
    }

    private static func isIdCharacter(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
  }

  /// The newest export among paths, as a pattern of the configuration matches them.
  ///
  /// The zips `WE_<organisation>_<n>.ZIP` of one folder are one export, by the name of their folder;
  /// every other path is one of its own. The newest is the last in the natural order of names, in
  /// which `exports/2026-10` comes after `exports/2026-9`: exports are named by their date.
  ///
  /// - Returns: its paths, parts in the order of their numbers; empty where there are none.
  public static func newest(matching paths: [String]) -> [String] {
    var sets: [String: [(number: Int, path: String)]] = [:]
    for path in paths {
      let part = Part(path)
      sets[part?.folder ?? path, default: []].append((part?.number ?? 0, path))
    }
    let newest = sets.max { NaturalOrder.isBefore($0.key, $1.key) }?.value ?? []
    return newest.sorted { ($0.number, $0.path) < ($1.number, $1.path) }.map(\.path)
  }

  /// What is wrong with the zips of one export: parts that are missing, or that belong to others.
  static func findings(zips: [String]) -> [Finding] {
    let parts = zips.compactMap(Part.init)
    guard let first = parts.min(by: { ($0.folder, $0.number) < ($1.folder, $1.number) }) else {
      return []
    }
    var findings: [Finding] = []
    let organisations = Set(parts.map(\.organisation))
    if organisations.count > 1 {
      findings.append(IntakeFindings.mixedOrganisations(organisations.count))
    }
    let folders = Set(parts.map(\.folder))
    if folders.count > 1 {
      findings.append(IntakeFindings.mixedSets(folders.sorted(by: NaturalOrder.isBefore)))
    }
    guard findings.isEmpty else { return findings }
    let numbers = Set(parts.map(\.number))
    let missing = (1...max(1, numbers.max() ?? 1)).filter { !numbers.contains($0) }
    guard !missing.isEmpty else { return [] }
    return [IntakeFindings.missingParts(missing, of: first.folder, last: numbers.max() ?? 1)]
  }
}
