/// What a stream of draws decides: each has numbers of its own, so that a new draw in one of them
/// changes nothing in another.
enum Stream: UInt64 {
  case block = 1, account, deals, deal, lines, subscription, activity, contact, lead, person
  case place, tenure, quota, dirt, ownership, rates
}

/// A source of chance that is a pure function of (seed, stream, index).
///
/// SplitMix64 of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014),
/// started at a counter-based state.
struct Draw {
  private var state: UInt64

  init(_ seed: UInt64, _ stream: Stream, _ index: Int) {
    let key = Draw.mix(seed &+ stream.rawValue &* 0xD1B5_4A32_D192_ED03)
    state = Draw.mix(key ^ UInt64(truncatingIfNeeded: index) &* 0x9E37_79B9_7F4A_7C15)
  }

  /// The finaliser of SplitMix64.
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state = state &+ 0x9E37_79B9_7F4A_7C15
    return Draw.mix(state)
  }

  /// A number from 0 up to `count`, itself left out.
  mutating func below(_ count: Int) -> Int {
    count <= 1 ? 0 : Int(truncatingIfNeeded: ((next() >> 32) &* UInt64(count)) >> 32)
  }

  /// A number of a closed range.
  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// True in so many cases of a thousand.
  mutating func chance(_ perMille: Int) -> Bool { below(1_000) < perMille }

  /// The index at which a draw falls, given cumulative weights.
  mutating func pick(cumulative: [Int]) -> Int {
    guard let total = cumulative.last else { return 0 }
    let value = below(total)
    var (low, high) = (0, cumulative.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// A value spread like a log-normal one (σ = 1), around 1,000.
  mutating func spread() -> Int { Draw.quantiles[below(Draw.quantiles.count)] }

  /// The quantiles (i + ½)/32 of exp(N(0, 1)), in thousandths, written down once so that no
  /// machine's floating point takes part.
  private static let quantiles = [
    116, 187, 242, 292, 341, 388, 436, 485, 535, 587, 641, 698, 758, 821, 889, 962, 1_040, 1_125,
    1_218, 1_320, 1_433, 1_561, 1_705, 1_870, 2_064, 2_294, 2_577, 2_937, 3_421, 4_128, 5_344,
    8_618,
  ]
}

/// A hash of two numbers for decisions that need no stream.
func scramble(_ a: Int, _ b: Int) -> Int {
  let value = Draw.mix(
    UInt64(truncatingIfNeeded: a) &* 0x9E37_79B9_7F4A_7C15 ^ Draw.mix(UInt64(truncatingIfNeeded: b))
  )
  return Int(truncatingIfNeeded: value >> 33)
}
