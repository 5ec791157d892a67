import Foundation

/// Good places for ticks on an axis of numbers.
///
/// The search of Talbot, Lin and Hanrahan, "An Extension of Wilkinson's Algorithm for Positioning
/// Tick Labels on Axes", IEEE InfoVis 2010: among labellings with steps 1, 5, 2, 2.5, 4 and 3 times
/// a power of ten, the one with the best weighted sum of simplicity, coverage and density. Their
/// legibility term is 1 here, since labels are measured and thinned where they are drawn.
public enum Ticks {
  /// The steps in order of preference.
  private static let preferred: [Double] = [1, 5, 2, 2.5, 4, 3]
  /// The weights of simplicity, coverage, density and legibility.
  private static let weights = (simplicity: 0.25, coverage: 0.2, density: 0.5, legibility: 0.05)

  /// Ticks in rising order, each the decimal number that its text will say.
  ///
  /// The first and last may lie a little inside or outside the range. A range without extent gives
  /// its one number; a range that is not finite gives none.
  ///
  /// - Parameters:
  ///   - range: The numbers that the axis must show.
  ///   - count: How many ticks would be ideal, two or more.
  /// - Returns: The numbers at which ticks stand.
  public static func values(for range: ClosedRange<Double>, count: Int) -> [Double] {
    let (low, high) = (range.lowerBound, range.upperBound)
    guard low.isFinite, high.isFinite, (high - low).isFinite else { return [] }
    guard high - low > 1e-10 * max(abs(low), abs(high)), high - low > 1e-300 else { return [low] }
    return Search(low: low, high: high, wanted: max(2, count)).best()
  }

  /// A decimal number by its digits and its power of ten, rounded once.
  static func decimal(_ digits: Double, power: Int) -> Double {
    // Dividing by an exact power of ten rounds once: 0.3, not 0.30000000000000004.
    power >= 0 ? digits * pow(10, Double(power)) : digits / pow(10, Double(-power))
  }

  private struct Labelling {
    /// The unit `q · 10^z`, whose multiples the ticks are.
    var unit: (q: Double, z: Int)
    /// The first tick in units, and how many units lie between ticks.
    var start: Double
    var skip: Int
    var count: Int

    var values: [Double] {
      (0..<count).map { index in
        Ticks.decimal((start + Double(index * skip)) * unit.q, power: unit.z)
      }
    }
  }

  private struct Search {
    var low: Double
    var high: Double
    var wanted: Int

    func best() -> [Double] {
      var best: Labelling?
      var bestScore = -2.0
      var skip = 1
      while true {
        for (place, q) in preferred.enumerated() {
          let simplest = simplicity(place: place, skip: skip, hasZero: true)
          if score(simplest, 1, 1) < bestScore { return best?.values ?? [] }
          var count = 2
          while true {
            let densest = count >= wanted ? 2 - Double(count - 1) / Double(wanted - 1) : 1
            if score(simplest, 1, densest) < bestScore { break }
            tryPowers(
              place: place, q: q, skip: skip, count: count, limit: (simplest, densest),
              best: &best, bestScore: &bestScore)
            count += 1
          }
        }
        skip += 1
      }
    }

    private func tryPowers(
      place: Int, q: Double, skip: Int, count: Int, limit: (simplicity: Double, density: Double),
      best: inout Labelling?, bestScore: inout Double
    ) {
      let delta = (high - low) / Double(count + 1) / Double(skip) / q
      var z = Int(log10(delta).rounded(.up))
      while true {
        let step = Double(skip) * q * pow(10, Double(z))
        let span = step * Double(count - 1)
        if score(limit.simplicity, widestCoverage(span: span), limit.density) < bestScore { return }
        let first = (high / step).rounded(.down) * Double(skip) - Double((count - 1) * skip)
        let last = (low / step).rounded(.up) * Double(skip)
        var start = first
        while start <= last {
          let labelLow = start * (step / Double(skip))
          let labelHigh = labelLow + span
          // Zero is a tick when the first tick is a whole number of steps from it.
          let hasZero =
            start.truncatingRemainder(dividingBy: Double(skip)) == 0 && labelLow <= 0
            && labelHigh >= 0
          let total = score(
            simplicity(place: place, skip: skip, hasZero: hasZero),
            coverage(labelLow, labelHigh), density(count, labelLow, labelHigh))
          if total > bestScore {
            bestScore = total
            best = Labelling(unit: (q, z), start: start, skip: skip, count: count)
          }
          start += 1
        }
        z += 1
      }
    }

    private func score(_ simplicity: Double, _ coverage: Double, _ density: Double) -> Double {
      weights.simplicity * simplicity + weights.coverage * coverage + weights.density * density
        + weights.legibility
    }

    private func simplicity(place: Int, skip: Int, hasZero: Bool) -> Double {
      1 - Double(place) / Double(preferred.count - 1) - Double(skip) + (hasZero ? 1 : 0)
    }

    private func coverage(_ labelLow: Double, _ labelHigh: Double) -> Double {
      let range = 0.1 * (high - low)
      let (above, below) = ((high - labelHigh) / range, (low - labelLow) / range)
      return 1 - 0.5 * (above * above + below * below)
    }

    private func widestCoverage(span: Double) -> Double {
      guard span > high - low else { return 1 }
      let half = (span - (high - low)) / 2 / (0.1 * (high - low))
      return 1 - half * half
    }

    private func density(_ count: Int, _ labelLow: Double, _ labelHigh: Double) -> Double {
      let actual = Double(count - 1) / (labelHigh - labelLow)
      let ideal = Double(wanted - 1) / (max(labelHigh, high) - min(labelLow, low))
      return 2 - max(actual / ideal, ideal / actual)
    }
  }
}
