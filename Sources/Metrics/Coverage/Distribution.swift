import Records

/// How evenly something is spread: METRICS §2, balance.
public struct Distribution: Sendable {
  private let ascending: [Int128]
  private let total: Int128

  /// - Parameter values: one for each holder, those with nothing included.
  public init(_ values: [Int128]) {
    ascending = values.sorted()
    total = values.reduce(0, +)
  }

  /// Σx.
  public var sum: Int128 { total }

  /// Undefined without values.
  public var mean: Ratio { Ratio(total, over: Int128(ascending.count)) }

  /// Whether spread means anything: from two holders on.
  private var isDefined: Bool { ascending.count > 1 }
  private static let undefined = Ratio(0, over: 0)

  /// σ/μ of the population: √(n·Σx² − (Σx)²) ÷ Σx, of whole numbers.
  public var variation: Ratio {
    guard isDefined, total != 0 else { return Distribution.undefined }
    var squares = SquareSum()
    for value in ascending { squares.add(value) }
    let count = UInt128(ascending.count)
    let sum = Natural(total.magnitude)
    let spread = Natural(count) * squares.total - sum * sum
    // Without negative values σ/μ is below √n; with them Σx may be near zero.
    let hasNegative = (ascending.first ?? 0) < 0
    let ratio = WideQuotient.root(
      spread, over: sum, bound: hasNegative ? 1 << 83 : count)
    return Ratio(total < 0 ? -ratio.numerator : ratio.numerator, over: ratio.denominator)
  }

  /// Σ(2i − n − 1)·xᵢ ÷ (n·Σx), x ascending.
  public var gini: Ratio {
    guard isDefined, total != 0 else { return Distribution.undefined }
    let count = Int128(ascending.count)
    var weighted: Int128 = 0
    for (index, value) in ascending.enumerated() {
      weighted += (2 * Int128(index + 1) - count - 1) * value
    }
    return Ratio(weighted, over: count * total)
  }

  /// Undefined where the least has nothing.
  public var extremes: Ratio {
    guard isDefined, let least = ascending.first, let most = ascending.last else {
      return Distribution.undefined
    }
    return Ratio(most, over: least)
  }

  /// Share of the values within ±15 % of the mean.
  public var withinFifteenPercent: Ratio {
    guard isDefined else { return Distribution.undefined }
    let count = Int128(ascending.count)
    let near = ascending.filter { value in
      // |x − Σx/n| ≤ 15 % of |Σx/n|
      (value * count - total).magnitude * 100 <= total.magnitude * 15
    }
    return Ratio(Int128(near.count), over: count)
  }
}

/// How much of a whole few hold: METRICS §2, concentration.
struct Pareto: Sendable {
  let count: Int
  /// Share of the top ⌈0.2 n⌉.
  let topFifthShare: Ratio
  /// How many of the largest hold 70 % and 80 %; nil of nothing.
  let toSeventyPercent: Int?
  let toEightyPercent: Int?
  /// Herfindahl–Hirschman index: Σ of squared shares, from 1/n to 1.
  let squaredShares: Ratio

  /// - Parameter values: one for each holder; those below zero are left out.
  init(_ values: [Int128]) {
    let counted = values.filter { $0 >= 0 }
    // Nearly always a value fits a machine's word, which sorts faster.
    if counted.allSatisfy({ $0 <= Int128(Int64.max) }) {
      self.init(ascending: counted.map { Int64($0) }.sorted())
    } else {
      self.init(ascending: counted.sorted())
    }
  }

  private init<Value: FixedWidthInteger>(ascending: [Value]) {
    count = ascending.count
    var (total, squares) = (Int128(0), SquareSum())
    for value in ascending {
      total += Int128(value)
      squares.add(Int128(value))
    }
    let fifth = (count + 4) / 5
    var (sum, top, seventy, eighty) = (Int128(0), Int128(0), Int?.none, Int?.none)
    for (index, value) in ascending.reversed().enumerated() {
      sum += Int128(value)
      if index < fifth { top = sum }
      if seventy == nil, sum * 10 >= total * 7 { seventy = index + 1 }
      if eighty == nil, sum * 10 >= total * 8 { eighty = index + 1 }
      if index >= fifth, eighty != nil { break }
    }
    topFifthShare = Ratio(top, over: total)
    (toSeventyPercent, toEightyPercent) = total == 0 ? (nil, nil) : (seventy, eighty)
    squaredShares =
      total == 0
      ? Ratio(0, over: 0)
      : WideQuotient.quotient(
        squares.total, over: Natural(total.magnitude) * Natural(total.magnitude), bound: 1)
  }
}
