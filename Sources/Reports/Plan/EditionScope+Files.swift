import Foundation

extension EditionScope {
  /// Names for the editions' files, without ending: unlike each other on any file system.
  ///
  /// A name is its scope's name in plain letters, behind the kind where that is neither a territory
  /// nor the company, which is `company`; where that is empty or taken the Id is added, and
  /// at last a number. They depend only on the editions and their order.
  public static func fileNames(of editions: [EditionScope]) -> [String] {
    // The company keeps its file when it is renamed.
    let names = editions.map { edition in
      switch edition.kind {
      case .company: "company"
      case .territory: plain(edition.name)
      case .region, .manager, .family: plain("\(edition.kind.rawValue) \(edition.name)")
      }
    }
    var counts: [String: Int] = [:]
    for name in names { counts[name, default: 0] += 1 }
    var taken: Set<String> = []
    return zip(editions, names).map { edition, name in
      var parts = name.isEmpty ? [] : [name]
      if name.isEmpty || counts[name, default: 0] > 1 { parts.append(plain(edition.id)) }
      let base = parts.filter { !$0.isEmpty }.joined(separator: "-")
      let stem = base.isEmpty ? "edition" : base
      var unique = stem
      var number = 2
      while !taken.insert(unique).inserted {
        unique = "\(stem)-\(number)"
        number += 1
      }
      return unique
    }
  }

  /// Lower-case letters a to z and digits with hyphens between, 60 at most.
  ///
  /// Letters of other scripts are left out, for what a name sounds like depends on its language.
  static func plain(_ text: String) -> String {
    var plain = ""
    for scalar in unmarked(text).unicodeScalars where plain.utf8.count < 60 {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7A: plain.unicodeScalars.append(scalar)
      default: if !plain.hasSuffix("-"), !plain.isEmpty { plain += "-" }
      }
    }
    while plain.hasSuffix("-") { plain.removeLast() }
    return plain
  }

  /// A name in lower case, its Latin letters without their marks as ICU's transform Latin-ASCII has it.
  static func unmarked(_ text: String) -> String {
    (text.applyingTransform(StringTransform("Latin-ASCII"), reverse: false) ?? text).lowercased()
  }
}
