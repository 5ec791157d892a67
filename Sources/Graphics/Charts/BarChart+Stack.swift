extension BarChart {
  /// The values of an item laid end to end: what is above zero to one side, the rest to the other.
  struct Stack: Equatable {
    /// One value between where it begins and where it ends, in the unit of the chart.
    struct Part: Equatable {
      var series: Int
      var text: String
      var from: Double
      var to: Double
    }

    /// The known values, in the order of the series.
    var parts: [Part]
    /// The sum of what is above zero.
    var high: Double
    /// The sum of what is below zero.
    var low: Double
    /// The sum of all of it, or what the caller gives as the total.
    var total: ChartValue
    /// How many values are undefined and therefore in no sum.
    var undefined: Int
  }

  /// The values of an item as a stack.
  func stack(_ item: Item) -> Stack {
    var parts: [Stack.Part] = []
    var (high, low) = (0.0, 0.0)
    // Sums of the largest numbers stay finite.
    func sum(_ a: Double, _ b: Double) -> Double {
      max(-Double.greatestFiniteMagnitude, min(.greatestFiniteMagnitude, a + b))
    }
    for (index, value) in item.values.enumerated() {
      guard let number = value.number else { continue }
      let from = number < 0 ? low : high
      let to = sum(from, number)
      parts.append(Stack.Part(series: index, text: value.text, from: from, to: to))
      if number < 0 { low = to } else { high = to }
    }
    let total =
      item.total
      ?? (parts.isEmpty ? ChartValue(nil, "") : ChartValue(high + low, format(high + low)))
    return Stack(
      parts: parts, high: high, low: low, total: total,
      undefined: item.values.count - parts.count)
  }

  /// How many series of a stack are told apart.
  static let mostParts = 7

  /// The chart with the series beyond those that colours tell apart summed into one.
  var folded: BarChart {
    guard arrangement != .grouped, seriesCount > Self.mostParts else { return self }
    let kept = Self.mostParts - 1
    var chart = self
    chart.series =
      (0..<kept).map { series.indices.contains($0) ? series[$0] : Series("") }
      + [Series("Other (\(seriesCount - kept))", tone: .muted)]
    chart.items = items.map { item in
      let rest = item.values.dropFirst(kept).compactMap(\.number)
      var item = item
      let sum = rest.reduce(0, +)
      item.total = item.total ?? stack(item).total
      item.values =
        Array(item.values.prefix(kept))
        + [rest.isEmpty ? ChartValue(nil, "") : ChartValue(sum, format(sum))]
      return item
    }
    return chart
  }

  /// What says a total: in a diverging chart with the sign and shape of good or bad.
  func totalText(_ total: ChartValue) -> String {
    guard arrangement == .diverging, let number = total.number else { return total.text }
    let tone = number > 0 ? positiveTone : number < 0 ? negativeTone : .plain
    return tone.shape + total.text
  }

  /// What a sum above zero is: good, unless the series above zero are said to be bad.
  private var positiveTone: Tone {
    series.contains { $0.tone == .bad } && !series.contains { $0.tone == .good } ? .bad : .good
  }
  private var negativeTone: Tone { positiveTone == .good ? .bad : .good }

  /// The sums at the two ends of a diverging stack, each with its text, where there are any.
  func sides(_ stack: Stack) -> [(number: Double, text: String)] {
    // A part of nothing has no side.
    let above = stack.parts.filter { $0.to > $0.from }
    let below = stack.parts.filter { $0.to < $0.from }
    return [(stack.low, below), (stack.high, above)].compactMap { number, parts in
      guard let first = parts.first else { return nil }
      return (number, parts.count == 1 ? first.text : (number > 0 ? "+" : "") + format(number))
    }
  }
}
