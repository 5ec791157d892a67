/// The words that a workbook adds to those of its document, in its language.
struct WorkbookWords {
  private let words: ReportWords
  /// The name of the first sheet.
  let cover: String
  /// The name of the last sheet.
  let definitionsSheet: String

  /// The words of a language; the sheets that every workbook has are named first.
  init(_ words: ReportWords, names: inout SheetNames) {
    self.words = words
    cover = names.name(for: words[.sheetCover])
    definitionsSheet = names.name(for: words[.definitions])
  }

  var back: String { words[.sheetBack] }
  var definitions: String { words[.definitions] }
  var asOf: String { words[.asOf] }
  var comment: String { words[.comment] }
  var absent: String { words[.notInReport] }
  var remedy: String { words[.toHaveIt] }
  var quiet: String { words[.nothingThisTime] }
  var reading: String { words[.sheetReading] }
  var about: String { words[.aboutReport] }
  /// The heads of key figures behind the first, which is their section's title.
  var figureHeads: [String] { [words[.sheetValue], words[.sheetChange], words[.sheetCompared]] }
  var contentHeads: [String] { [words[.sheetContents], words[.sheetRows], "", words[.sheetSays]] }
  var qualityHeads: [String] { [words[.dataQuality], words[.sheetCount], "", ""] }
  var definitionHeads: [String] {
    [words[.sheetFigure], words[.sheetDefinition], words[.sheetDataName]]
  }
  var readingLines: [String] {
    [.sheetUnknown, .sheetExact, .sheetComplete, .sheetNames, .sheetTexts].map { words[$0] }
  }

  /// A severity of a finding.
  func severity(_ name: String) -> String { words.severity(name) }

  func noRows(_ why: String) -> String { words.say(.sheetNoRows, ["why": Prose(why)]) }

  func complete(_ count: String, shown: String) -> String {
    words.say(.sheetAll, ["count": Prose(count), "shown": Prose(shown)])
  }

  func part(_ number: Int, of all: Int) -> String {
    words.say(.sheetPart, ["number": count(number), "all": count(all)])
  }

  /// What a sheet could not hold, in sentences; nil where it held everything.
  func limits(_ sheet: Sheet, _ limits: SheetLimits) -> String? {
    var sentences: [String] = []
    if sheet.cutTexts > 0 {
      sentences.append(
        words.say(
          .sheetCutTexts, ["count": count(sheet.cutTexts), "limit": count(limits.characters)]))
    }
    if sheet.missingLinks > 0 {
      sentences.append(
        words.say(
          .sheetMissingLinks,
          [
            "count": count(sheet.missingLinks), "limit": count(limits.linksPerSheet),
            "length": count(limits.linkCharacters),
          ]))
    }
    if sheet.longNumbers > 0 {
      sentences.append(
        words.say(
          .sheetLongNumbers, ["count": count(sheet.longNumbers), "digits": count(limits.digits)]))
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  private typealias Prose = ReportDocument.Prose

  /// A number by which words choose between one and several.
  private func count(_ number: Int) -> Prose {
    Prose(runs: [.value(Shown(String(number), data: String(number), unit: .count))])
  }
}
