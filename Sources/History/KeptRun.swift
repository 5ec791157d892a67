import Records

/// What is kept of one run.
///
/// Grain: one per as-of date; a run of the same day takes the place of the one before.
public struct KeptRun: Hashable, Sendable {
  /// The day whose knowledge the run showed.
  public var asOf: Day
  /// The day of the newest change in the export; nil where it states none.
  public var newestDay: Day?
  /// What made the run, such as `cadastre 0.1.0`.
  public var version: String
  /// A digest of what was read: equal for equal inputs.
  public var input: String
  /// The code of the currency of every amount.
  public var currency: String
  /// The files that were read, in the order of the export.
  public var files: [KeptFile]

  public init(
    asOf: Day, newestDay: Day?, version: String, input: String, currency: String,
    files: [KeptFile] = []
  ) {
    self.asOf = asOf
    self.newestDay = newestDay
    self.version = version
    self.input = input
    self.currency = currency
    self.files = files
  }

  /// Rows read by object, whichever files they stood in.
  public var rows: [String: Int] {
    files.reduce(into: [:]) { $0[$1.object, default: 0] += $1.rowsRead }
  }
}

/// A file that a run read.
public struct KeptFile: Hashable, Sendable {
  /// Its name in the export.
  public let file: String
  /// The object that its rows are, such as `Opportunity`.
  public let object: String
  public let rowsRead: Int
  /// Rows that figures are made from: those read but for the deleted ones and those set aside.
  public let rowsUsed: Int

  public init(file: String, object: String, rowsRead: Int, rowsUsed: Int) {
    self.file = file
    self.object = object
    self.rowsRead = rowsRead
    self.rowsUsed = rowsUsed
  }
}

/// One edition that a run made, with the figures that it showed.
///
/// Grain: one per run, report and scope.
public struct KeptEdition: Hashable, Sendable {
  /// The name under which a run's figures for trends are kept, which no report bears.
  public static let trends = "(run)"
  /// The name under which what a notice predicts of each territory is kept, which no report bears.
  public static let predictions = "(prediction)"

  /// Name of the report's definition, such as `weekly-territory`.
  public var report: String
  /// The kind of scope, such as `territory`.
  public var kind: String
  /// Id of the scope; empty for the company.
  public var scope: String
  /// Name of the scope on that day.
  public var name: String
  public var figures: [KeptFigure]

  public init(
    report: String, kind: String, scope: String, name: String, figures: [KeptFigure] = []
  ) {
    self.report = report
    self.kind = kind
    self.scope = scope
    self.name = name
    self.figures = figures
  }
}

/// A figure of an edition, exact.
///
/// Unit: as `unit` says; amounts in whole units of the run's currency.
public struct KeptFigure: Hashable, Sendable {
  /// What the figure is, the same in every edition and run: metric, period, filter.
  public var key: String
  /// What readers saw it called.
  public var label: String
  /// The unit as data formats name it, such as `money`.
  public var unit: String
  /// The value; nil where it was not known.
  public var value: Ratio?

  public init(key: String, label: String, unit: String, value: Ratio?) {
    self.key = key
    self.label = label
    self.unit = unit
    self.value = value
  }
}

/// An open deal as a run saw it.
///
/// Grain: one per run and open deal. Unit of `amount`: 1/10,000 of the run's currency unit.
public struct KeptDeal: Hashable, Sendable {
  public var id: String
  public var account: String?
  public var owner: String?
  /// Id of the territory that the deal counts for.
  public var territory: String?
  public var stage: String?
  public var forecast: String?
  public var amount: Int64?
  public var closeDate: Day?

  public init(
    id: String, account: String? = nil, owner: String? = nil, territory: String? = nil,
    stage: String? = nil, forecast: String? = nil, amount: Int64? = nil, closeDate: Day? = nil
  ) {
    self.id = id
    self.account = account
    self.owner = owner
    self.territory = territory
    self.stage = stage
    self.forecast = forecast
    self.amount = amount
    self.closeDate = closeDate
  }
}

/// An account in a territory, as a run saw it.
///
/// Grain: one per run and pair.
public struct KeptAssociation: Hashable, Comparable, Sendable {
  public let account: String
  public let territory: String

  public init(account: String, territory: String) {
    self.account = account
    self.territory = territory
  }

  public static func < (left: KeptAssociation, right: KeptAssociation) -> Bool {
    (left.account, left.territory) < (right.account, right.territory)
  }
}

/// All that a run leaves to later ones.
public struct RunSnapshot: Sendable {
  public var run: KeptRun
  public var editions: [KeptEdition]
  /// Each open deal once, in any order.
  public var deals: [KeptDeal]
  /// Each account in a territory once, in any order.
  public var associations: [KeptAssociation]

  public init(
    run: KeptRun, editions: [KeptEdition], deals: [KeptDeal], associations: [KeptAssociation]
  ) {
    self.run = run
    self.editions = editions
    self.deals = deals
    self.associations = associations
  }
}
