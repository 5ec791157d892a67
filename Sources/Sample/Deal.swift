/// What happened to a deal at a moment.
struct DealEvent {
  enum Kind: Int { case created, stage, quoted, pushed, closed }
  var day: Int
  var kind: Kind
  /// The new stage, or the new close date.
  var value: Int
  var order: Int
  var second = 0
}

/// A line of a deal.
struct DealLine {
  var product: Int
  var quantity: Int
  /// Units of 1/10,000.
  var unitPrice: Int
  var total: Int { quantity * unitPrice }
}

/// A deal from its first to its last day, and how it stands on the as-of date.
struct Deal {
  var number = 0
  var created = 0
  /// The day on which it is decided.
  var decided = 0
  var isWon = false
  var type = 0
  var source = 0
  var seat: Int?
  var fixedOwner = 0
  /// Territory2Id, nil if empty.
  var territory: Int?
  var isForeignOwner = false
  var isForeignTerritory = false
  var firstProduct = 0
  var estimate: Int?
  /// The amount from the quote on, and whether it is the sum of lines.
  var quote = 0
  var isItemised = false
  var overrideProbability: Int?
  var isOmitted = false

  // As on the as-of date.
  var stage = 0
  var amount: Int?
  var closeDate = 0
  /// The close date with which it was created.
  var firstPlan = 0
  var isQuoted = false
  var modified = 0
  var modifiedSecond = 0
  var isClosed: Bool { stage >= Catalogue.won }
  /// Percent.
  var probability: Int {
    isClosed
      ? Catalogue.stages[stage].probability
      : overrideProbability ?? Catalogue.stages[stage].probability
  }
}

/// Makes the deals of an account, one after another, as a pure function of the seed and the
/// deal's number.
struct DealMaker {
  let organisation: Organisation
  /// The life of the deal made last, in time order.
  private(set) var events: [DealEvent] = []
  /// The lines of the deal made last.
  private(set) var lines: [DealLine] = []
  private static let gaps = [430, 300, 185, 118, 78, 430]
  private static let sizes = [11_000, 19_000, 34_000, 64_000, 120_000, 14_000]

  init(_ organisation: Organisation) {
    self.organisation = organisation
    events.reserveCapacity(40)
    lines.reserveCapacity(8)
  }

  /// What the sequence of an account's deals needs to know from one to the next.
  struct Cursor {
    var draw: Draw
    var gap: Int
    var day: Int
    var index = 0
    var customerSince = Int.max
  }

  /// The start of an account's deals, nil for one that never has any.
  func cursor(_ account: Account) -> Cursor? {
    var draw = Draw(organisation.seed, .deals, account.number)
    guard !draw.chance(120) || account.number >= DirtPlan.firstNumber else { return nil }
    let gap = max(12, Self.gaps[account.band] * draw.within(45...200) / 100)
    let day = account.created + draw.below(gap)
    return Cursor(draw: draw, gap: gap, day: day)
  }

  /// The next deal, nil when it is not yet created on the as-of date.
  mutating func next(_ account: Account, _ cursor: inout Cursor) -> Deal? {
    let created = max(account.created, Civil.workday(cursor.day))
    guard created <= organisation.asOf, cursor.index < 500 else { return nil }
    var deal = Deal()
    deal.number = account.number * 512 + cursor.index
    deal.created = created
    var draw = Draw(organisation.seed, .deal, deal.number)
    settle(&deal, account, isCustomer: cursor.customerSince < deal.created, &draw)
    live(&deal, account, &draw)
    price(&deal, account, &draw)
    view(&deal)
    if deal.isWon { cursor.customerSince = min(cursor.customerSince, deal.decided) }
    cursor.index += 1
    cursor.day += cursor.gap / 4 + 1 + cursor.draw.below(cursor.gap * 3 / 2)
    return deal
  }

  // MARK: One deal

  private func settle(
    _ deal: inout Deal, _ account: Account, isCustomer: Bool, _ draw: inout Draw
  ) {
    let staff = organisation.staff
    deal.type = isCustomer ? (draw.chance(640) ? 1 : 2) : 0
    deal.source = isCustomer && draw.chance(400) ? 3 : draw.below(Catalogue.leadSources.count)
    deal.seat = account.seat
    deal.fixedOwner = account.fixedOwner
    let (roll, other) = (draw.below(1_000), draw.below(staff.seats.count))
    if roll < 11 {
      let isKnown = account.territories.contains { $0.territory == staff.seats[other].territory }
      if !isKnown && !account.territories.isEmpty {
        deal.seat = other
        deal.isForeignOwner = true
      }
    } else if roll < 60, let seat = deal.seat {
      let seats = staff.seatsOf[staff.seats[seat].territory]
      deal.seat = seats.lowerBound + other % seats.count
    }
    let stamp = draw.below(1_000)
    if stamp < 10 {
      let territory = staff.seats[draw.below(staff.seats.count)].territory
      if !account.territories.isEmpty,
        !account.territories.contains(where: { $0.territory == territory })
      {
        deal.territory = territory
        deal.isForeignTerritory = true
      }
    } else if stamp < 740 {
      deal.territory = account.home
    }
    let bias = deal.seat.map { scramble($0, 5) % 121 - 60 } ?? 0
    deal.isWon = draw.chance([185, 285, 560][deal.type] + bias)
    if draw.chance(30) { deal.overrideProbability = 5 * draw.within(1...19) }
    deal.isOmitted = draw.chance(10)
  }

