import Metrics
import Records

// What a section says of what the export does not let it show.
extension SectionBuilder {
  /// A section that is left out.
  func absent(
    _ section: ReportDefinition.Section, _ state: SectionState
  ) -> ReportDocument.AbsentSection {
    ReportDocument.AbsentSection(
      id: section.id, title: section.title, because: context.readiness?.words.because(state) ?? "",
      remedy: context.readiness?.words.remedy(state) ?? "")
  }

  /// What stands in place of a headline of which no figure can be made.
  func absentHeadline(_ state: SectionState) -> ReportDocument.Prose {
    let because = context.readiness?.words.because(state.reasons) ?? ""
    return "\(plan.editionName): no figure for a headline, because \(words: because)."
  }

  /// What a section is shown without, as sentences; nil where that is nothing or said elsewhere.
  func poorer(_ step: ReportPlan.Step, _ state: SectionState) -> ReportDocument.Prose? {
    // The parts of a group say it themselves.
    if case .group = step { return nil }
    guard let words = context.readiness?.words else { return nil }
    var sentences = state.poorer.map {
      FindingsPage.sentence(words.effect(of: $0) + ": " + words.because([$0]))
    }
    switch step {
    // Its parts say so themselves.
    case .group: return nil
    case .rows, .listing, .standard: sentences = words.notShown(state) + sentences
    default: break
    }
    return sentences.isEmpty ? nil : ReportDocument.Prose(sentences.joined(separator: " "))
  }
}

extension LackWords {
  /// A sentence for each group of parts that lack the same.
  func notShown(_ state: SectionState) -> [String] {
    state.lost.map { "Without \(list($0.labels)): \(because($0.missing))." }
  }
}

extension ReportDocument.Prose {
  /// The prose without what joined it to a part before it that was left out.
  var startingSentence: ReportDocument.Prose {
    guard case .words(let first) = runs.first else { return self }
    let kept = first.drop { ",;.: ".contains($0) }
    guard kept.count < first.count else { return self }
    let start = kept.prefix(1).uppercased() + kept.dropFirst()
    return ReportDocument.Prose(runs: (start.isEmpty ? [] : [.words(start)]) + runs.dropFirst())
  }
}
