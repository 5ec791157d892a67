/// A contract as it stands on the as-of date.
struct Subscription {
  var number: Int
  var created: Int
  var start: Int
  /// Nil runs until it is cancelled.
  var end: Int?
  var months: Int
  /// Units of 1/10,000 a month.
  var monthly: Int
  var status: String
}

/// Makes the service contracts of a customer: renewals with other amounts, upgrades beside them,
/// gaps, cancellations and churn.
struct SubscriptionMaker {
  let organisation: Organisation

  /// The contracts of an account that exist on the as-of date, given its first won deal.
  func contracts(_ account: Account, firstWon: Int) -> [Subscription] {
    var draw = Draw(organisation.seed, .subscription, account.number)
    guard draw.chance(270) else { return [] }
    var (result, number): ([Subscription], Int) = ([], 0)
    var signed = firstWon
    var start = Civil.workday(firstWon + 3) + draw.below(28)
    let base = [9_000, 17_000, 39_000, 90_000, 260_000, 12_000][account.band]
    var monthly = max(2_500, base * draw.spread() / 1_000) * 100
    while signed <= organisation.asOf && number < 200 {
      let months = [12, 12, 12, 24, 36][draw.below(5)]
      let planned = Civil.adding(months: months, to: start) - 1
      let isEvergreen = draw.chance(25)
      let cancelled = draw.chance(45) ? start + draw.within(60...(planned - start)) : nil
      let (rise, upgrade) = (draw.within(92...122), draw.chance(190))
      let (upgradeAt, upgradeShare) = (
        draw.within(40...(planned - start - 20)), draw.within(10...45)
      )
      let (fate, delay, advance) = (draw.below(100), draw.below(180), draw.within(5...60))
      add(&result, &number, signed, start, isEvergreen ? nil : planned, cancelled, months, monthly)
      let last = cancelled ?? planned
      if upgrade && !isEvergreen && start + upgradeAt < last {
        let from = start + upgradeAt
        add(
          &result, &number, from - 10, from, planned, cancelled, max(1, (planned - from) / 30),
          monthly * upgradeShare / 100 / 100 * 100)
      }
      if isEvergreen && cancelled == nil { break }
      switch (cancelled, fate) {
      case (nil, ..<78):
        start = planned + 1
        signed = start - advance
      case (_, ..<88):
        start = last + 25 + delay
        signed = start - 7
      case (_, ..<92):
        start = last + 380 + 2 * delay
        signed = start - 7
      default: return result
      }
      monthly = monthly * rise / 100 / 100 * 100
    }
    return result
  }

  private func add(
    _ result: inout [Subscription], _ number: inout Int, _ signed: Int, _ start: Int, _ end: Int?,
    _ cancelled: Int?, _ months: Int, _ monthly: Int
  ) {
    let asOf = organisation.asOf
    // Numbers count contracts that are still to come too, so that each keeps its own.
    number += 1
    guard signed <= asOf else { return }
    let isCancelled = cancelled.map { $0 <= asOf } ?? false
    let shown = isCancelled ? cancelled : end
    let status =
      start > asOf
      ? "Draft"
      : isCancelled
        ? "Terminated"
        : (shown.map { $0 < asOf } ?? false) ? "Expired" : "Activated"
    result.append(
      Subscription(
        number: number, created: signed, start: start, end: shown, months: months,
        monthly: monthly, status: status))
  }
}
