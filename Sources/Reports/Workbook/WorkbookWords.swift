/// The words that a workbook adds to those of its document.
enum WorkbookWords {
  static let cover = "Cover"
  static let definitions = "Definitions"
  static let back = "Back to the cover"
  static let asOf = "As of"
  static let comment = "Comment"
  static let figures = ["Figure", "Value", "Change", "What it is compared with"]
  static let contents = ["In this workbook", "Rows", "", "What it says"]
  static let absent = "Not in this report"
  static let quiet = "Nothing to show"
  static let reading = "How to read this workbook"
  static let about = "Where the figures come from"
  static let quality = ["What was wrong with the data", "How often", "", ""]
  static let definitionHeads = ["Figure", "Definition", "Name in data"]

  static let readingLines = [
    "An empty cell is not known; it is not zero. A rate in italics rests on fewer than five cases.",
    "Numbers are exact: a cell may hold more digits than it shows.",
    "Lists are complete, also where pages and mails show only their first rows.",
    "Names lead to their records in the CRM; the Id of each record stands in the column behind.",
    "Texts come from the export and are text, whatever they begin with.",
  ]

  static func noRows(_ why: String) -> String { "No rows. " + why }

  static func complete(_ count: String, shown: String) -> String {
    "All \(count) rows; pages and mails show \(shown)."
  }

  static func part(_ number: Int, of count: Int) -> String {
    "Part \(number) of \(count): the list is longer than a sheet."
  }

  /// What a sheet could not hold, in a sentence; nil where it held everything.
  static func limits(_ sheet: Sheet, _ limits: SheetLimits) -> String? {
    var parts: [String] = []
    if sheet.cutTexts > 0 {
      parts.append(
        "\(sheet.cutTexts) \(sheet.cutTexts == 1 ? "text is" : "texts are") cut after "
          + "\(limits.characters) characters, the most that a cell holds")
    }
    if sheet.missingLinks > 0 {
      parts.append(
        "\(sheet.missingLinks) \(sheet.missingLinks == 1 ? "name has" : "names have") no link, "
          + "since a sheet holds \(limits.linksPerSheet) links of \(limits.linkCharacters) "
          + "characters at most")
    }
    if sheet.longNumbers > 0 {
      parts.append(
        "\(sheet.longNumbers) \(sheet.longNumbers == 1 ? "number is" : "numbers are") text, since "
          + "a spreadsheet keeps \(limits.digits) digits only")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ") + "."
  }
}
