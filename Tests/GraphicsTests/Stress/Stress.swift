import Graphics
import Testing

/// The awkward data that every kind of chart must stand.
///
/// A kind is registered with one line in one of the lists of `Stress+Kinds.swift`; the tests below
/// then draw it with every case, at every width, by every measurer, in both themes.
enum Stress {
  /// A way to draw labelled numbers.
  struct Kind: Sendable, CustomTestStringConvertible {
    /// Which side of a bar is as long as its number.
    enum Length: Sendable {
      case width
      case height
    }

    var name: String
    /// The side of the bars that shows the numbers, in charts whose bars all begin at zero.
    var length: Length?
    /// Whether a chart of 400 items that does not name them all says how many there are.
    var saysWhatIsCut: Bool
    /// The chart of some items; negative numbers, nil and no item at all included.
    var make: @Sendable ([Item]) -> any Chart

    init(
      _ name: String, length: Length? = nil, saysWhatIsCut: Bool = true,
      make: @escaping @Sendable ([Item]) -> any Chart
    ) {
      self.name = name
      self.length = length
      self.saysWhatIsCut = saysWhatIsCut
      self.make = make
    }

    var testDescription: String { name }
  }

  /// A name with a number and the text of the number.
  struct Item: Sendable {
    var label: String
    var number: Double?

    var text: String { number.map(Plots.money) ?? "–" }
    var value: ChartValue { ChartValue(number, text) }
  }

  /// Items with a name for the test.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var items: [Item]

    var testDescription: String { name }
  }

  static let cases: [Case] =
    [0, 1, 3, 12, 60, 400].map { Case(name: "\($0) items", items: items($0)) }
    + [
      Case(name: "negatives", items: items(12, low: -0.8)),
      Case(name: "only negatives", items: items(5, low: -1, high: -0.1)),
      Case(name: "one huge outlier", items: items(9) + [Item(label: "Huge", number: 1e12)]),
      Case(name: "one huge loss", items: items(9) + [Item(label: "Huge", number: -1e12)]),
      Case(name: "all zero", items: items(5, low: 0, high: 0)),
      Case(name: "all nil", items: items(5).map { Item(label: $0.label, number: nil) }),
      Case(name: "all equal", items: items(5).map { Item(label: $0.label, number: 250_000) }),
      Case(
        name: "every third nil",
        items: items(12).enumerated().map {
          Item(label: $1.label, number: $0 % 3 == 2 ? nil : $1.number)
        }),
      Case(
        name: "not finite",
        items: [1, .infinity, -.infinity, .nan, 5].enumerated().map {
          Item(label: "Number \($0)", number: $1)
        }),
      named("80 characters", (1...6).map { eighty + String($0) }),
      named(
        "Arabic", ["شركة الاتصالات السعودية", "مجموعة صافولا", "الخطوط الجوية الملكية المغربية"]),
      named("Hebrew", ["תעשיות אלקטרוניקה בע״מ", "בנק הפועלים", "רשת בתי קפה ארומה ישראל"]),
      named("Japanese", ["日本電信電話株式会社東日本第一営業本部", "トヨタ自動車", "三菱ＵＦＪ銀行"]),
      named("Devanagari", ["हिन्दुस्तान यूनिलीवर लिमिटेड", "भारतीय स्टेट बैंक", "टाटा"]),
      named("emoji", ["🚀 Rocket 👩‍👩‍👧‍👦 Family 🇨🇭", "❤️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿 Scotland"]),
      named("every script", Plots.names),
      named("equal and empty names", ["Acme", "Acme", "", " ", "Acme"]),
    ]

  private static let eighty =
    "Northern Europe and the Nordic Countries, Public Sector and Education, Account "

  private static func named(_ name: String, _ labels: [String]) -> Case {
    let numbers = items(labels.count).map(\.number)
    return Case(name: name, items: zip(labels, numbers).map { Item(label: $0, number: $1) })
  }

  static func items(_ count: Int, low: Double = 0.02, high: Double = 1) -> [Item] {
    var numbers = Plots.Numbers(seed: 2027)
    return (0..<count).map { index in
      let share = low + numbers.next() * (high - low)
      return Item(label: "Territory \(index + 1)", number: (share * 2_345_678).rounded())
    }
  }
}

@Suite struct StressTests {
  @Test(
    "Every kind of chart stands every kind of data", arguments: Stress.kinds, Stress.cases)
  func stands(_ kind: Stress.Kind, _ data: Stress.Case) throws {
    let chart = kind.make(data.items)
    let name = "\(kind.name), \(data.name)"
    SceneCheck.check(chart, name)
    let scene = chart.scene(width: 600, theme: .light, measurer: FixedWidthMeasurer())
    checkLengths(kind, data, scene, name)
    // Four hundred are too many to name: whatever is left out is counted.
    let words = scene.texts.map(\.text)
    if kind.saysWhatIsCut, data.items.count == 400,
      data.items.contains(where: { !words.contains($0.label) })
    {
      #expect(words.contains { $0.contains("400") }, "\(name) does not say what it left out")
    }
  }

  private func checkLengths(
    _ kind: Stress.Kind, _ data: Stress.Case, _ scene: Scene, _ name: String
  ) {
    guard let length = kind.length, data.items.count <= 12 else { return }
    SceneCheck.checkLengths(
      scene.rects(.bar).map { length == .width ? $0.width : $0.height },
      data.items.compactMap(\.value.number), name)
  }
}
