/// The organisation that a sample shows: everything that does not grow with its accounts.
struct Organisation: Sendable {
  let options: SampleOptions
  let seed: UInt64
  let asOf: Int
  let isFull: Bool
  let places = Places.shared
  let active: SampleTerritoryModel
  let planned: SampleTerritoryModel
  let staff: Staff
  let fiscal: FiscalYears
  let rates: Rates
  /// Accounts of the main stream on the default as-of date; the planted ones come on top.
  let mainAccounts: Int
  let dirt: DirtPlan

  /// The first day of business.
  static let opening = Civil.day(2012, 1, 2)
  /// The day on which planning of the next territory model began.
  static let planningDay = Civil.day(2026, 8, 3)

  init(_ options: SampleOptions) {
    self.options = options
    seed = options.seed
    asOf = options.asOf
    isFull = options.profile == .full
    let accounts = options.accounts
    let leaves = min(450, 12 + min(accounts, 10_000) / 1_000 + max(0, accounts - 10_000) / 2_900)
    active = SampleTerritoryModel(
      name: "FY27 Go-to-Market", developerName: "FY27_Go_to_Market", number: 1, leaves: leaves,
      strategicFloor: 10_000, places: places)
    planned = SampleTerritoryModel(
      name: "FY28 Go-to-Market", developerName: "FY28_Go_to_Market", number: 2,
      leaves: leaves * 115 / 100 + 1, strategicFloor: 5_000, places: places)
    staff = Staff(
      seed: seed, model: active, accounts: accounts, until: options.asOf, places: places)
    fiscal = FiscalYears(startMonth: isFull ? 2 : 1)
    rates = Rates(seed: seed)
    dirt = DirtPlan(accounts: accounts, isFull: isFull)
    mainAccounts = accounts - dirt.validAccounts
  }

  /// How many accounts of the main stream may exist on the as-of date.
  ///
  /// Those of the default date and, later, those that came since. Before the default date some of
  /// them are still to come.
  var horizon: Int {
    let days = asOf - SampleOptions.defaultAsOf
    return days <= 0 ? mainAccounts : mainAccounts + days * mainAccounts / 2_720 + 1
  }

  /// The day on which an account after the default date is created: about 13 % more a year.
  func laterDay(_ index: Int) -> Int {
    SampleOptions.defaultAsOf + 1 + (index - mainAccounts) * 2_720 / max(1, mainAccounts)
  }
}

/// The value of one US dollar in euros, in millionths, month by month.
struct Rates: Sendable {
  static let firstMonth = Civil.day(2010, 1, 1)
  private let monthly: [Int]
  private let starts: [Int]

  init(seed: UInt64) {
    var draw = Draw(seed, .rates, 0)
    var (rate, monthly, starts): (Int, [Int], [Int]) = (880_000, [], [])
    for month in 0..<(28 * 12) {
      rate = min(990_000, max(810_000, rate + (draw.below(241) - 120) * 100))
      monthly.append(rate)
      starts.append(Civil.adding(months: month, to: Self.firstMonth))
    }
    self.monthly = monthly
    self.starts = starts
  }

  /// The rate of the month that holds a day, as known on the as-of date: a month that has not
  /// begun has the rate of the present one.
  func rate(on day: Int, asOf: Int) -> Int { monthly[month(of: min(day, asOf))] }

  /// The months until a day, with their rates.
  func months(until day: Int) -> [(start: Int, rate: Int)] {
    (0...month(of: day)).map { (starts[$0], monthly[$0]) }
  }

  private func month(of day: Int) -> Int {
    let (y, m, _) = Civil.date(day)
    return min(monthly.count - 1, max(0, (y - 2010) * 12 + m - 1))
  }

  /// An amount of 1/10,000 units at a rate of millionths, rounded half away from zero.
  static func corporate(_ amount: Int, rate: Int) -> Int {
    Int((Int128(amount) * 1_000_000 + Int128(rate / 2)) / Int128(rate))
  }
}
