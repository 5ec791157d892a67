import Metrics
import Records

extension SectionBuilder {
  /// Fills a section with those that it groups; a part that cannot be made says why in its place.
  func fill(
    _ result: inout ReportDocument.Section,
    with parts: [(section: ReportDefinition.Section, step: ReportPlan.Step)]
  ) {
    var absences: [ReportDocument.Prose] = []
    for (part, step) in parts where shows(part) {
      let state = context.readiness?.state(of: step, in: plan) ?? SectionState(parts: [])
      guard state.level != .absent else {
        // A group without any part that can be made is absent as a whole.
        if !part.isCallout, let because = context.readiness?.words.because(state) {
          result.blocks.append(
            .paragraph(named(part, "not in this report, because \(words: because).")))
        }
        continue
      }
      let built = section(step, part, state, isPart: true)
      if let why = built.absence {
        absences.append(why)
        if !part.isOmittedWhenEmpty { result.blocks.append(.paragraph(named(part, why))) }
      } else {
        result.blocks += built.blocks
      }
    }
    // Where only reasons are left, they stand for the section.
    guard result.blocks.allSatisfy(\.isParagraph), !absences.isEmpty else { return }
    result.blocks = []
    result.absence = joined(absences)
  }

  /// A sentence about a part of a group, with the title of the part before it.
  private func named(
    _ part: ReportDefinition.Section, _ sentence: ReportDocument.Prose
  ) -> ReportDocument.Prose {
    part.title.isEmpty ? sentence.startingSentence : "\(words: part.title): \(sentence)"
  }

  private func joined(_ sentences: [ReportDocument.Prose]) -> ReportDocument.Prose {
    // Parts that lack the same say it once.
    var seen: Set<ReportDocument.Prose> = []
    let once = sentences.filter { seen.insert($0).inserted }
    return once.dropFirst().reduce(once[0]) { $0 + " " + $1 }
  }
}

extension ReportDocument.Block {
  fileprivate var isParagraph: Bool {
    if case .paragraph = self { return true }
    return false
  }
}

extension ReportDefinition.Section {
  /// Whether the section only points at something, so that nobody misses it where it is not there.
  var isCallout: Bool {
    switch content {
    case .callout, .text: true
    default: false
    }
  }
}
