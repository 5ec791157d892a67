import Records

/// Which formats of a workbook show a number as a date, and from which day it counts.
struct WorkbookStyles {
  /// For each format of cells, whether it shows dates.
  private var isDate: [Bool] = []
  /// Whether days are counted from 1904-01-01, as old Macintosh programs did.
  private let starts1904: Bool

  init(_ part: WorkbookPart?, starts1904: Bool) throws {
    self.starts1904 = starts1904
    guard let part else { return }
    var codes: [Int: Bool] = [:]
    var isInCells = false
    while let event = try part.next() {
      switch event {
      case .start("numFmt"):
        let attributes = part.attributes()
        guard let id = attributes["numFmtId"].flatMap(Int.init) else { continue }
        codes[id] = WorkbookStyles.showsDate(attributes["formatCode"] ?? "")
      case .start("cellXfs"): isInCells = true
      case .end("cellXfs"): isInCells = false
      case .start("xf") where isInCells:
        let id = part.attributes()["numFmtId"].flatMap(Int.init) ?? 0
        isDate.append(codes[id] ?? WorkbookStyles.builtIn.contains(id))
      default: break
      }
    }
  }

  /// Whether a format of cells shows dates.
  func isDate(_ format: Int?) -> Bool {
    guard let format, isDate.indices.contains(format) else { return false }
    return isDate[format]
  }

  /// The day that a number stands for; nil where there is none.
  ///
  /// 1900 counts from 1900-01-01 as 1 and holds a 29 February that never was, as 60.
  func day(_ number: Int64) -> Day? {
    let serial = number >= 0 ? number / Exact.scale : -1
    guard (0...2_958_465).contains(serial) else { return nil }
    let days = Int(serial)
    if starts1904 { return Day(year: 1904, month: 1, day: 1)?.adding(days: days) }
    guard days != 60, days > 0 else { return nil }
    return Day(year: 1899, month: 12, day: days < 60 ? 31 : 30)?.adding(days: days)
  }

  /// Formats that need no code: dates of all countries; 18 to 21 and 45 to 47 are times alone.
  private static let builtIn = Set([14, 15, 16, 17, 22] + Array(27...31) + [36] + Array(50...58))

  /// Whether a format's code shows a day, a month or a year: a time alone is no date.
  static func showsDate(_ code: String) -> Bool {
    var letters = Set<Character>()
    var isQuoted = false
    // What stands in brackets: a colour, a country, or a span of time such as [h].
    var bracketed: String?
    var skipsNext = false
    for character in code.lowercased() {
      if skipsNext {
        skipsNext = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if let content = bracketed {
        if character == "]" {
          if ["h", "m", "s"].contains(where: { Set(content) == Set($0) }) { letters.insert("h") }
          bracketed = nil
        } else {
          bracketed = content + String(character)
        }
      } else {
        switch character {
        case "\"": isQuoted = true
        case "[": bracketed = ""
        case "\\", "_", "*": skipsNext = true
        case ";": return WorkbookStyles.areOfDate(letters)
        default: letters.insert(character)
        }
      }
    }
    return WorkbookStyles.areOfDate(letters)
  }

  /// `m` beside an hour or a second is a minute.
  private static func areOfDate(_ letters: Set<Character>) -> Bool {
    letters.contains("d") || letters.contains("y")
      || letters.contains("m") && !letters.contains("h") && !letters.contains("s")
  }
}
