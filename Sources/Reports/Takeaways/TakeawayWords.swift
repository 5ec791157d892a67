import Metrics
import Records

/// The words of takeaways: one catalogue, here of English.
///
/// Every figure comes from the formatter; what decides between two wordings has been decided on
/// exact figures, but for the one rule that no rounded figure may contradict its sentence.
struct TakeawayWords {
  typealias Prose = ReportDocument.Prose

  let facts: TakeawayFacts
  let format: ValueFormatter

  init(_ facts: TakeawayFacts, _ format: ValueFormatter) {
    self.facts = facts
    self.format = format
  }

  /// A claim as a sentence.
  func sentence(_ claim: Claim) -> Prose {
    var lead = facts.lead
    if case .reached = claim, facts.members.contains(where: { $0.kind != .named }) {
      lead = "Of those shown"
    }
    let opening: Prose = lead.map { "\(words: $0), " } ?? ""
    return (opening + clause(claim) + ".").capitalised
  }

  private func clause(_ claim: Claim) -> Prose {
    switch claim {
    case .noneKnown(let count):
      return count == 1
        ? "No value is known" : "No value is known of any of the \(words: counted(count))"
    case .single(let held):
      return "\(held.name) is the only \(words: facts.noun.one): \(value(held.value))"
    case .singleKnown(let held, let count):
      return "Only \(held.name) of \(words: counted(count)) has a known value: \(value(held.value))"
    case .allZero(let count): return "\(words: all(count)) are at zero"
    case .allEqual(let count, let ratio):
      return "\(words: all(count)) have the same value: \(value(ratio))"
    case .weak(let count):
      return count == 1
        ? "The one value rests on fewer than five cases"
        : "Each of the \(words: String(count)) values rests on fewer than five cases"
    case .singleStrong(let held, let count):
      return """
        only \(held.name) of \(words: counted(count)) rests on five cases or more: \
        \(value(held.value))
        """
    case .toDate(let claim, let held):
      let present: Prose = "\(held.name) to date: \(value(held.value))"
      return claim.map { clause($0) + "; " + present } ?? present
    case .changed, .unchanged, .notComparable: return change(claim)
    case .subject, .reached: return target(claim)
    case .inARow, .record, .yearBefore, .span: return course(claim)
    default: return parts(claim)
    }
  }

  /// Who has how much of the whole.
  private func parts(_ claim: Claim) -> Prose {
    switch claim {
    case .all(let held): return "\(held.name) has all of it: \(value(held.value))"
    case .half(let held, let whole, let part):
      let pair = apart(held.value, whole)
      return "\(held.name) has more than half: \(pair.0) of \(pair.1), \(share(part))"
    case .concentrated(let names, let count, let all, let sum, let whole):
      let pair = apart(sum, whole)
      let who: Prose = names.count <= 3 ? ": \(list(names))" : ""
      let hold = count == 1 ? "holds" : "hold"
      return """
        \(words: String(count)) of \(words: counted(all)) \(words: hold) more than half, \
        \(pair.0) of \(pair.1)\(who)
        """
    case .spread(let low, let high, let count):
      let pair = apart(low, high)
      return "\(words: all(count)) have between \(pair.0) and \(pair.1)"
    case .most(let top, let part, let whole, let shown):
      let place: Prose = shown.map { "of the \(words: counted($0)) shown, " } ?? ""
      let each = top.names.count > 1 ? " each" : ""
      var text: Prose = """
        \(place)\(who(top)) \(words: verb(top, "has", "have")) the most: \
        \(value(top.value))\(words: each)
        """
      if let part, let whole {
        let together = top.names.count > 1 ? ", together " : ", "
        text = text + "\(words: together)\(share(part)) of \(value(whole))"
      }
      return text
    case .below(let top, let count, let all, let sum):
      let each = top.names.count > 1 ? " each" : ""
      let are = count == 1 ? "is below zero, at " : "are below zero, together "
      return """
        \(who(top)) \(words: verb(top, "has", "have")) the most: \(value(top.value))\(words: each); \
        \(words: String(count)) of \(words: counted(all)) \(words: are)\(value(sum))
        """
    case .passage(let last, let first, let part):
      let pair = apart(last.value, first.value)
      return "\(last.name): \(pair.0) of \(pair.1), \(share(part))"
    case .middle(let middle, let low, let high, let count):
      return """
        the median of \(words: counted(count)) is \(value(middle)), the lowest \(value(low)), the \
        highest \(value(high))
        """
    case .uneven(let top, let all, let part, let whole, let gini):
      let few = top == 1 ? "the largest of" : "the \(top) largest of"
      let hold = top == 1 ? "holds" : "hold"
      return """
        \(words: few) \(words: counted(all)) \(words: hold) \(share(part)) of \(value(whole)); the \
        Gini coefficient is \(words: gini.text(places: 2) ?? "")
        """
    case .extremes(let high, let low, let whole):
      let pair = apart(high.value, low?.value ?? high.value)
      let among: Prose =
        high.onlyStrong
        ? "among \(words: counted(high.count)) with five cases or more, " : ""
      let lowest: Prose = low.map { ", \(who($0)) lowest at \(pair.1)" } ?? ""
      let over: Prose = whole.map { "; \(value($0)) overall" } ?? ""
      return """
        \(among)\(who(high)) \(words: verb(high, "is", "are")) highest at \
        \(pair.0)\(lowest)\(over)
        """
    default: return ""
    }
  }

