import Records

// What all formats say in the same words.

extension ReportDocument {
  /// Sections that are left out for one and the same lack.
  struct Absence: Equatable {
    /// Titles of the sections, as a list.
    let titles: String
    /// What the export lacks, as a sentence.
    let because: String
    /// How to get it, as a clause with its end.
    let remedy: String
  }

  /// The sections that are left out, those together that lack the same.
  var absences: [Absence] {
    var groups: [(titles: [String], first: AbsentSection)] = []
    for section in absent {
      if let known = groups.firstIndex(where: {
        $0.first.because == section.because && $0.first.remedy == section.remedy
      }) {
        groups[known].titles.append(section.title)
      } else {
        groups.append(([section.title], section))
      }
    }
    return groups.map { group in
      Absence(
        titles: words.list(group.titles),
        because: FindingsPage.sentence(group.first.because), remedy: group.first.remedy + ".")
    }
  }

  /// The sections that had nothing to show, in one sentence; nil where there are none.
  var quietSentence: String? {
    guard !quiet.isEmpty else { return nil }
    return words.say(
      .quietSections, ["titles": ReportDocument.Prose(words.list(quiet.map(\.title)))])
  }
}

extension ReportDocument.Footer {
  /// What the figures rest on, in the few facts that stand under the title.
  var basis: [ReportDocument.Fact] {
    ["export", "value-field", "currency"].compactMap { key in
      facts.first { $0.key == key && $0.value.strength != .undefined }
    }
  }
}

extension ReportDocument.Callout.Kind {
  /// The word before the text.
  func word(_ words: ReportWords) -> String {
    switch self {
    case .warning: words[.calloutWarning]
    case .note: words[.calloutNote]
    }
  }
}

extension ReportDocument.Change.Direction {
  /// The sign beside a change, which says its direction without colour.
  var arrow: String {
    switch self {
    case .up: "▲"
    case .down: "▼"
    case .flat: "="
    }
  }
}
