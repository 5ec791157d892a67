extension Export {
  private struct Quota {
    let number: Int
    let owner: Int
    let territory: Int
    let day: Int
    let amount: Int
  }

  /// Writes the quotas of the fiscal years from 2023 on: a row a seat and quarter, and rows of the
  /// managers of areas and regions, which are their own and never the sum of the seats'.
  mutating func writeQuotas() throws {
    let asOf = organisation.asOf
    var rows: [Quota] = []
    var year = organisation.fiscal.start(of: Civil.day(2022, 12, 15))
    while year - 20 <= asOf {
      for quarter in 0..<4 {
        appendQuotas(from: Civil.adding(months: 3 * quarter, to: year), to: &rows)
      }
      year = Civil.adding(months: 12, to: year)
    }
    let organisation = self.organisation
    try write(
      "ForecastingQuota.csv",
      ["Id", "QuotaOwnerId", "Territory2Id", "StartDate", "QuotaAmount", "ForecastingTypeId"]
        + (organisation.isFull ? ["CurrencyIsoCode"] : [])
    ) {
      for row in rows {
        $0.id(Export.stem(.quota), row.number)
        $0.cell(organisation.staff.people[row.owner].cell)
        $0.cell(organisation.active.territories[row.territory].cell)
        $0.date(row.day)
        $0.money(row.amount)
        $0.id(Export.stem(.forecastingType), 1)
        if organisation.isFull { $0.cell(Export.dollar) }
        $0.endRow()
      }
    }
    for row in rows where figures.fiscalYear.contains(row.day) {
      figures.territoryQuota[row.territory] += row.amount
      figures.ownerQuota[row.owner] += row.amount
    }
  }

  private func appendQuotas(from day: Int, to rows: inout [Quota]) {
    let (staff, model) = (organisation.staff, organisation.active)
    let (year, month, _) = Civil.date(day)
    let stamp = year * 12 + month - 1
    // Quotas grow by about six percent a year around those of 2026.
    let growth = 100 + (stamp - 2026 * 12) / 2
    let expected = organisation.options.accounts * Self.yearlyBookings / 4
    let weights = model.territories.reduce(0) { $0 + $1.weight }
    var sums: [Int: Int] = [:]
    for (index, seat) in staff.seats.enumerated() {
      guard
        let holder = seat.holders.last(where: { $0.start <= day && $0.start <= organisation.asOf })
      else { continue }
      let seats = staff.seatsOf[seat.territory].count
      let base = expected * model.territories[seat.territory].weight / weights / seats
      let skew = 80 + scramble(index, 41) % 50
      let share = base * skew / 100 * growth / 100
      let amount = max(1, (share + 500) / 1_000) * 1_000 * 10_000
      rows.append(
        Quota(
          number: index * 10_000 + stamp - 24_000, owner: holder.person, territory: seat.territory,
          day: day, amount: amount))
      var parent = model.territories[seat.territory].parent
      while let at = parent {
        sums[at, default: 0] += amount
        parent = model.territories[at].parent
      }
    }
    for territory in model.territories.indices {
      guard let sum = sums[territory], let manager = staff.managerOf[territory] else { continue }
      let amount = sum / 10_000 * 92 / 100 / 1_000 * 1_000 * 10_000
      rows.append(
        Quota(
          number: 100_000_000 + territory * 10_000 + stamp - 24_000, owner: manager,
          territory: territory, day: day, amount: max(amount, 10_000_000)))
    }
  }

  /// Dollars that an account brings in a year on average.
  private static let yearlyBookings = 13_000
}
