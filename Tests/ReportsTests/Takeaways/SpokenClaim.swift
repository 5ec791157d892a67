import Foundation

/// Reads the sentence of a takeaway again and works out from the figures whether it is true.
///
/// It shares no code with the program: it parses the words, reads printed figures back with the
/// half unit by which their last digit may be off, and decides every comparison on whole numbers.
struct SpokenClaim {
  /// An exact figure, over a denominator above zero.
  struct Exact: Comparable {
    var above: Int128
    var below: Int128

    init(_ above: Int128, over below: Int128) {
      // What is below is never negative: comparing multiplies by it.
      self.above = below < 0 ? -above : above
      self.below = below < 0 ? -below : below
    }

    init(_ above: Int, over below: Int = 1) {
      self.init(Int128(above), over: Int128(below))
    }

    var double: Double { Double(above) / Double(below) }

    static func < (left: Exact, right: Exact) -> Bool {
      left.above * right.below < right.above * left.below
    }
    static func == (left: Exact, right: Exact) -> Bool {
      left.above * right.below == right.above * left.below
    }
    static func - (left: Exact, right: Exact) -> Exact {
      left.below == right.below
        ? Exact(left.above - right.above, over: left.below)
        : Exact(left.above * right.below - right.above * left.below, over: left.below * right.below)
    }
  }

  struct Member {
    var name: String
    var value: Exact?
    var earlier: Exact?
    var target: Exact?
    var cases: Int?
    /// Members that a limit put together here.
    var cut = 0
  }

  /// The figures of a chart.
  struct Data {
    var members: [Member]
    var isTime = false
    var lastIsToDate = false
    var adds: Bool
    var isLevel: Bool
    var whole: Exact?
    var wholeEarlier: Exact?
    var isComparable = true
    var subject: Member?
    var unit: String

    var complete: [Member] { isTime && lastIsToDate ? Array(members.dropLast()) : members }
    var named: [Member] { members.filter { $0.cut == 0 } }
    var strong: [Member] {
      named.filter { $0.value != nil && !(isLevel && ($0.cases ?? 5) < 5) }
    }
    var count: Int { members.reduce(0) { $0 + max(1, $1.cut) } }

    /// Figures of one denominator, summed.
    func sum(_ part: (Member) -> Exact?) -> Exact {
      let parts = members.compactMap(part)
      return Exact(parts.reduce(0) { $0 + $1.above }, over: parts.first?.below ?? 1)
    }

    var now: Exact { whole ?? sum(\.value) }
    var before: Exact { wholeEarlier ?? sum(\.earlier) }

    func value(_ name: String) -> Exact? { members.first { $0.name == name }?.value }
  }

  let data: Data
  /// What is wrong with the sentence.
  private(set) var faults: [String] = []

  init(_ sentence: String, _ data: Data) {
    self.data = data
    guard sentence.hasSuffix(".") else { faults.append("no full stop"); return }
    var text = String(sentence.dropLast())
    if data.isTime, data.lastIsToDate,
      let match = text.wholeMatch(of: #/(?:(.*); )?(\w+) to date: (.+)/#)
    {
      let last = data.members[data.members.count - 1]
      expect(String(match.2) == last.name, "the last span is \(last.name)")
      figure(String(match.3), last.value)
      guard let rest = match.1 else { return }
      text = String(rest)
    }
    check(text)
  }

  mutating func expect(_ isTrue: Bool, _ what: String) {
    if !isTrue { faults.append(what) }
  }

  /// A printed figure against the exact one.
  mutating func figure(_ text: String, _ exact: Exact?) {
    guard let exact, let (number, half) = SpokenClaim.number(text) else {
      faults.append("\(text) is no figure of \(String(describing: exact))")
      return
    }
    expect(
      abs(number - exact.double) <= half * 1.000_001 + 1e-9, "\(text) is not \(exact.double)")
  }

  /// A change such as `+$1.2 M (+12.3%)`, `+2.1 pts` or `+3 days`.
  mutating func change(_ text: String, from: Exact, to: Exact) {
    guard let match = text.wholeMatch(of: #/([^(]+?)(?: \((.+)%\))?/#) else {
      faults.append("\(text) is no change")
      return
    }
    let amount = String(match.1)
    figure(amount.hasPrefix("+") ? String(amount.dropFirst()) : amount, to - from)
    expect(from < to ? amount.hasPrefix("+") : amount.hasPrefix("−"), "the sign of \(text)")
    if let percent = match.2,
      let (number, half) = SpokenClaim.number(String(percent.drop { $0 == "+" }))
    {
      expect(from > Exact(0), "a percentage of nothing in \(text)")
      let exact = (to - from).double / from.double * 100
      expect(abs(number - exact) <= half * 1.000_001 + 1e-9, "\(text): \(exact)")
    }
  }

  /// A share such as `38.2%` or `just over 50.0%`.
  mutating func share(_ text: String, _ part: Exact, of whole: Exact) {
    var text = text
    let exact = Exact(part.above * whole.below, over: part.below * whole.above)
    for (words, isOver) in [("just over ", true), ("just under ", false)]
    where text.hasPrefix(words) {
      text.removeFirst(words.count)
      let border = Exact(Int((SpokenClaim.number(text)?.0 ?? 0) * 1000 + 0.5), over: 1000)
      expect(isOver ? border < exact : exact < border, "\(words)\(text): \(exact.double)")
    }
    figure(text, exact)
  }

  /// A printed figure as a number, with half of its last digit; rates are shares of one.
  static func number(_ text: String) -> (Double, Double)? {
    guard
      let match = text.wholeMatch(
        of: #/(−?)\$?([0-9,]+)(\.([0-9]+))?(?:[ \u{A0}](k|M|B|T|days?|pts))?(%?)/#)
    else { return nil }
    let digits = match.2.filter { $0 != "," } + "." + (match.4 ?? "0")
    let unit = match.5.map(String.init) ?? ""
    let scales = ["k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12, "pts": 0.01]
    let scale = match.6 == "%" ? 0.01 : scales[unit] ?? 1
    let places = Double(match.4?.count ?? 0)
    guard let number = Double(digits) else { return nil }
    return ((match.1.isEmpty ? 1 : -1) * number * scale, 0.5 * pow(10, -places) * scale)
  }
}
