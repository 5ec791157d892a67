extension ReportDocument {
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
