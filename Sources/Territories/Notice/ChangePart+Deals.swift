import Metrics
import Records

// Open deals by how much the change disturbs them, and by when they close.
extension ChangePart {
  /// A class of open deals, hold-outs last.
  private enum DealClass: String, CaseIterable {
    case none, early, late, tie, held

    static let labels = [
      "none": "Keep their owner", "early": "To another owner, early",
      "late": "To another owner, late or closing soon",
      "tie": "Of these: lose their territory by a tie", "held": "Held out: stay as they are",
    ]
  }

  private func deals(of kind: DealClass) -> [DealChange] {
    changes.deals.filter { change in
      switch kind {
      case .held: change.isHeld
      case .tie: change.losesByTie && !change.isHeld
      case .none: change.disruption == .none && !change.isHeld
      case .early: change.disruption == .early && !change.isHeld
      case .late: change.disruption == .late && !change.isHeld
      }
    }
  }

  /// The open deals by class.
  var dealClasses: MetricTable {
    let rows = DealClass.allCases.map { ($0, deals(of: $0)) }
    var columns = ChangeColumns()
    columns.text("class", "Open deals", rows.map(\.0.rawValue), labels: DealClass.labels)
    columns.count("deals", "Deals", rows.map(\.1.count))
    columns.money(
      "amount", "Amount",
      rows.map { row in row.1.reduce(0) { $0 + stakes.value(ofDeal: Int($1.deal)) } },
      "Value of the deals in corporate currency.")
    columns.weighted(
      "weighted_amount", "Weighted",
      rows.map { row in
        row.1.reduce(0) { $0 + stakes.weightedNumerator(ofDeal: Int($1.deal)) }
      }, "Value of the deals times their probability.")
    return MetricTable(
      name: ChangeList.dealClasses.rawValue, grain: "a class of open deals",
      columns: columns.columns,
      notes: changes.deals.isEmpty ? ["No open deal is affected."] : [])
  }

  private struct Shift {
    var kept = 0
    var out = 0
    var `in` = 0
    var amountOut: Int128 = 0
    var amountIn: Int128 = 0
    var weightedOut: Int128 = 0
    var weightedIn: Int128 = 0
  }

  /// What of the forecast goes and comes with open bookings, by the fiscal quarter in which they
  /// close; overdue ones stand first, those without a day last.
  var forecastShift: MetricTable {
    let closes = records[.opportunity].days("CloseDate")
    let calendar = book.terms.calendar
    var shifts: [Int32: Shift] = [:]
    var names: [Int32: String] = [:]
    for change in changes.deals where stakes.isOpenBooking[Int(change.deal)] && !change.isHeld {
      let movement = movement(change)
      let deal = Int(change.deal)
      let close = closes[deal]
      let key: Int32
      if close == Day.null {
        key = Int32.max
        names[key] = "No close date"
      } else if close < records.asOf.number {
        key = Int32.min
        names[key] = "Overdue"
      } else {
        let quarter = calendar.quarter(containing: Day(number: close))
        key = quarter.period.start.number
        names[key] = quarter.name
      }
      var shift = shifts[key] ?? Shift()
      let (value, weighted) = (stakes.value(ofDeal: deal), stakes.weightedNumerator(ofDeal: deal))
      switch movement {
      case .out:
        shift.out += 1
        shift.amountOut += value
        shift.weightedOut += weighted
      case .in:
        shift.in += 1
        shift.amountIn += value
        shift.weightedIn += weighted
      case .within, .shared, .owner, .held: shift.kept += 1
      }
      shifts[key] = shift
    }
    let rows = shifts.sorted { $0.key < $1.key }.filter { $0.value.out + $0.value.in > 0 }
    var columns = ChangeColumns()
    columns.text("quarter", "Closes in", rows.map { names[$0.key] })
    columns.count("out", "Deals leaving", rows.map(\.value.out))
    columns.count("in", "Deals coming", rows.map(\.value.in))
    columns.money("amount_out", "Amount leaving", rows.map(\.value.amountOut))
    columns.money("amount_in", "Amount coming", rows.map(\.value.amountIn))
    columns.weighted("weighted_out", "Weighted leaving", rows.map(\.value.weightedOut))
    columns.weighted("weighted_in", "Weighted coming", rows.map(\.value.weightedIn))
    columns.weighted(
      "weighted_change", "Forecast shift",
      rows.map { $0.value.weightedIn - $0.value.weightedOut },
      "Weighted value of the deals that come less that of the deals that leave.")
    return MetricTable(
      name: ChangeList.forecastShift.rawValue, grain: "a fiscal quarter in which deals close",
      columns: columns.columns,
      notes: rows.isEmpty ? ["No open booking leaves or comes, so the forecast stays."] : [])
  }
}
