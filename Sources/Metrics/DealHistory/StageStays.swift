import Records

/// How long open deals are in their stages, and which of them for longer than most that were won.
///
/// METRICS §2, "Stalled": in its stage longer than the p75 of won deals of its class. The p75 of a class
/// and stage is the smallest number of days that three quarters of the won deals of the class which were
/// in the stage spent there in all, and is known from five of them on.
struct StageStays: Sendable {
  /// The day on which each open deal came into its present stage; null where that is not known, and of
  /// closed deals.
  private(set) var entries: [Int32]
  /// Whether each open deal has stalled: 0, 1, or 2 where the usual time is not known.
  private(set) var stalled: [UInt8]

  init(_ records: RecordSet, _ timeline: Timeline, classes: Ledger.Labels?) {
    let deals = records[.opportunity]
    let history = records[.opportunityHistory]
    let days = history.instants("CreatedDate").days
    let codes = history.categories("StageName").codes
    let names = history.categories("StageName").values.map { $0.lowercased() }
    let present = deals.categories("StageName")
    let presentNames = present.values.map { $0.lowercased() }
    let (isClosed, isWon) = (deals.flags("IsClosed"), deals.flags("IsWon"))
    // Stages by name without regard to case.
    let stages = Dictionary(
      names.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    let stageOfCode = names.map { stages[$0] ?? Categories.null }
    let stageOfPresent = presentNames.map { stages[$0] ?? Categories.null }
    func stage(_ place: Int) -> Int32 {
      let code = codes[Int(timeline.rows[place])]
      return code < 0 ? Categories.null : stageOfCode[Int(code)]
    }
    func day(_ place: Int) -> Int32 { days[Int(timeline.rows[place])] }
    func group(_ deal: Int, _ stage: Int32) -> Int {
      Int(classes?.codes[deal] ?? 0) * names.count + Int(stage)
    }

    var entries = [Int32](repeating: Day.null, count: deals.count)
    var spent: [(group: Int32, days: Int32)] = []
    for deal in 0..<deals.count {
      let rows = timeline.range(of: deal)
      if isWon[deal] == 1 {
        DealStays(rows: rows, stage: stage, day: day).forEach { stage, days in
          spent.append((Int32(group(deal, stage)), days))
        }
      } else if isClosed[deal] != 1, let last = rows.last, present.codes[deal] >= 0 {
        let now = stageOfPresent[Int(present.codes[deal])]
        guard now >= 0, stage(last) == now else { continue }
        var first = last
        while first > rows.lowerBound, stage(first - 1) == now { first -= 1 }
        entries[deal] = day(first)
      }
    }
    let limits = StageStays.limits(
      spent, groups: names.count * (classes?.names.count ?? 1))
    stalled = (0..<deals.count).map { deal in
      guard entries[deal] != Day.null, present.codes[deal] >= 0 else { return 2 }
      let limit = limits[group(deal, stageOfPresent[Int(present.codes[deal])])]
      guard limit >= 0 else { return 2 }
      return records.asOf.number - entries[deal] > limit ? 1 : 0
    }
    self.entries = entries
  }

  /// The p75 of each group, below zero where too few are known.
  private static func limits(_ spent: [(group: Int32, days: Int32)], groups: Int) -> [Int32] {
    var starts = [Int](repeating: 0, count: groups + 1)
    for stay in spent { starts[Int(stay.group) + 1] += 1 }
    for group in 0..<groups { starts[group + 1] += starts[group] }
    var next = starts
    var days = [Int32](repeating: 0, count: spent.count)
    for stay in spent {
      days[next[Int(stay.group)]] = stay.days
      next[Int(stay.group)] += 1
    }
    return (0..<groups).map { group in
      let range = starts[group]..<starts[group + 1]
      guard range.count >= MetricSettings.fewestStays else { return -1 }
      days[range].sort()
      return days[range.lowerBound + (range.count * 3 + 3) / 4 - 1]
    }
  }
}

/// The days that one deal spent in each of its stages, as far as it left them.
private struct DealStays {
  let rows: Range<Int>
  let stage: (Int) -> Int32
  let day: (Int) -> Int32

  /// Calls a body with each stage, once, and the days of all stays in it.
  func forEach(_ body: (_ stage: Int32, _ days: Int32) -> Void) {
    for place in rows
    where stage(place) >= 0
      && !rows.prefix(upTo: place).contains(where: {
        stage($0) == stage(place)
      })
    {
      let (own, end) = (stage(place), rows.upperBound - 1)
      var days: Int32 = 0
      var hasLeft = false
      for later in place..<end where stage(later) == own {
        days += max(0, day(later + 1) - day(later))
        if stage(later + 1) != own { hasLeft = true }
      }
      if hasLeft { body(own, days) }
    }
  }
}
