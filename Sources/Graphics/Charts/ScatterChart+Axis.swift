import Foundation

extension ScatterChart.Axis {
  /// Whether a number has a place on the axis.
  func holds(_ number: Double) -> Bool { !isLogarithmic || number > 0 }

  /// The title, and how distances are to be read where they are not plain.
  var name: String { isLogarithmic && !title.isEmpty ? title + ", logarithmic" : title }

  /// Equal ratios as equal differences; of positive numbers only.
  func ratio(_ number: Double) -> Double { log10(number) }

  /// The scale between two places, wide enough that the dots at its ends are whole.
  func scale(_ numbers: [Double], from start: Double, to end: Double) -> ValueScale {
    let all = numbers + (reference.map { [$0.number] } ?? []).filter { $0.isFinite && holds($0) }
    let (low, high) = (all.min() ?? 0, all.max() ?? 0)
    if isLogarithmic, low > 0 {
      // A twentieth of the length at both ends, or from half to double around a single number.
      let pad = low < high ? pow(high / low, 0.05) : 2
      let domain = max(low / pad, .leastNormalMagnitude)...min(high * pad, .greatestFiniteMagnitude)
      if let scale = LogScale(domain: domain, from: start, to: end) { return .log(scale) }
    }
    if includesZero || low == high {
      return .linear(LinearScale(domain: Sketch.domain(all), from: start, to: end))
    }
    let pad = 0.05 * high - 0.05 * low
    return .linear(
      LinearScale(
        domain: max(
          low - pad, -.greatestFiniteMagnitude)...min(
            high + pad, .greatestFiniteMagnitude), from: start, to: end))
  }
}
