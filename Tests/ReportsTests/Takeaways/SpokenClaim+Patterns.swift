import Foundation

extension SpokenClaim {
  /// Words for a number of members: `all 12 things`, `both things`, `3 things`, `1 thing`.
  private func number(ofThings text: Substring) -> Int? {
    if text.lowercased() == "both things" { return 2 }
    guard let match = text.wholeMatch(of: #/(?:[Aa]ll )?([0-9]+) (thing|things)/#),
      let count = Int(match.1), (count == 1) == (match.2 == "thing")
    else { return nil }
    return count
  }

  mutating func check(_ text: String) {
    let known = data.complete.filter { $0.value != nil }
    let count = data.isTime ? data.complete.count : data.members.count
    if text == "No value is known" {
      return expect(data.members.allSatisfy { $0.value == nil }, "known")
    }
    if let match = text.wholeMatch(of: #/No value is known of any of the (.+)/#) {
      expect(known.isEmpty && number(ofThings: match.1) == count, "none of \(count)")
    } else if let match = text.wholeMatch(of: #/(\S+) is the only thing: (.+)/#) {
      expect(count == 1, "it is not alone")
      figure(String(match.2), data.value(String(match.1)))
    } else if let match = text.wholeMatch(of: #/Only (\S+) of (.+) has a known value: (.+)/#) {
      expect(known.count == 1 && number(ofThings: match.2) == count, "one of \(count)")
      figure(String(match.3), data.value(String(match.1)))
    } else if let match = text.wholeMatch(of: #/(.+) are at zero/#) {
      expect(number(ofThings: match.1) == count, "all \(count)")
      expect(known.count == count && known.allSatisfy { $0.value == Exact(0) }, "not zero")
    } else if let match = text.wholeMatch(of: #/(.+) have the same value: (.+)/#) {
      let told = number(ofThings: match.1)
      let all = told == count ? known : data.strong
      expect(told == all.count, "how many")
      expect(all.allSatisfy { $0.value == all[0].value }, "they differ")
      figure(String(match.2), all.first?.value)
    } else if let match = text.wholeMatch(
      of: #/Only (\S+) of (.+) rests on five cases or more: (.+)/#)
    {
      expect(data.strong.count == 1 && data.strong[0].name == match.1, "the only one")
      expect(
        number(ofThings: match.2) == data.named.filter { $0.value != nil }.count, "of how many")
      figure(String(match.3), data.strong.first?.value)
    } else if text.hasSuffix("fewer than five cases") {
      expect(data.isLevel && data.strong.isEmpty, "some have five cases")
    } else if checkPeriods(text) || checkTargets(text) || checkCourse(text) || checkSpread(text)
      || checkParts(text)
    {
      return
    } else {
      expect(false, "no pattern for this sentence")
    }
  }

  private mutating func checkPeriods(_ text: String) -> Bool {
    guard let match = text.wholeMatch(of: #/The (total|overall figure) is (.+?)(, | in now; )(.+)/#)
    else { return false }
    expect((match.1 == "overall figure") == data.isLevel, "a level has no total")
    figure(String(match.2), data.now)
    let rest = String(match.4)
    if match.3 == " in now; " {
      guard let was = rest.wholeMatch(of: #/it was (.+) in then/#) else { return false }
      expect(!data.isComparable, "they may be compared")
      figure(String(was.1), data.before)
      return true
    }
    expect(data.isComparable, "they may not be compared")
    if rest == "as in then" {
      expect(data.now == data.before, "it changed")
      return true
    }
    guard let parts = rest.wholeMatch(of: #/(.+?) on then(?:; (.+))?/#) else { return false }
    change(String(parts.1), from: data.before, to: data.now)
    guard let who = parts.2 else { return true }
    let rises = data.before < data.now
    func move(_ name: some StringProtocol) -> Exact? {
      guard let member = data.members.first(where: { $0.name == name }), let value = member.value,
        let earlier = member.earlier
      else { return nil }
      return value - earlier
    }
    if let most = who.wholeMatch(of: #/(\S+) (rose|fell) most, by (.+)/#) {
      expect((most.2 == "rose") == rises, "the direction")
      guard let own = move(most.1) else { return false }
      figure(String(most.3), rises ? own : Exact(-own.above, over: own.below))
      for other in data.strong where other.name != most.1 {
        guard let step = move(other.name) else { continue }
        expect(rises ? step < own : own < step, "\(other.name) moved as much")
      }
    } else if let made = who.wholeMatch(of: #/(.+) makes? up (.+) of the (rise|fall)/#) {
      expect((made.3 == "rise") == rises, "the direction")
      let moves = names(made.1).compactMap { move($0) }
      let sum = Exact(moves.reduce(0) { $0 + $1.above }, over: moves.first?.below ?? 1)
      expect(names(made.1).count == moves.count && !moves.isEmpty, "who moved")
      expect(data.adds, "parts of what does not add up")
      share(String(made.2), sum, of: data.now - data.before)
    } else {
      return false
    }
    return true
  }

  private func names(_ text: some StringProtocol) -> [String] {
    text.replacingOccurrences(of: " and ", with: ", ").components(separatedBy: ", ")
  }

  private mutating func checkTargets(_ text: String) -> Bool {
    var text = text
    if let subject = data.subject, let value = subject.value, let target = subject.target,
      let match = text.wholeMatch(of: #/(\S+) has (.+?) of (.+?), ([^;]+)(?:; (.+))?/#)
    {
      expect(match.1 == subject.name, "the subject")
      figure(String(match.2), value)
      figure(String(match.3), target)
      share(String(match.4), value, of: target)
      guard let rest = match.5 else { return true }
      text = String(rest)
    }
    let all = data.named.filter { ($0.target ?? Exact(0)) > Exact(0) && $0.value != nil }
    let missing = all.compactMap { member -> (String, Exact)? in
      guard let value = member.value, let target = member.target, value < target else { return nil }
      return (member.name, target - value)
    }
    let reached = all.count - missing.count
    if text == "The one thing with a quota has reached it" {
      expect(all.count == 1 && reached == 1, "it has not")
      return true
    }
    var gap: Substring?
    if let match = text.wholeMatch(of: #/(.+); the largest gap is (.+), of (\S+)/#) {
      text = String(match.1)
      gap = match.3
      let own = missing.first { $0.0 == match.3 }?.1
      figure(String(match.2), own)
      expect(missing.allSatisfy { $0.0 == match.3 || $0.1 < own ?? Exact(0) }, "a larger gap")
    } else if let match = text.wholeMatch(of: #/(?:(.+); )?(\S+) lacks (.+?)( of its quota)?/#) {
      expect(missing.count == 1, "others lack too")
      figure(String(match.3), missing.first { $0.0 == match.2 }?.1)
      guard let rest = match.1 else {
        expect(all.count == 1, "others have a quota")
        return true
      }
      text = String(rest)
    }
    expect(gap == nil || missing.count > 1, "the only gap is no largest one")
    if let match = text.wholeMatch(of: #/(.+) have reached their quota/#),
      let count = number(ofThings: match.1),
      text.first == "A" || text.first == "B" || text.first == "a" || text.first == "b"
    {
      expect(count == all.count && reached == count, "not all have")
    } else if let match = text.wholeMatch(of: #/[Nn]one of (.+) has reached its quota/#) {
      expect(number(ofThings: match.1) == all.count && reached == 0, "some have")
    } else if let match = text.wholeMatch(
      of: #/([0-9]+) of (.+) ha(?:s|ve) reached (?:its|their) quota/#)
    {
      expect(
        Int(match.1) == reached && number(ofThings: match.2) == all.count,
        "\(reached) of \(all.count)")
    } else {
      return false
    }
    return true
  }

  private mutating func checkCourse(_ text: String) -> Bool {
    let spans = data.complete
    guard data.isTime, let last = spans.last else { return false }
    func value(_ name: some StringProtocol) -> Exact? { spans.first { $0.name == name }?.value }
    if let match = text.wholeMatch(
      of:
        #/(Up|Down) in each of the last ([0-9]+) (complete )?things, from (.+) in (\S+) to (.+) in (\S+)/#
    ) {
      let count = Int(match.2) ?? 0
      expect((match.3 != nil) == data.lastIsToDate, "complete")
      expect(match.7 == last.name && spans.count > count, "which spans")
      guard spans.count > count else { return true }
      let row = spans.suffix(count + 1)
      expect(row.first?.name == String(match.5), "the first of them")
      figure(String(match.4), row.first?.value)
      figure(String(match.6), last.value)
      for (before, after) in zip(row, row.dropFirst()) {
        guard let before = before.value, let after = after.value else {
          expect(false, "a gap")
          continue
        }
        expect(match.1 == "Up" ? before < after : after < before, "no step in that direction")
      }
    } else if let match = text.wholeMatch(
      of: #/(\S+) is the (highest|lowest) of (.+?): (.+?)(?:, (.+) on (\S+)|, as in (\S+))?/#)
    {
      let known = spans.filter { $0.value != nil }
      expect(number(ofThings: match.3) == known.count && match.1 == last.name, "of \(known.count)")
      figure(String(match.4), last.value)
      for other in known.dropLast() {
        guard let theirs = other.value, let own = last.value else { continue }
        expect(match.2 == "highest" ? theirs < own : own < theirs, "\(other.name) is beyond it")
      }
      yearBefore(match.5.map(String.init), (match.6 ?? match.7).map(String.init), spans)
    } else if let match = text.wholeMatch(of: #/(\S+): (.+?)(?:, (.+) on (\S+)|, as in (\S+))/#) {
      expect(match.1 == last.name, "the last")
      figure(String(match.2), last.value)
      yearBefore(match.3.map(String.init), (match.4 ?? match.5).map(String.init), spans)
    } else if let match = text.wholeMatch(of: #/Highest in (\S+) at (.+), lowest in (\S+) at (.+)/#)
    {
      figure(String(match.2), value(match.1))
      figure(String(match.4), value(match.3))
      for other in spans {
        guard let theirs = other.value, let high = value(match.1), let low = value(match.3) else {
          continue
        }
        expect(other.name == match.1 || theirs < high, "\(other.name) is as high")
        expect(other.name == match.3 || low < theirs, "\(other.name) is as low")
      }
    } else {
      return false
    }
    return true
  }

  private mutating func yearBefore(_ step: String?, _ name: String?, _ spans: [Member]) {
    guard let name else { return }
    expect(spans.count > 4 && spans[spans.count - 5].name == name, "four spans make a year")
    guard let before = spans.first(where: { $0.name == name })?.value, let now = spans.last?.value
    else {
      return expect(false, "nothing is known of \(name)")
    }
    guard let step else { return expect(before == now, "it changed since \(name)") }
    change(step, from: before, to: now)
  }

  /// Where the middle lies, and what the largest fifth holds.
  private mutating func checkSpread(_ text: String) -> Bool {
    let rising = data.members.compactMap(\.value).sorted()
    if let match = text.wholeMatch(
      of: #/The median of (.+?) is (.+?), the lowest (.+?), the highest (.+)/#)
    {
      expect(number(ofThings: match.1) == rising.count, "of \(rising.count)")
      figure(String(match.2), rising[(rising.count - 1) / 2])
      figure(String(match.3), rising.first)
      figure(String(match.4), rising.last)
    } else if let match = text.wholeMatch(
      of:
        #/The (?:([0-9]+) )?largest of (.+?) holds? (.+?) of (.+?); the Gini coefficient is ([0-9.]+)/#
    ) {
      let top = match.1.flatMap { Int($0) } ?? 1
      expect(number(ofThings: match.2) == rising.count && data.adds, "of \(rising.count)")
      expect(top * 5 >= rising.count && (top - 1) * 5 < rising.count, "a fifth")
      let held = rising.suffix(top).reduce(0) { $0 + $1.above }
      let whole = data.sum(\.value)
      share(String(match.3), Exact(held, over: whole.below), of: whole)
      figure(String(match.4), whole)
      // The mean difference of all pairs over twice the mean.
      var differences = 0.0
      for one in rising { for other in rising { differences += abs(one.double - other.double) } }
      let gini = differences / (2 * Double(rising.count) * whole.double)
      expect(abs((Double(match.5) ?? -1) - gini) < 0.005_001, "Gini is \(gini)")
    } else {
      return false
    }
    return true
  }

  /// Whether the names (or their number) are exactly those at a figure.
  private mutating func group(_ text: Substring, at value: Exact) {
    let there = data.strong.filter { $0.value == value }
    if let match = text.wholeMatch(of: #/([0-9]+) of (.+)/#) {
      expect(
        Int(match.1) == there.count && number(ofThings: match.2) == data.strong.count,
        "how many at \(value)")
    } else {
      expect(names(text) == there.map(\.name), "who is at \(value.double)")
    }
  }

  private mutating func checkParts(_ text: String) -> Bool {
    let values = data.strong.compactMap(\.value)
    guard !data.isTime, let high = values.max(), let low = values.min() else { return false }
    let whole = data.sum(\.value)
    let noNegative = data.members.allSatisfy { ($0.value ?? Exact(0)) >= Exact(0) }
    let ofWhole = data.adds && noNegative && whole > Exact(0)
    if let match = text.wholeMatch(of: #/(\S+) has all of it: (.+)/#) {
      expect(ofWhole && data.value(String(match.1)) == whole, "others have some")
      figure(String(match.2), whole)
    } else if let match = text.wholeMatch(of: #/(\S+) has more than half: (.+) of (.+), (.+)/#) {
      guard let own = data.value(String(match.1)) else { return false }
      expect(ofWhole && whole - own < own, "not more than half")
      figure(String(match.2), own)
      figure(String(match.3), whole)
      share(String(match.4), own, of: whole)
    } else if let match = text.wholeMatch(
      of: #/([0-9]+) of (.+?) holds? more than half, (.+?) of ([^:]+)(?:: (.+))?/#)
    {
      let count = Int(match.1) ?? 0
      let sum = data.strong.compactMap(\.value).sorted(by: >).prefix(count).reduce(0) {
        $0 + $1.above
      }
      let held = Exact(sum, over: whole.below)
      expect(number(ofThings: match.2) == data.count, "of \(data.count)")
      expect(ofWhole && whole - held < held, "not more than half")
      figure(String(match.3), held)
      figure(String(match.4), whole)
      if let listed = match.5 {
        let own = names(listed).compactMap { data.value($0) }
        expect(own.count == count && own.reduce(0) { $0 + $1.above } == sum, "who they are")
      } else {
        expect(count > 3, "three can be named")
      }
    } else if let match = text.wholeMatch(of: #/(.+) have between (.+) and (.+)/#) {
      expect(number(ofThings: match.1) == data.members.count, "all of them")
      expect(data.members.allSatisfy { $0.value != nil && $0.cut == 0 }, "not all are known")
      figure(String(match.2), low)
      figure(String(match.3), high)
      expect(match.2 != match.3, "no two figures")
    } else if let match = text.wholeMatch(
      of:
        #/(?:Of the (.+?) shown, )?(.+?) ha(?:s|ve) the most: (.+?)( each)?(?:, (together )?([^;]+?) of ([^;]+))?(?:; ([0-9]+) of (.+?) (?:is|are) below zero, (?:at|together) (.+))?/#
    ) {
      group(match.2, at: high)
      figure(String(match.3), high)
      let tied = values.filter { $0 == high }.count
      expect((tied > 1) == (match.4 != nil), "each")
      if let part = match.6, let all = match.7 {
        expect(ofWhole && (match.5 != nil) == (tied > 1), "a share of what has none")
        share(String(part), Exact(high.above * Int128(tied), over: high.below), of: whole)
        figure(String(all), whole)
      }
      if let shown = match.1 { expect(number(ofThings: shown) == values.count, "shown") }
      if let below = match.8, let all = match.9, let sum = match.10 {
        let negative = values.filter { $0 < Exact(0) }
        expect(Int(below) == negative.count && number(ofThings: all) == values.count, "below zero")
        figure(String(sum), Exact(negative.reduce(0) { $0 + $1.above }, over: low.below))
      } else {
        expect(low >= Exact(0), "some are below zero")
      }
    } else if let match = text.wholeMatch(
      of:
        #/(?:Among (.+?) with five cases or more, )?(.+?) (?:is|are) highest at (.+?), (.+?) lowest at ([^;]+)(?:; (.+) overall)?/#
    ) {
      group(match.2, at: high)
      group(match.4, at: low)
      figure(String(match.3), high)
      figure(String(match.5), low)
      let all = data.named.filter { $0.value != nil }.count
      expect((match.1 != nil) == (values.count < all), "who is ranked")
      if let among = match.1 { expect(number(ofThings: among) == values.count, "among") }
      if let overall = match.6 { figure(String(overall), data.whole) }
    } else {
      return false
    }
    return true
  }
}
