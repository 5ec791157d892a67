/// How much a container may hold before it is taken for a trap.
///
/// A weekly export of Salesforce is written in zips of 512 MB; CSV packs to a tenth or a fiftieth.
struct ContainerLimits: Hashable, Sendable {
  /// Entries of one zip: attachments lie beside the CSVs.
  var entries = 200_000
  /// Inflated bytes of one file, and of one zip in all.
  var size = 256 << 30
  /// Inflated bytes for each packed one, beyond `ratioFrom` inflated bytes.
  var ratio = 500
  var ratioFrom = 100 << 20
}

extension ContainerLimits {
  /// - Throws: `StreamError` where a file inflates to more than it may.
  func check(inflated: Int, packed: Int) throws {
    guard inflated <= size else {
      throw StreamError(
        reason: "it inflates to more than \(ContainerLimits.words(size))", kind: .tooLarge)
    }
    guard inflated <= ratioFrom || inflated / ratio <= packed else {
      throw StreamError(
        reason: "it inflates to more than \(ratio) times its size", kind: .tooDense)
    }
  }

  /// Such as `256 GiB`.
  private static func words(_ bytes: Int) -> String {
    for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    where bytes >= unit {
      return "\(bytes / unit) \(name)"
    }
    return "\(bytes) bytes"
  }
}

/// What about an entry of a zip makes the whole zip untrustworthy.
enum EntryRefusal: Hashable {
  case absolute, parent, backslash, drive, nul, link, encrypted, duplicate, overlap
}

extension ZipDirectory {
  /// The first entry that no honest zip holds, for each kind of refusal.
  ///
  /// Nothing is ever extracted to a disk; but who writes `../` into a zip means no good, and two
  /// entries of one name leave open which one is meant.
  func refusals() -> [(refusal: EntryRefusal, entry: Entry)] {
    var found: [(EntryRefusal, Entry)] = []
    func refuse(_ refusal: EntryRefusal, _ entry: Entry) {
      if !found.contains(where: { $0.0 == refusal }) { found.append((refusal, entry)) }
    }
    var paths = Set<[UInt8]>()
    var end = 0
    for entry in entries {
      let path = entry.path
      if path.first == UInt8(ascii: "/") { refuse(.absolute, entry) }
      if path.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual("..".utf8) }) {
        refuse(.parent, entry)
      }
      if path.contains(UInt8(ascii: "\\")) { refuse(.backslash, entry) }
      if path.count > 1, path[1] == UInt8(ascii: ":"), path[0] | 0x20 >= 0x61,
        path[0] | 0x20 <= 0x7A
      {
        refuse(.drive, entry)
      }
      if path.contains(0) { refuse(.nul, entry) }
      if entry.isLink { refuse(.link, entry) }
      if entry.isEncrypted { refuse(.encrypted, entry) }
      if !paths.insert(path).inserted { refuse(.duplicate, entry) }
      // Bombs let many entries share the same packed bytes.
      if entry.offset < end { refuse(.overlap, entry) }
      end = entry.offset + entry.packedSize
    }
    return found
  }
}
