import Records

/// For each class of each column the rules to be tested on its rows.
struct RuleIndex: Sendable {
  /// Rules that may match any row, ascending.
  let everywhere: [Int32]
  /// Columns that lead to rules.
  let columns: [Int]
  /// For each of `columns` where the rules of each class start in `rules`.
  private let starts: [[Int32]]
  private let rules: [Int32]

  /// - Parameters:
  ///   - anchors: by rule; a rule that is not here is not looked for.
  ///   - compiled: the rules.
  init(_ anchors: [(rule: Int32, anchor: RuleAnchor?)], of compiled: CompiledRules) {
    everywhere = anchors.filter { $0.anchor == nil }.map(\.rule)
    var columns: [Int] = []
    var starts: [[Int32]] = []
    var all: [Int32] = []
    for column in compiled.columns.indices {
      var ofClass = [[Int32]](repeating: [], count: compiled.columns[column].classCount)
      for (rule, anchor) in anchors {
        for number in anchor?.classes(ofColumn: column) ?? [] { ofClass[number].append(rule) }
      }
      guard ofClass.contains(where: { !$0.isEmpty }) else { continue }
      var own: [Int32] = []
      for rules in ofClass {
        own.append(Int32(all.count))
        all += rules
      }
      columns.append(column)
      starts.append(own + [Int32(all.count)])
    }
    self.columns = columns
    self.starts = starts
    rules = all
  }

  /// Calls a body with each rule that may match a row, some more than once.
  @inline(__always)
  func forEachCandidate(_ classes: [Int32], _ body: (Int32) -> Void) {
    for rule in everywhere { body(rule) }
    for index in columns.indices {
      let number = Int(classes[columns[index]])
      for position in Int(starts[index][number])..<Int(starts[index][number + 1]) {
        body(rules[position])
      }
    }
  }
}