  /// The stages, the pushes of the close date and the decision.
  private mutating func live(_ deal: inout Deal, _ account: Account, _ draw: inout Draw) {
    events.removeAll(keepingCapacity: true)
    let base = [70, 85, 105, 130, 160, 80][account.band]
    var length = max(6, base * draw.within(30...220) / 100)
    if !deal.isWon { length = draw.chance(35) ? 420 + draw.below(500) : length * 4 / 5 }
    deal.decided = max(deal.created + 4, Civil.workday(deal.created + length))
    let roll = draw.below(100)
    let last = deal.isWon ? 4 : roll < 8 ? 0 : roll < 20 ? 1 : roll < 35 ? 2 : roll < 75 ? 3 : 4
    let first = last > 0 && draw.chance(300) ? 1 : 0
    var plan = Civil.workday(deal.created + max(10, length * draw.within(45...115) / 100))
    events.append(DealEvent(day: deal.created, kind: .created, value: first, order: 0))
    deal.closeDate = plan
    deal.firstPlan = plan
    let span = deal.decided - deal.created
    for stage in (first + 1)..<max(first + 1, last + 1) {
      if draw.chance(130) && stage != 3 { continue }
      let at = deal.created + span * (stage - first) / (last - first + 1)
      let day = at + draw.below(span / (2 * (last + 1)) + 1)
      add(DealEvent(day: day, kind: .stage, value: stage, order: stage), to: deal)
      if stage == 3 { add(DealEvent(day: day, kind: .quoted, value: 0, order: 9), to: deal) }
    }
    var pushes = 0
    while plan < deal.decided && pushes < 9 {
      let day = max(deal.created + 1, plan + draw.within(-12...24))
      let later = Civil.workday(max(day, plan) + draw.within(18...95))
      guard day < deal.decided, !draw.chance(60) else { break }
      pushes += 1
      add(DealEvent(day: day, kind: .pushed, value: later, order: 10 + pushes), to: deal)
      plan = later
    }
    let closing = deal.isWon ? Catalogue.won : Catalogue.lost
    events.append(DealEvent(day: deal.decided, kind: .closed, value: closing, order: 99))
    events.sort { ($0.day, $0.order) < ($1.day, $1.order) }
    for at in events.indices {
      events[at].second = 46_800 + at * 850 + scramble(deal.number, at) % 840
    }
  }

  private mutating func add(_ event: DealEvent, to deal: Deal) {
    if event.day > deal.created && event.day < deal.decided { events.append(event) }
  }

  /// The estimate, and the quote with its lines.
  private mutating func price(_ deal: inout Deal, _ account: Account, _ draw: inout Draw) {
    lines.removeAll(keepingCapacity: true)
    let factor = [100, 70, 60][deal.type]
    let target = max(400, Self.sizes[account.band] * factor / 100 * draw.spread() / 1_000)
    let estimate = max(500, target * draw.within(70...130) / 100 / 500 * 500)
    deal.estimate = draw.chance(25) ? nil : estimate * 10_000
    deal.isItemised = !draw.chance(60)
    var roll = draw.below(100)
    let counts = [38, 28, 16, 10, 5, 3]
    var count = 1
    while count < 6 && roll >= counts[count - 1] {
      roll -= counts[count - 1]
      count += 1
    }
    var product = (account.industry * 5 + draw.below(12)) % Catalogue.products.count
    deal.firstProduct = product
    let step = [1, 5, 7, 11][draw.below(4)]
    var rest = target
    for line in 0..<count {
      let share = line == count - 1 ? rest : rest * draw.within(35...70) / 100
      rest -= share
      let price = Catalogue.products[product].price
      let discount = [0, 0, 5, 10, 12, 15, 20][draw.below(7)]
      lines.append(
        DealLine(
          product: product, quantity: max(1, share / price),
          unitPrice: price * (100 - discount) * 100))
      product = (product + step) % Catalogue.products.count
    }
    if deal.isItemised {
      deal.quote = lines.reduce(0) { $0 + $1.total }
    } else {
      deal.quote = max(100, target / 100 * 100) * 10_000
      lines.removeAll(keepingCapacity: true)
    }
  }

  /// How the deal stands on the as-of date.
  private func view(_ deal: inout Deal) {
    deal.amount = deal.estimate
    for event in events where event.day <= organisation.asOf {
      switch event.kind {
      case .created, .stage: deal.stage = event.value
      case .quoted:
        deal.amount = deal.quote
        deal.isQuoted = true
      case .pushed: deal.closeDate = event.value
      case .closed:
        deal.stage = event.value
        deal.closeDate = event.day
      }
      deal.modified = event.day
      deal.modifiedSecond = event.second
    }
  }
}
