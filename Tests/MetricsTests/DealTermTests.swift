import Metrics
import Records
import Testing

@Suite("Renewals where only deals tell of them")
struct DealTermTests {
  private var organisation: Organisation {
    var o = Organisation()
    o.settings.termField = "Term__c"
    o.settings.classes = ["new", "renewal"].map {
      MetricSettings.NamedCondition(name: $0, condition: ExpressionText("Type = '\($0)'"))
    }
    return o
  }

  private func won(
    _ id: String, _ type: String, _ amount: Int64, close: String, months: Int64?
  ) -> (String, [String: Organisation.Cell]) {
    var cells: [String: Organisation.Cell] = [
      "StageName": .text("won"), "IsClosed": .flag(true), "IsWon": .flag(true),
      "CloseDate": .day(close), "Type": .text(type), "Amount": .number(amount * 10_000),
    ]
    cells["Term__c"] = months.map { .number($0 * 10_000) } ?? .number(Exact.null)
    return (id, cells)
  }

  @Test("Renewals won are divided by what expired, to the last day of a shorter month")
  func rate() throws {
    var o = organisation
    let deals = [
      // Ends on the last day of a leap February, and of a common one.
      won("1", "new", 100, close: "2023-08-31", months: 6),
      won("2", "new", 40, close: "2024-08-31", months: 6),
      won("3", "renewal", 60, close: "2024-02-10", months: 12),
      // Has no term, or none that can be; is of no class; ends after D.
      won("4", "renewal", 999, close: "2024-02-10", months: nil),
      won("5", "new", 999, close: "2024-02-10", months: 0),
      won("6", "other", 999, close: "2023-08-10", months: 6),
      won("7", "new", 500, close: "2026-01-01", months: 12),
    ]
    for (id, cells) in deals { o.add(.opportunity, id, cells) }
    let engine = try o.engine()
    func february(_ year: Int) -> PeriodSpec {
      .days(
        Period(
          start: Organisation.day("\(year)-02-01"), end: Organisation.day("\(year)-03-01")))
    }
    #expect(try engine.figure("expired_amount", february(2024)) == "100.00")
    #expect(try engine.figure("deal_renewal_rate", february(2024)) == "0.600000")
    #expect(try engine.figure("expired_amount", february(2025)) == "100.00")
    #expect(try engine.figure("deal_renewal_rate", february(2025)) == "0.000000")
    #expect(try engine.figure("expired_amount", .always) == "200.00")
  }

  @Test("Without classes or without a field of terms the rate is undefined")
  func undefined() throws {
    var o = organisation
    let (id, cells) = won("1", "new", 100, close: "2024-02-29", months: 12)
    o.add(.opportunity, id, cells)
    #expect(try o.engine().figure("deal_renewal_rate", .always) == "0.000000")
    var noTerm = o
    noTerm.settings.termField = nil
    #expect(try noTerm.engine().figure("deal_renewal_rate", .always) == "")
    var noClass = o
    noClass.settings.classes = []
    #expect(try noClass.engine().figure("deal_renewal_rate", .always) == "")
  }
}
