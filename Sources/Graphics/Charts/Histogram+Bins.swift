import Foundation

extension Histogram {
  /// The numbers from `low` up to but not including `high`; nil is open.
  struct Bin: Equatable {
    var low: Double?
    var high: Double?
    var count: Int
    /// Whether it holds what is at or below zero, which has no ratio.
    var isToZero = false
  }

  /// The most bins of one histogram.
  static let mostBins = 40

  /// The bins of rising numbers, of which there is at least one.
  func bins(_ known: [Double]) -> [Bin] {
    switch spacing {
    case .even: evenBins(known)
    case .ratios: ratioBins(known)
    }
  }

  private func evenBins(_ known: [Double]) -> [Bin] {
    let (least, most) = (known.first ?? 0, known.last ?? 0)
    let (q1, q3) = (Self.quantile(0.25, of: known), Self.quantile(0.75, of: known))
    let width = Self.width(known)
    var (low, high) = (least, most)
    var step = Step(near: width)
    if step.count(from: low, to: high) > Self.mostBins, q3 > q1 {
      // Tukey's outer fences ("Exploratory Data Analysis", 1977): what is beyond is far out.
      let fence = (low: q1 - 3 * (q3 - q1), high: q3 + 3 * (q3 - q1))
      low = known.first { $0 >= fence.low } ?? least
      high = known.last { $0 <= fence.high } ?? most
    }
    while step.count(from: low, to: high) > Self.mostBins { step = step.next }
    let first = step.index(low)
    let edges = (first...(step.index(high) + 1)).map(step.multiple)
    return Self.fill(edges, known)
  }

  /// The width of a bin before it is rounded; above zero.
  static func width(_ known: [Double]) -> Double {
    let (least, most) = (known.first ?? 0, known.last ?? 0)
    let count = Double(max(1, known.count))
    let iqr = quantile(0.75, of: known) - quantile(0.25, of: known)
    let freedmanDiaconis = 2 * iqr / cbrt(count)
    let sturges = (most / 2 - least / 2) / (1 + log2(count)) * 2
    let width = freedmanDiaconis > 0 ? freedmanDiaconis : sturges
    // Equal numbers have one bin, as wide as the number is large.
    let alone = most == 0 ? 1 : max(abs(most) / 10, 1e-300)
    return width > 0 && width.isFinite ? width : most > least ? most / 2 - least / 2 : alone
  }

  private func ratioBins(_ known: [Double]) -> [Bin] {
    let positive = known.filter { $0 > 0 }
    var bins: [Bin] = []
    if let least = positive.first, let most = positive.last {
      let powers = Int(log10(least).rounded(.down))...Int(log10(most).rounded(.down)) + 1
      // Three bins to a factor of ten, or one where that would be too many.
      let digits: [Double] = powers.count * 3 <= Self.mostBins + 3 ? [1, 2, 5] : [1]
      let all = powers.flatMap { power in digits.map { Ticks.decimal($0, power: power) } }
        .filter(\.isFinite)
      let first = all.lastIndex { $0 <= least } ?? 0
      let last = all.firstIndex { $0 > most } ?? all.count - 1
      bins = Self.fill(Array(all[first...max(last, min(first + 1, all.count - 1))]), positive)
    }
    let rest = known.count - positive.count
    return rest > 0
      ? [Bin(low: nil, high: positive.isEmpty ? nil : bins.first?.low, count: rest, isToZero: true)]
        + bins : bins
  }

  /// How many of the rising numbers lie between each two edges and beyond them.
  private static func fill(_ edges: [Double], _ known: [Double]) -> [Bin] {
    var bins = zip(edges, edges.dropFirst()).map { Bin(low: $0, high: $1, count: 0) }
    var (below, above) = (0, 0)
    var place = 0
    for number in known {
      while place < bins.count, let high = bins[place].high, number >= high { place += 1 }
      if let first = edges.first, number < first {
        below += 1
      } else if place < bins.count {
        bins[place].count += 1
      } else {
        above += 1
      }
    }
    return (below > 0 ? [Bin(low: nil, high: edges.first, count: below)] : []) + bins
      + (above > 0 ? [Bin(low: edges.last, high: nil, count: above)] : [])
  }

  /// A width that reads well: 1, 2, 2.5 or 5 times a power of ten.
  private struct Step {
    private static let digits: [Double] = [1, 2, 2.5, 5]
    var place: Int
    var power: Int

    /// The step whose ratio to a width is nearest to one.
    init(near width: Double) {
      let power = Int(log10(width).rounded(.down))
      let size = width / pow(10, Double(power))
      // Halfway between neighbours in ratio; beyond the last it is ten.
      let place = zip(Self.digits, Self.digits.dropFirst() + [10]).filter { low, high in
        size > (low * high).squareRoot()
      }.count
      self.place = place % Self.digits.count
      self.power = power + place / Self.digits.count
    }

    var size: Double { Ticks.decimal(Self.digits[place], power: power) }

    /// The next wider step.
    var next: Step {
      var step = self
      step.place = (place + 1) % Self.digits.count
      step.power += step.place == 0 ? 1 : 0
      return step
    }

    /// Which bin a number lies in, counted from zero.
    func index(_ number: Double) -> Int {
      let index = (number / size).rounded(.down)
      return Int(max(-1e15, min(1e15, index)))
    }

    func multiple(_ index: Int) -> Double {
      Ticks.decimal(Double(index) * Self.digits[place], power: power)
    }

    func count(from low: Double, to high: Double) -> Int { index(high) - index(low) + 1 }
  }
}