  private func target(_ claim: Claim) -> Prose {
    switch claim {
    case .subject(let subject, let part, let reached, let count):
      let have: Prose = """
        \(subject.name) has \(value(subject.value)) of \(value(subject.target)), \(share(part))
        """
      return count < 2 ? have : have + "; " + reaching(reached, of: count)
    case .reached(let reached, let count, let gap):
      guard count > 1 else {
        guard let gap, reached == 0 else {
          return "the one \(words: facts.noun.one) with a \(words: facts.targetWord) has reached it"
        }
        return "\(gap.name) lacks \(value(gap.value)) of its \(words: facts.targetWord)"
      }
      let most: Prose =
        gap.map { "; the largest gap is \(value($0.value)), of \($0.name)" } ?? ""
      return reaching(reached, of: count) + (count - reached > 1 ? most : lacking(gap))
    default: return ""
    }
  }

  private func lacking(_ gap: Claim.Held?) -> Prose {
    gap.map { "; \($0.name) lacks \(value($0.value))" } ?? ""
  }

  private func reaching(_ reached: Int, of count: Int) -> Prose {
    if reached == count {
      return "\(words: all(count)) have reached their \(words: facts.targetWord)"
    }
    if reached == 0 {
      return "none of \(words: counted(count)) has reached its \(words: facts.targetWord)"
    }
    return """
      \(words: String(reached)) of \(words: counted(count)) \
      \(words: reached == 1 ? "has reached its" : "have reached their") \(words: facts.targetWord)
      """
  }

  private func change(_ claim: Claim) -> Prose {
    let against = facts.against ?? ""
    switch claim {
    case .unchanged(let now):
      return "\(words: total) is \(value(now)), as in \(words: against)"
    case .notComparable(let now, let before):
      let present = facts.present.map { " in \($0)" } ?? ""
      return """
        \(words: total) is \(value(now))\(words: present); it was \(value(before)) in \
        \(words: against)
        """
    case .changed(let now, let before, let movers):
      guard let change = change(from: before, to: now) else { return "" }
      let direction = now.compared(to: before) > 0 ? "rise" : "fall"
      let text: Prose = "\(words: total) is \(value(now)), \(change) on \(words: against)"
      switch movers {
      case nil: return text
      case .share(let names, let part):
        let verb = names.count == 1 ? "makes" : "make"
        return text + "; \(list(names)) \(words: verb) up \(share(part)) of the \(words: direction)"
      case .most(let name, let move):
        let verb = move.sign > 0 ? "rose" : "fell"
        return text + "; \(name) \(words: verb) most, by \(size(move))"
      }
    default: return ""
    }
  }

  private func course(_ claim: Claim) -> Prose {
    switch claim {
    case .inARow(let count, let rises, let from, let to):
      let pair = apart(from.value, to.value)
      let complete = facts.axis == .spans(inYear: inYear, lastIsToDate: true) ? "complete " : ""
      return """
        \(words: rises ? "up" : "down") in each of the last \(words: String(count)) \
        \(words: complete + facts.noun.many), from \(pair.0) in \(from.name) to \(pair.1) in \
        \(to.name)
        """
    case .record(let held, let highest, let count, let before):
      return """
        \(held.name) is the \(words: highest ? "highest" : "lowest") of \
        \(words: counted(count)): \(value(held.value))\(since(before, held))
        """
    case .yearBefore(let held, let before):
      return "\(held.name): \(value(held.value))\(since(before, held))"
    case .span(let high, let low, _):
      let pair = apart(high.value, low.value)
      return "highest in \(high.name) at \(pair.0), lowest in \(low.name) at \(pair.1)"
    default: return ""
    }
  }

