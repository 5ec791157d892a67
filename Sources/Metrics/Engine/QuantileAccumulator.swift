import Records

/// Discrete quantile: the smallest value whose cumulative share of the values is at least p.
final class QuantileAccumulator: Accumulator {
  private var places: [Int32] = []
  private var gathered: [Int128] = []
  /// p in hundredths.
  private let percent: Int

  init(groups: Int, percent: Int) {
    self.percent = percent
    super.init(groups: groups)
  }

  override func add(_ list: GroupList, _ values: ValueList) {
    for index in 0..<list.count {
      let offset = Int(list.offsets[index])
      guard values.nulls[offset] == 0 else { continue }
      places.append(list.groups[index])
      gathered.append(values.values[offset])
    }
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? QuantileAccumulator else { return }
    places += other.places
    gathered += other.gathered
  }

  override func figures(denominator: Int128) -> Figures {
    var starts = [Int](repeating: 0, count: groups + 1)
    for place in places { starts[Int(place) + 1] += 1 }
    for group in 0..<groups { starts[group + 1] += starts[group] }
    var next = starts
    var sorted = [Int128](repeating: 0, count: gathered.count)
    for (index, place) in places.enumerated() {
      sorted[next[Int(place)]] = gathered[index]
      next[Int(place)] += 1
    }
    var figures = Figures.none(groups)
    figures.denominator = denominator
    for group in 0..<groups where starts[group] < starts[group + 1] {
      let range = starts[group]..<starts[group + 1]
      sorted[range].sort()
      // Rank ⌈p·n⌉ from 1.
      let rank = (percent * range.count + 99) / 100
      figures.numerators[group] = sorted[range.lowerBound + rank - 1]
      figures.defined?[group] = 1
    }
    return figures
  }
}
