import Foundation

/// Numbers sorted into few classes with round limits, each with a colour.
///
/// Positive numbers get the sequential ramp. Where some are negative, each side of zero has a hue
/// of its own, and numbers equally far from zero are equally strong. Zero is a class by
/// itself.
struct ColourClasses {
  /// Numbers of one sign whose size is from a limit up to, but without, the next.
  struct Class: Equatable {
    /// −1, 0 or 1.
    let sign: Int
    /// The smallest size of the class.
    let from: Double
    /// The first size beyond it, nil for the outermost class.
    let below: Double?
    let colour: Colour

    func holds(_ number: Double) -> Bool {
      number.signum == sign && abs(number) >= from && abs(number) < below ?? .infinity
    }
  }

  /// From the lowest to the highest; only classes that hold a number.
  let classes: [Class]

  init(_ numbers: [Double], theme: Theme) {
    let hasNegative = numbers.contains { $0 < 0 }
    // More shades than these cannot be told apart on a map.
    let limits = ColourClasses.limits(
      numbers.filter { $0 != 0 }.map(abs), classes: hasNegative ? 3 : 5)
    func side(_ sign: Int) -> [Class] {
      (0...limits.count).map { index in
        let share = Double(index + 1) / Double(limits.count + 1)
        return Class(
          sign: sign, from: index == 0 ? 0 : limits[index - 1],
          below: index < limits.count ? limits[index] : nil,
          colour: hasNegative
            ? theme.diverging(0.5 + Double(sign) * 0.5 * share)
            : theme.sequential(limits.isEmpty ? 0.6 : share))
      }
    }
    let all =
      side(-1).reversed()
      + [Class(sign: 0, from: 0, below: nil, colour: theme.nothing)]
      + side(1)
    classes = all.filter { candidate in numbers.contains(where: candidate.holds) }
  }

  /// The class of a number.
  func callAsFunction(_ number: Double) -> Class? { classes.first { $0.holds(number) } }

  /// What a key says of each class, and its colour.
  ///
  /// - Parameters:
  ///   - numbers: The numbers that were sorted.
  ///   - format: Turns a number into text.
  /// - Returns: One text a class, such as "$10 k to under $50 k".
  func key(
    _ numbers: [Double], format: (Double) -> String
  ) -> [(text: String, colour: Colour)] {
    classes.map { group in
      let held = numbers.filter(group.holds)
      let (low, high) = (held.min() ?? 0, held.max() ?? 0)
      let sign = Double(group.sign)
      let text =
        switch (group.from > 0, group.below) {
        case _ where low == high: format(low)
        case (false, nil): "\(format(low)) to \(format(high))"
        case (false, let below?):
          (sign > 0 ? "under " : "above ") + format(sign * below)
        case (true, nil): format(sign * group.from) + (sign > 0 ? " and more" : " and less")
        case (true, let below?) where sign > 0: "\(format(group.from)) to under \(format(below))"
        case (true, let below?): "above \(format(-below)) to \(format(-group.from))"
        }
      return (text, group.colour)
    }
  }

  /// Round limits between classes that hold about as many numbers each; fewer for few numbers.
  static func limits(_ numbers: [Double], classes most: Int) -> [Double] {
    let sorted = Set(numbers).sorted()
    let count = min(most, sorted.count < 4 ? sorted.count : 2 + sorted.count / 4)
    var limits: [Double] = []
    for part in stride(from: 1, to: count, by: 1) {
      let index = part * sorted.count / count
      let limit = roundest(above: sorted[index - 1], upTo: sorted[index])
      if limit > limits.last ?? 0 { limits.append(limit) }
    }
    return limits
  }

  /// The roundest number in a span open at its lower end: 1, 2 or 5 times the highest power of ten
  /// a multiple of which lies in it.
  static func roundest(above low: Double, upTo high: Double) -> Double {
    guard low < high, low >= 0 else { return high }
    var power = log10(high).rounded(.up)
    for _ in 0..<20 {
      for step in [10.0, 5, 2] {
        let unit = step * pow(10, power - 1)
        let multiple = (high / unit).rounded(.down) * unit
        if multiple > low, multiple <= high { return multiple }
      }
      power -= 1
    }
    return high
  }
}

extension Double {
  fileprivate var signum: Int { self > 0 ? 1 : self < 0 ? -1 : 0 }
}

extension Theme {
  /// The fill of a region whose number is zero: not empty, and no shade of a ramp.
  var nothing: Colour { background.mixed(with: mutedInk, share: 0.16) }
}
