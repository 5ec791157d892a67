import Metrics
import Records

/// What the derived fields of expressions mean under a configuration, in words.
struct DerivedWords {
  private let settings: MetricSettings
  private let currency: String
  private let labels: [ForecastCategories.Label]

  init(_ settings: MetricSettings, currency: String, labels: [ForecastCategories.Label]) {
    self.labels = labels
    self.settings = settings
    self.currency = currency
  }

  /// Each field with its meaning, in a fixed order.
  var all: [(String, String)] {
    [
      (
        "Value",
        "of a deal its field \(settings.valueField), of a line its total price, of a quota its"
          + " amount, of a split its share of the deal, in \(currency)"
      ),
      ("IsBooking", bookings),
      ("Class", classes),
      (
        "IsOpen",
        "the deal is not closed, overdue and omitted ones included; the lead is not converted and"
          + " at no status that ends it (\(Suggestion.list(settings.closedLeadStatuses)))"
      ),
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
      ("AssignedDate", "the day on which the account first came into a territory"),
      (
        "DaysToAssign",
        "days from the creation of the account to the first of its associations with a territory"
      ),
      ("DaysUnassigned", "days since the creation of an account that is in no territory"),
      ("AgeDays", "days from the creation of the lead to its conversion, else to the as-of date"),
      (
        "IsDone",
        "the day of the activity is not after the as-of date; a task is not known to be open"
      ),
      ("IsAhead", "the event, or the row of the file of activities, is after the as-of date"),
      ("IsMeeting", "an event, or a row of the file of activities of the kind meeting"),
      ("IsOverlay", "the split is of a type whose total is not validated to 100 %"),
      ("Forecast", forecast),
    ]
  }

  private var forecast: String {
    let shown = labels.map { "\($0.value) is shown as \(CleanText.unmarked($0.label))" }
    return (["the API's value of the forecast category"] + shown).joined(separator: "; ")
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
