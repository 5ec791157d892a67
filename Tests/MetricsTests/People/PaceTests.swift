import Metrics
import Records
import Testing

/// As of Friday, 2026-11-20, by calendar years: the 37th working day of its quarter, that of the
/// quarters before being 2026-08-20 and 2026-05-21.
@Suite("Pace")
struct PaceTests {
  private func organisation() -> Organisation {
    var o = Organisation()
    o.add(.user, "ann")
    let deals: [(String, Int64)] = [
      ("2026-05-21", 50), ("2026-05-22", 50), ("2026-08-20", 100), ("2026-08-21", 300),
      ("2026-11-20", 7), ("2026-11-23", 9),
    ]
    for (day, amount) in deals {
      o.deal(day, .won, amount: amount, close: day, owner: "ann")
    }
    o.deal("lost", .lost, amount: 1_000, close: "2026-08-01", owner: "ann")
    return o
  }

  private func holidays(_ days: String...) -> UserRecords {
    var user = UserRecords()
    user.holidays = days.map { Holiday(day: Organisation.day($0), name: nil) }
    return user
  }

  @Test("Earlier quarters are cut at the same working day, which belongs to them")
  func quarters() throws {
    let table = try organisation().engine().run([
      Query(
        metrics: ["won_by_this_day_amount", "won_amount", "pace"], by: [.fiscalQuarter],
        period: .previousFiscalQuarters(8))
    ])[0]
    #expect(
      table.csv() == """
        fiscal_quarter,won_by_this_day_amount,won_amount,pace
        Q4 FY2024,0.00,0.00,
        Q1 FY2025,0.00,0.00,
        Q2 FY2025,0.00,0.00,
        Q3 FY2025,0.00,0.00,
        Q4 FY2025,0.00,0.00,
        Q1 FY2026,0.00,0.00,
        Q2 FY2026,50.00,100.00,0.500000
        Q3 FY2026,100.00,400.00,0.250000

        """)
  }

  @Test("A holiday of this quarter takes a day from the others, one of theirs gives it back")
  func holidays() throws {
    // Only 36 working days have passed; May 1 was a Friday on which nobody worked.
    let pace = try organisation().engine(userRecords: holidays("2026-05-01", "2026-11-11")).pace()
    #expect(pace.quarters.map(\.name) == ["Q2 FY2026", "Q3 FY2026"])
    #expect(pace.quarters.map { $0.share.text(places: 2) } == ["0.50", "0.00"])
    // On a weekend it changes nothing.
    let same = try organisation().engine(userRecords: holidays("2026-11-14")).pace()
    #expect(same == (try organisation().engine().pace()))
  }

  @Test("The median is the lower of the middle two, and the range is that of the quarters")
  func summary() throws {
    let pace = try organisation().engine().pace()
    #expect(pace.median?.text(places: 2) == "0.25")
    #expect(pace.range?.least.text(places: 2) == "0.25")
    #expect(pace.range?.greatest.text(places: 2) == "0.50")
    #expect(try Organisation().engine().pace().median == nil)
  }

  @Test("The present quarter goes up to the as-of date, though it be a Sunday")
  func present() throws {
    var o = organisation()
    o.deal("sunday", .won, amount: 4, close: "2026-11-22", owner: "ann")
    #expect(try o.engine().figure("won_by_this_day_amount", .fiscalQuarter(offset: 0)) == "7.00")
    o.asOf = Organisation.day("2026-11-22")
    #expect(try o.engine().figure("won_by_this_day_amount", .fiscalQuarter(offset: 0)) == "11.00")
    // No working day of the quarter has passed on New Year's Day.
    o.asOf = Organisation.day("2027-01-01")
    let engine = try o.engine(userRecords: holidays("2027-01-01"))
    #expect(try engine.figure("won_by_this_day_amount", .fiscalQuarter(offset: -1)) == "0.00")
  }
}
