extension ReportDocument {
  /// What the figures rest on, in the few words that stand under the title.
  var basis: [Fact] {
    ["export", "value-field", "currency"].compactMap { key in
      footer.facts.first { $0.key == key && $0.value.strength != .undefined }
    }
  }

  /// The figures of charts and the nodes of drawn trees, for formats that cannot hide them behind
  /// the picture; in reading order.
  var appendix: [Table] {
    sections.flatMap(\.blocks).compactMap { block in
      switch block {
      case .chart(let chart): chart.data
      case .tree(let tree): tree.picture == nil ? nil : tree.nodes
      default: nil
      }
    }
  }

  /// The number of the table of figures of each chart and drawn tree, by its id, from 1.
  var appendixNumbers: [String: Int] {
    let pictures = sections.flatMap(\.blocks).compactMap { block -> String? in
      switch block {
      case .chart(let chart): chart.id
      case .tree(let tree): tree.picture == nil ? nil : tree.id
      default: nil
      }
    }
    return Dictionary(
      zip(pictures, 1...), uniquingKeysWith: { first, _ in first })
  }
}

extension ReportDocument.AbsentSection {
  /// Sections that are left out, those together that lack the same, as sentences.
  static func grouped(
    _ sections: [ReportDocument.AbsentSection]
  ) -> [(titles: [String], because: String, remedy: String)] {
    var groups: [(titles: [String], because: String, remedy: String)] = []
    for section in sections {
      let because = FindingsPage.sentence(section.because)
      let remedy = section.remedy + "."
      if let known = groups.firstIndex(where: { $0.because == because && $0.remedy == remedy }) {
        groups[known].titles.append(section.title)
      } else {
        groups.append(([section.title], because, remedy))
      }
    }
    return groups
  }
}
