import Graphics
import Testing

/// The charts that tests draw: believable ones and awkward ones, each with a name.
///
/// At once examples, regression tests (`GoldenTests`, `GeometryTests`) and a gallery to look at
/// (`PictureTests`).
enum Plots {
  struct Plot: Sendable, CustomTestStringConvertible {
    var name: String
    var chart: any Chart

    init(_ name: String, _ chart: any Chart) {
      self.name = name
      self.chart = chart
    }

    var testDescription: String { name }
  }

  static let all: [Plot] =
    bars + columns + lines + bullets + trees + stacks + bridges + funnels + shares + histograms
    + lineCharts + maps

  /// Names in many scripts, one of 80 characters, one with line breaks.
  static let names = [
    "Northern Europe and the Nordic Countries, Public Sector and Education, Named A 01",
    "Northern Europe and the Nordic Countries, Public Sector and Education, Named A 02",
    "شركة الاتصالات السعودية", "תעשיות אלקטרוניקה בע״מ", "日本電信電話株式会社東日本第一営業本部", "हिन्दुस्तान यूनिलीवर लिमिटेड",
    "🚀 Rocket 👩‍👩‍👧‍👦 Family 🇨🇭", "Ελληνικά Πετρέλαια", "Общество с ограниченной ответственностью",
    "Two\nlines\tand a tab", "Łódź & <Söhne> \"GmbH\"", "ราชอาณาจักรไทย",
  ]

  /// A number as a report would write it, short and exact.
  @Sendable static func money(_ number: Double) -> String {
    let sign = number < 0 ? "−" : ""
    let size = abs(number)
    let (scaled, unit) =
      size >= 1e12
      ? (size / 1e12, " T")
      : size >= 1e9
        ? (size / 1e9, " B")
        : size >= 1e6 ? (size / 1e6, " M") : size >= 1e3 ? (size / 1e3, " k") : (size, "")
    let exact = (scaled * 1000).rounded() / 1000
    let text = exact == exact.rounded() && exact < 1e15 ? "\(Int(exact))" : "\(exact)"
    return "\(sign)$\(text)\(unit)"
  }

  @Sendable static func percent(_ number: Double) -> String { "\(Int((number * 100).rounded())) %" }

  /// A number with two decimals.
  @Sendable static func decimal(_ number: Double) -> String {
    let hundredths = Int((abs(number) * 100).rounded())
    let rest = hundredths % 100
    return (number < 0 && hundredths > 0 ? "−" : "") + "\(hundredths / 100)."
      + (rest < 10 ? "0\(rest)" : "\(rest)")
  }

  /// A change as a report would write it, always with its sign.
  @Sendable static func change(_ number: Double) -> String {
    number > 0 ? "+" + money(number) : money(number)
  }

  /// The same numbers in every run: a linear congruential generator.
  struct Numbers {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53)
    }

    mutating func next(below bound: Int) -> Int { Int(next() * Double(bound)) }
  }
}
