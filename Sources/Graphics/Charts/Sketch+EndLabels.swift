/// Names and values set beside a plot, measured but not yet placed.
///
/// The name and the value are two texts, so that a name written from right to left leaves the
/// number alone.
struct EndTexts {
  /// The side of the plot on which the texts stand.
  enum Side {
    case left
    case right
  }

  /// The names, as far as there is room.
  var names: [String]
  /// The values, whole wherever they take no more than a quarter of the width.
  var values: [String]
  var nameWidths: [Double]
  var valueWidths: [Double]
  /// The least distance between the middles of two neighbours.
  var height: Double

  /// The room from the plot to the far end of the widest pair, the leader included.
  var width: Double {
    let pairs = zip(nameWidths, valueWidths).map { $0 + ($0 > 0 && $1 > 0 ? 8 : 0) + $1 }
    return (pairs.max() ?? 0) + EndTexts.leader
  }

  /// The length between the plot and the texts, where leaders run.
  static let leader = 18.0
}

extension Sketch {
  /// Names and values fitted to a share of the inner width.
  func endTexts(
    _ pairs: [(name: String, value: String)], share: Double = 0.4
  ) -> EndTexts {
    let style = theme.small
    let values = pairs.map {
      measurer.shortened($0.value, to: min(0.25, share) * innerWidth, style: style)
    }
    let room = share * innerWidth - widest(values, style)
    let names = measurer.shortenedApart(pairs.map(\.name), to: room, style: style)
    return EndTexts(
      names: names, values: values, nameWidths: names.map { textWidth($0, style) },
      valueWidths: values.map { textWidth($0, style) },
      height: rowHeight(names + values, style) + 1)
  }

  /// How many labels fit one below the other beside a plot.
  func endCapacity(_ pairs: [(name: String, value: String)], height: Double) -> Int {
    let row = rowHeight(pairs.flatMap { [$0.name.onOneLine, $0.value.onOneLine] }, theme.small) + 1
    return max(1, Int((height + 12) / row))
  }

  /// Texts beside a plot whose edge is at `x`, moved apart, each with a leader from its end.
  ///
  /// `valueFirst` puts values next to the plot in a column of their own, names beyond them. On the
  /// left, values are always next to the plot.
  mutating func place(
    _ texts: EndTexts, ends: [(at: Point, colour: Colour)], side: EndTexts.Side = .right,
    x: Double, within bounds: ClosedRange<Double>, valueFirst: Bool = false
  ) {
    let order = ends.indices.sorted { (ends[$0].at.y, $0) < (ends[$1].at.y, $1) }
    let middles = Apart.places(
      order.map { ends[$0].at.y }, distance: texts.height, within: bounds)
    let (style, sign) = (theme.small, side == .right ? 1.0 : -1.0)
    let anchor: TextMark.Anchor = side == .right ? .start : .end
    let column = texts.valueWidths.max() ?? 0
    for (index, middle) in zip(order, middles) {
      let (end, colour) = ends[index]
      path(
        PathMark(
          through: [
            Point(end.x + 3 * sign, end.y), Point(x + 4 * sign, end.y),
            Point(x + 14 * sign, middle),
          ], stroke: Stroke(colour, dash: abs(x - end.x) > 10 ? [1, 2] : [])))
      let baseline = middle + drop(style)
      let near = x + EndTexts.leader * sign
      let (name, value) = (texts.names[index], texts.values[index])
      if side == .left || valueFirst {
        text(value, at: Point(near, baseline), anchor, style, theme.ink)
        text(
          name, at: Point(near + (column + (column > 0 ? 8 : 0)) * sign, baseline), anchor, style,
          theme.ink)
      } else {
        let gap = texts.nameWidths[index]
        text(name, at: Point(near, baseline), anchor, style, theme.ink)
        text(
          value, at: Point(near + gap + (gap > 0 ? 8 : 0), baseline), anchor, style, theme.ink)
      }
    }
  }
}

/// Places along a line that keep a distance from each other.
enum Apart {
  /// Places at least a distance apart and within bounds, as near as can be to those wanted.
  ///
  /// Wanted places come in rising order. Neighbours that collide join into one block around the
  /// mean of their wishes, which is the least-squares answer (pool adjacent violators).
  static func places(
    _ wanted: [Double], distance: Double, within bounds: ClosedRange<Double>
  ) -> [Double] {
    var blocks: [(sum: Double, count: Int)] = []
    // Taking the distance off makes the question one of order alone.
    for (index, place) in wanted.enumerated() {
      blocks.append((place - Double(index) * distance, 1))
      while blocks.count > 1 {
        let (last, before) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
        guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
        blocks.removeLast(2)
        blocks.append((before.sum + last.sum, before.count + last.count))
      }
    }
    let low = bounds.lowerBound + distance / 2
    let high = bounds.upperBound - distance / 2 - Double(wanted.count - 1) * distance
    let free = blocks.flatMap {
      Array(repeating: min(max($0.sum / Double($0.count), low), max(low, high)), count: $0.count)
    }
    return free.enumerated().map { $0.element + Double($0.offset) * distance }
  }
}