  private var inYear: Int? {
    if case .spans(let inYear, _) = facts.axis { return inYear }
    return nil
  }

  private func since(_ before: Claim.Held?, _ held: Claim.Held) -> Prose {
    guard let before else { return "" }
    guard let change = change(from: before.value, to: held.value) else {
      return ", as in \(before.name)"
    }
    return ", \(change) on \(before.name)"
  }
}

// Pieces of sentences.
extension TakeawayWords {
  private var total: String { facts.isLevel ? "the overall figure" : "the total" }

  private func counted(_ count: Int) -> String {
    "\(format.count(Int128(count)).text) \(facts.noun(count))"
  }

  private func all(_ count: Int) -> String {
    count == 2 ? "both \(facts.noun.many)" : "all \(counted(count))"
  }

  /// One or two by name, more by their number.
  private func who(_ top: Claim.Top) -> Prose {
    top.names.count <= 2
      ? list(top.names)
      : "\(words: String(top.names.count)) of \(words: counted(top.count))"
  }

  private func verb(_ top: Claim.Top, _ one: String, _ many: String) -> String {
    top.names.count == 1 ? one : many
  }

  private func list(_ names: [ReportDocument.Name]) -> Prose {
    var text: Prose = ""
    for (index, name) in names.enumerated() {
      let gap = index == 0 ? "" : index == names.count - 1 ? " and " : ", "
      text = text + "\(words: gap)\(name)"
    }
    return text
  }

  /// A figure as charts print it, with its unit.
  private func value(_ value: Ratio) -> Shown {
    format.shown(value, facts.unit, isShort: true, named: true)
  }

  /// Two figures that differ, in full where the short form would make them look alike.
  private func apart(_ first: Ratio, _ second: Ratio) -> (Shown, Shown) {
    let short = (value(first), value(second))
    guard short.0.text == short.1.text, first.compared(to: second) != 0 else { return short }
    func long(_ shown: Shown) -> Shown {
      Shown(shown.full ?? shown.text, data: shown.data, unit: shown.unit)
    }
    return (long(short.0), long(short.1))
  }

  /// A part of a whole in percent; where rounding would make it nothing, half or all, it says on
  /// which side of that it is.
  private func share(_ share: Ratio) -> Prose {
    let shown = format.rate(share)
    for (percent, border) in [
      ("0.0%", Ratio(0, over: 1)), ("50.0%", Ratio(1, over: 2)),
      ("100.0%", Ratio(1, over: 1)),
    ] where shown.text == percent {
      switch share.compared(to: border) {
      case 0: return "\(shown)"
      case 1: return "just over \(shown)"
      default: return "just under \(shown)"
      }
    }
    return "\(shown)"
  }

  /// A change with its sign; nil where it is none, or too small to be seen in its last digit.
  func change(from earlier: Ratio, to later: Ratio) -> Shown? {
    guard earlier.compared(to: later) != 0 else { return nil }
    let change =
      switch facts.unit {
      case .money: format.change(from: earlier, to: later, against: "")
      case .rate: format.rateChange(from: earlier, to: later, against: "")
      case .mean, .meanDays, .number:
        format.numberChange(from: earlier, to: later, against: "")
      default: format.countChange(from: earlier, to: later, against: "")
      }
    guard let shown = change?.value else { return nil }
    let amount = shown.text.prefix { $0 != "(" }
    guard amount.contains(where: { ("1"..."9").contains($0) }) else { return nil }
    guard facts.unit == .days || facts.unit == .meanDays else { return shown }
    let isOne = facts.unit == .days && amount.dropFirst() == "1"
    return Shown(shown.text + (isOne ? " day" : " days"), data: shown.data, unit: .days)
  }

  /// How large a change is, without its sign.
  private func size(_ move: Ratio) -> Shown {
    let size = move.sign < 0 ? Ratio(-move.numerator, over: move.denominator) : move
    guard facts.unit == .rate else { return value(size) }
    let points = Ratio(size.numerator * 100, over: size.denominator)
    return Shown(
      format.grouped(points.text(places: 1) ?? "") + "\u{A0}" + format.locale.points,
      data: size.text(places: 6) ?? "", unit: .points)
  }
}

extension ReportDocument.Prose {
  /// The prose with a capital letter where it begins with a word of ours.
  fileprivate var capitalised: ReportDocument.Prose {
    guard case .words(let first) = runs.first else { return self }
    return ReportDocument.Prose(
      runs: [.words(first.prefix(1).uppercased() + first.dropFirst())] + runs.dropFirst())
  }
}
