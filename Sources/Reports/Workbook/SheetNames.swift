/// Names of sheets, derived from titles: unlike each other to Excel, which takes upper and lower
/// case for the same, without the characters it forbids and as short as it wants them.
struct SheetNames {
  private let limit: Int
  /// Excel keeps the name "History" for itself.
  private var taken: Set<String> = ["history"]

  init(limits: SheetLimits = SheetLimits()) {
    limit = limits.nameCharacters
  }

  /// A name for a title; the second of a kind gets a number.
  mutating func name(for title: String) -> String {
    let base = SheetNames.allowed(title)
    var name = shortened(base, to: limit)
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      let suffix = " \(number)"
      name = shortened(base, to: limit - suffix.utf16.count) + suffix
      number += 1
    }
    return name
  }

  /// The title without what no name of a sheet may hold, "Sheet" where nothing is left.
  private static func allowed(_ title: String) -> String {
    var name = String.UnicodeScalarView()
    for scalar in CleanText.unmarked(title).unicodeScalars {
      switch scalar {
      case "[", "]", "*", "?", "/", "\\", ":": name.append(" ")
      default: name.append(scalar)
      }
    }
    let words = trimmed(String(name).split(separator: " ").joined(separator: " "))
    return words.isEmpty ? "Sheet" : words
  }

  /// The name cut to a length in UTF-16 units, between words where that loses little.
  private func shortened(_ name: String, to length: Int) -> String {
    guard name.utf16.count > length else { return name }
    var cut = ""
    var room = length - 1
    for character in name {
      room -= character.utf16.count
      if room < 0 { break }
      cut.append(character)
    }
    if let space = cut.lastIndex(of: " "), cut.distance(from: space, to: cut.endIndex) <= 8 {
      cut = String(cut[..<space])
    }
    return SheetNames.trimmed(cut) + "…"
  }

  /// Without spaces and apostrophes at its ends, where Excel forbids them.
  private static func trimmed(_ name: String) -> String {
    var name = name[...]
    while let first = name.unicodeScalars.first, first == " " || first == "'" {
      name.unicodeScalars.removeFirst()
    }
    while let last = name.unicodeScalars.last, last == " " || last == "'" {
      name.unicodeScalars.removeLast()
    }
    return String(name)
  }
}
