/// What a balance problem asks of each territory.
///
/// Grain: territory × measure, at index `territory * measures + measure`. The mean that counts for a
/// territory is that of its group: the territories that are joined by moves that are allowed. No
/// move changes the sum of a group, so that a group as a whole is within reach of its mean.
struct BalanceLimits: Sendable {
  /// For each territory the first one of its group.
  let groups: [Int32]
  /// What each territory holds today.
  let loads: [Int64]
  /// The least and the most that it may hold.
  let lower: [Int64]
  let upper: [Int64]
  /// The same, widened by what is outside whatever moves: what stays there, or all that may come.
  let floor: [Int64]
  let ceiling: [Int64]
  /// What it would hold with all that may be there.
  let reachable: [Int64]
  /// Mean of its group; 0 where the group holds nothing of the measure, which then does not count.
  let means: [Double]
  /// What one mean outside the limits costs, in points: ten times as much as moving every family.
  let price: Double
  /// What the excess costs that is there whatever moves, in points.
  let unavoidable: Double

  init(_ problem: BalanceProblem) {
    let (territories, measures) = (problem.territories, problem.measures)
    groups = BalanceLimits.groups(problem)
    var loads = [Int64](repeating: 0, count: territories * measures)
    for territory in 0..<territories {
      for measure in 0..<measures {
        loads[territory * measures + measure] = problem.fixed[measure][territory]
      }
    }
    var everything = 0.0
    for family in problem.families {
      for measure in 0..<measures {
        loads[Int(family.home) * measures + measure] += family.amounts[measure]
      }
      everything += Double(family.disruption) / 10_000
    }
    var sums = [Int128](repeating: 0, count: territories * measures)
    var sizes = [Int128](repeating: 0, count: territories)
    for territory in 0..<territories {
      let group = Int(groups[territory])
      sizes[group] += 1
      for measure in 0..<measures {
        sums[group * measures + measure] += Int128(loads[territory * measures + measure])
      }
    }
    var lower = [Int64](repeating: .min, count: loads.count)
    var upper = [Int64](repeating: .max, count: loads.count)
    var means = [Double](repeating: 0, count: loads.count)
    let whole: Int128 = 1_000_000
    let tolerance = Int128(problem.tolerance)
    for territory in 0..<territories {
      let group = Int(groups[territory])
      for measure in 0..<measures {
        let (sum, size) = (sums[group * measures + measure], sizes[group])
        guard sum > 0 else { continue }
        let index = territory * measures + measure
        // The whole numbers within the tolerance: a load is one.
        let least = sum * max(0, whole - tolerance)
        lower[index] = Int64((least + size * whole - 1) / (size * whole))
        upper[index] = Int64(sum * (whole + tolerance) / (size * whole))
        means[index] = Double(sum) / Double(size)
      }
    }
    let reachable = BalanceLimits.reachable(problem)
    var (floor, ceiling, excess) = (lower, upper, 0.0)
    for index in loads.indices where means[index] > 0 {
      let fixed = problem.fixed[index % measures][index / measures]
      floor[index] = min(lower[index], reachable[index])
      ceiling[index] = max(upper[index], fixed)
      excess += Double(lower[index] - floor[index] + ceiling[index] - upper[index]) / means[index]
    }
    self.loads = loads
    self.lower = lower
    self.upper = upper
    self.floor = floor
    self.ceiling = ceiling
    self.reachable = reachable
    self.means = means
    price = BalanceLimits.weight * max(everything, 1)
    unavoidable = price * excess
  }

  /// How much dearer being outside by a mean is than moving everything: a tenth of a mean outside is
  /// worth any moves, so that what can be within the tolerance is.
  static let weight = 10.0

  /// What a load lies outside the widened limits, in means: what moves can change.
  @inline(__always)
  func excess(_ load: Int64, at index: Int) -> Double {
    let outside = load > ceiling[index] ? load - ceiling[index] : floor[index] - load
    return outside > 0 && means[index] > 0 ? Double(outside) / means[index] : 0
  }

  private static func reachable(_ problem: BalanceProblem) -> [Int64] {
    let measures = problem.measures
    var reachable = (0..<problem.territories * measures).map {
      problem.fixed[$0 % measures][$0 / measures]
    }
    for family in problem.families {
      let others = problem.allowed[family.allowed].filter { $0 != family.home }
      for territory in others + [family.home] {
        for measure in 0..<measures {
          reachable[Int(territory) * measures + measure] += family.amounts[measure]
        }
      }
    }
    return reachable
  }

  /// Territories joined by allowed moves have the same first territory.
  private static func groups(_ problem: BalanceProblem) -> [Int32] {
    var sets = JoinedSets(tops: (0..<Int32(problem.territories)).map { $0 })
    var seen: Set<[Int]> = []
    for family in problem.families
    where seen.insert([Int(family.home), family.allowed]).inserted {
      for territory in problem.allowed[family.allowed] {
        let (one, other) = (sets.top(of: family.home), sets.top(of: territory))
        sets.join(min(one, other), with: max(one, other))
      }
    }
    return (0..<Int32(problem.territories)).map { sets.top(of: $0) }
  }
}
