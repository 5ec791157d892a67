import Metrics
import Records

extension SectionBuilder {
  /// Several parts under one heading; one that has nothing to show says why in its place.
  func chapter(
    _ parts: [ReportPlan.Part], _ section: ReportDefinition.Section
  ) -> ReportDocument.Section {
    var result = ReportDocument.Section(id: section.id, title: section.title)
    var reasons: [ReportDocument.Prose] = []
    for part in parts {
      let state = context.readiness?.state(of: part.step, in: plan) ?? SectionState(parts: [])
      if state.level == .absent {
        let because = context.readiness?.words.because(state) ?? ""
        reasons.append("\(words: part.section.title) is not in this report: \(words: because).")
        continue
      }
      var content = self.section(part.step, part.section, state)
      if case .chart(let step) = part.step {
        let (block, why) = chart(step, part.section, state, isPart: true)
        content.blocks = block.map { [.chart($0)] } ?? []
        content.absence = why
      }
      if let absence = content.absence {
        reasons.append("\(words: part.section.title): \(absence)")
      }
      result.blocks += content.blocks
    }
    if result.blocks.isEmpty, let first = reasons.first {
      result.absence = reasons.dropFirst().reduce(first) { $0 + " " + $1 }
    } else {
      result.blocks += reasons.map { .paragraph($0) }
    }
    return result
  }
}

/// The messages of the sections of a report.
struct Messages {
  private let sections: [ReportDocument.Section]

  init(_ sections: [ReportDocument.Section]) {
    self.sections = sections
  }

  /// A sentence for each of some sections, the most important first.
  ///
  /// A section says what its first chart or tree says; one without says its first figure. Those
  /// that have nothing to show say nothing.
  func blocks(_ takeaways: ReportDefinition.Takeaways) -> [ReportDocument.Block] {
    let said = takeaways.of.compactMap(message)
    return said.prefix(takeaways.limit).map { .paragraph($0) }
  }

  private func message(_ id: String) -> ReportDocument.Prose? {
    for section in sections {
      for block in section.blocks {
        switch block {
        case .chart(let chart) where section.id == id || chart.id == id + "-chart":
          if !chart.takeaway.isEmpty { return "\(words: section.title): \(chart.takeaway)" }
        case .tree(let tree) where section.id == id || tree.id == id + "-tree":
          return "\(words: section.title): \(tree.takeaway)"
        default: continue
        }
      }
      guard section.id == id else { continue }
      for case .figures(let figures) in section.blocks {
        if let first = figures.first { return sentence(section.title, first) }
      }
    }
    return nil
  }

  private func sentence(
    _ title: String, _ figure: ReportDocument.KeyFigure
  ) -> ReportDocument.Prose {
    let text: ReportDocument.Prose = "\(words: title): \(words: figure.label) \(figure.value)"
    guard let change = figure.change else { return text + "." }
    return text + ", \(change.value) \(words: change.against)."
  }
}
