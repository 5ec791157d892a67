import Metrics
import Records

/// What the derived fields of expressions mean under a configuration, in words.
struct DerivedWords {
  private let settings: MetricSettings
  private let currency: String

  init(_ settings: MetricSettings, currency: String) {
    self.settings = settings
    self.currency = currency
  }

  /// Each field with its meaning, in a fixed order.
  var all: [(String, String)] {
    [
      (
        "Value",
        "of a deal its field \(settings.valueField), of a line its total price, of a quota its"
          + " amount, in \(currency)"
      ),
      ("IsBooking", bookings),
      ("Class", classes),
      ("IsOpen", "the deal is not closed; overdue and omitted ones are open"),
      ("IsLost", "the deal is closed and not won"),
      (
        "CycleDays",
        "days from the creation of the deal to its last close by OpportunityHistory, else to"
          + " CloseDate; at least 0"
      ),
      (
        "Pushes",
        "how often the CloseDate of the deal was moved to a later day, by OpportunityHistory; empty"
          + " where that is not known"
      ),
      (
        "DaysInStage",
        "days since the open deal last came into its present stage, by OpportunityHistory; empty"
          + " where that is not known"
      ),
      (
        "IsStalled",
        "DaysInStage is more than three quarters of the won deals of the same class spent in that"
          + " stage; not known where fewer than five were in it"
      ),
      (
        "Outcome",
        "what the deal was at the end of the quarter: won, lost, or slipped where it was still open"
      ),
      ("Revenue", "AnnualRevenue of the account in \(currency)"),
      (
        "Segment",
        "the band of \(settings.segmentField) of the account, from "
          + Suggestion.list(settings.segmentBounds.map { String($0) }, conjunction: "and") + " on"
      ),
      ("IsUnassigned", "the account is in no territory of the active model"),
    ]
  }

  private var bookings: String {
    var text =
      settings.bookings.map {
        "the class of the deal is \(Suggestion.list($0))"
      } ?? ""
    if let stage = settings.bookingsFrom {
      text += (text.isEmpty ? "the deal is" : " and it is") + " in stage \(stage) or a later one"
    }
    return text.isEmpty ? "true of every deal, as nothing is configured" : text
  }

  private var classes: String {
    settings.classes.isEmpty
      ? "no classes are configured"
      : "the first that matches of "
        + settings.classes.map { "\($0.name) (\($0.condition.text))" }.joined(separator: ", ")
  }
}
