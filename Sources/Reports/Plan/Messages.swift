import Metrics
import Records

/// The messages of the sections of a report.
struct Messages {
  private let sections: [ReportDocument.Section]
  private let titles: [String: String]

  /// - Parameters:
  ///   - sections: the sections as they were made.
  ///   - definition: what their parts are called.
  init(_ sections: [ReportDocument.Section], of definition: ReportDefinition) {
    self.sections = sections
    titles = Dictionary(
      definition.sections.flatMap(\.withParts).map { ($0.id, $0.title) },
      uniquingKeysWith: { first, _ in first })
  }

  /// A sentence for each of some sections, the most important first, and whether decisions are
  /// wanted, which only a person can say.
  ///
  /// A section says what its first chart or tree says; one without says its first figure. Those
  /// that have nothing to show say nothing.
  func blocks(
    _ takeaways: ReportDefinition.Takeaways, hasComment: Bool
  ) -> [ReportDocument.Block] {
    let said = takeaways.of.compactMap { id in
      message(id).map { text -> ReportDocument.Prose in
        let title = titles[id] ?? ""
        return title.isEmpty ? text : "\(words: title): \(text)"
      }
    }
    let decisions: ReportDocument.Prose =
      hasComment
      ? "Decisions that are wanted stand in the comment at the top."
      : "Nobody has written down a decision that is wanted; a comment in notes/ would stand at the top."
    return (said.prefix(takeaways.limit) + [decisions]).map { .paragraph($0) }
  }

  private func message(_ id: String) -> ReportDocument.Prose? {
    for section in sections {
      for block in section.blocks {
        switch block {
        case .chart(let chart) where section.id == id || chart.id == id + "-chart":
          if !chart.takeaway.isEmpty { return chart.takeaway }
        case .tree(let tree) where section.id == id || tree.id == id + "-tree":
          return tree.takeaway
        default: continue
        }
      }
      guard section.id == id else { continue }
      for case .figures(let figures) in section.blocks {
        if let first = figures.first, !first.value.isNothing { return sentence(first) }
      }
    }
    return nil
  }

  private func sentence(_ figure: ReportDocument.KeyFigure) -> ReportDocument.Prose {
    let text: ReportDocument.Prose = "\(words: figure.label) \(figure.value)"
    guard let change = figure.change else { return text + "." }
    return text + ", \(change.value) \(words: change.against)."
  }
}

extension Shown {
  /// Whether it is a zero.
  fileprivate var isNothing: Bool { data.allSatisfy { "0.-".contains($0) } }
}
