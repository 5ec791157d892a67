extension WaterfallChart {
  /// The steps drawn, and sentences on what was summed or counted as nothing.
  ///
  /// Of too many movements the largest stay; the others become one step before the level that
  /// follows them, so that every level is still reached. Of too many levels the first and the last
  /// ones stay.
  var shown: (steps: [Step], sentences: [String]) {
    var sentences: [String] = []
    let unknown = steps.filter { $0.value?.number == nil }.map(\.label)
    if !unknown.isEmpty {
      let names = unknown.prefix(3).joined(separator: ", ")
      let more = unknown.count > 3 ? " and \(unknown.count - 3) more" : ""
      sentences.append("Undefined and counted as nothing: \(names)\(more).")
    }
    let maximum = max(4, maximum)
    guard steps.count > maximum else { return (steps, sentences) }

    let levels = steps.indices.filter { steps[$0].kind == .level }
    let mostLevels = max(2, maximum / 3)
    let keptLevels = Set(
      levels.count > mostLevels ? levels.prefix(1) + levels.suffix(mostLevels - 1) : levels[...])
    if keptLevels.count < levels.count {
      sentences.append("\(keptLevels.count) of \(levels.count) levels are shown.")
    }
    let movements = steps.indices.filter { steps[$0].kind == .movement }
    // Each level kept may be preceded by one step of what was summed.
    let room = max(1, maximum - 2 * keptLevels.count)
    let size = steps.map { abs($0.value?.number ?? 0) }
    let kept = Set(movements.sorted { (size[$1], $0) < (size[$0], $1) }.prefix(room))
    if kept.count < movements.count {
      sentences.append(
        Cut.largest.sentence(shown: kept.count, of: movements.count, what: "movements")
          .replacing(" shown.", with: " named; the others are summed.", maxReplacements: 1))
    }
    return (fold(keeping: kept.union(keptLevels)), sentences)
  }

  private func fold(keeping kept: Set<Int>) -> [Step] {
    var folded: [Step] = []
    var rest: [Step] = []
    func sum() -> [Step] {
      guard !rest.isEmpty else { return [] }
      let number = rest.compactMap { $0.value?.number }.reduce(0, +)
      let sign = number > 0 ? "+" : ""
      return [.movement("Other (\(rest.count))", ChartValue(number, sign + format(number)))]
    }
    for (index, step) in steps.enumerated() {
      switch (kept.contains(index), step.kind) {
      case (true, .movement): folded.append(step)
      case (true, .level):
        folded += sum() + [step]
        rest = []
      case (false, .movement): rest.append(step)
      case (false, .level): continue
      }
    }
    return folded + sum()
  }
}
