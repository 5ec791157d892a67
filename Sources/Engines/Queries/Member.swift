import Metrics
import Records

/// The member of a dimension in which a row stands, as SQL.
struct Member {
  /// Never null: the key of a record, a text or the first day of a span; remainders by their names.
  let member: String
  /// Null where the member is a remainder.
  let known: String

  /// The day that stands for rows without one, behind all others.
  static let noDay = "DATE '9999-12-31'"
}

extension FactSelect {
  /// The member of a dimension for the rows of a fact.
  ///
  /// - Parameters:
  ///   - dimension: what is sliced by.
  ///   - fact: the rows.
  ///   - date: the date field that time dimensions read.
  ///   - scope: what may be named.
  ///   - isCounted: whether members are counted, apart from those that rows are sliced by.
  /// - Returns: the member, and where it is none of the remainders.
  /// - Throws: what SQL cannot say.
  func member(
    _ dimension: Dimension, _ fact: Fact, date: String?, scope: Scope, isCounted: Bool = false
  ) throws -> Member {
    switch dimension {
    case .territory, .territorySubtree:
      return try territory(fact, isSubtree: dimension == .territorySubtree, isCounted)
    case .ownerAtClose where fact != .quotas: return ownerAtClose(fact)
    case .territoryAtClose: return territoryAtClose(fact)
    case .account, .family: return try account(dimension, fact, scope)
    case .day, .week, .month, .fiscalQuarter, .fiscalYear: return try span(dimension, date)
    case .segment where fact == .costs: return bandOfCost
    case .segment, .dealBand: return try text(dimension, fact, none: Remainder.unknown)
    case .dealClass:
      let isClassed = !relations.settings.classes.isEmpty
      return try text(
        dimension, fact, none: isClassed ? Remainder.unclassed : Remainder.none)
    case .ownerSubtree where fact != .quotas: return try seniors(fact)
    case .owner, .ownerSubtree, .ownerAtClose, .product:
      return record(FactFields.recordPath(dimension, fact), none: Remainder.unknown)
    default:
      // A text is found by its path; what else a dimension may mean is not known here.
      guard !dimension.isManyValued, !dimension.isTime, dimension.entity == nil else {
        throw NotPrinted.finding("the dimension \(dimension.rawValue)")
      }
      return try text(dimension, fact, none: Remainder.none)
    }
  }

  private func record(_ path: [String], none: String) -> Member {
    guard !path.isEmpty else {
      return Member(member: dialect.literal(none), known: dialect.null("VARCHAR"))
    }
    let id = row(along: path).map { "\($0.alias).Id" } ?? dialect.null("VARCHAR")
    return Member(member: "coalesce(\(id), \(dialect.literal(none)))", known: id)
  }

  /// The owner and all managers above; a manager's quota is the manager's own row.
  private func seniors(_ fact: Fact) throws -> Member {
    let unknown = dialect.literal(Remainder.unknown)
    guard let owner = row(along: FactFields.recordPath(.ownerSubtree, fact)) else {
      return Member(member: unknown, known: dialect.null("VARCHAR"))
    }
    try relations.seniority()
    join("senior", "LEFT JOIN senior ON senior.person = \(owner.alias).Id")
    return Member(member: "coalesce(senior.senior, \(unknown))", known: "senior.senior")
  }

  /// The segment of a cost; the file may name one that is no band.
  private var bandOfCost: Member {
    let bands = MetricSettings.bandNames(relations.settings.segmentBounds).map(dialect.literal)
    let known =
      "CASE WHEN \(alias).Segment IN (\(bands.joined(separator: ", ")))"
      + " THEN \(alias).Segment END"
    return Member(
      member: "coalesce(\(known), \(dialect.literal(Remainder.unknown)))", known: known)
  }

  private func text(
    _ dimension: Dimension, _ fact: Fact, none: String
  ) throws -> Member {
    let path = FactFields.textPath(dimension, fact)
    guard !path.isEmpty else { throw NotPrinted.finding("the dimension \(dimension.rawValue)") }
    let known: String
    if case .text(let sql) = try field(path) {
      known = sql
    } else {
      known = dialect.null("VARCHAR")
    }
    return Member(member: "coalesce(\(known), \(dialect.literal(none)))", known: known)
  }

  /// Who owned a deal when it closed; as was.
  private func ownerAtClose(_ fact: Fact) -> Member {
    let unknown = dialect.literal(Remainder.unknown)
    guard let deal = row(along: fact == .opportunities ? [] : ["OpportunityId"]) else {
      return Member(member: unknown, known: dialect.null("VARCHAR"))
    }
    relations.note("owneratclose", of: .opportunity)
    relations.later.append { try $0.require(.user) }
    join(
      "closer",
      "LEFT JOIN \(relations.name(of: .user)) AS closer ON closer.Id = \(deal.alias).owner_at_close"
    )
    return Member(member: "coalesce(closer.Id, \(unknown))", known: "closer.Id")
  }

  /// In which territory a deal was when it closed, as the present model has it; as was.
  private func territoryAtClose(_ fact: Fact) -> Member {
    let unassigned = dialect.literal(Remainder.unassigned)
    guard let deal = row(along: fact == .opportunities ? [] : ["OpportunityId"]) else {
      return Member(member: unassigned, known: dialect.null("VARCHAR"))
    }
    relations.note("territoryatclose", of: .opportunity)
    let own = "coalesce(\(deal.alias).territory_at_close, \(unassigned))"
    let former = dialect.literal(Remainder.formerTerritory)
    return Member(
      member: own, known: "nullif(nullif(\(own), \(unassigned)), \(former))")
  }

  /// The first day of the span of time in which a date falls.
  func span(_ dimension: Dimension, _ date: String?) throws -> Member {
    let start = try bounds(of: dimension, date).start
    return Member(member: "coalesce(\(start), \(Member.noDay))", known: start)
  }

  /// The day after the span of time in which a date falls.
  func end(of dimension: Dimension, _ date: String) throws -> String {
    try bounds(of: dimension, date).next
  }

  private func bounds(
    of dimension: Dimension, _ date: String?
  ) throws -> (start: String, next: String) {
    guard let date,
      case .day(let day) = try field(date.split(separator: ".").map(String.init))
    else { throw NotPrinted.finding("the dimension \(dimension.rawValue) without a date") }
    switch dimension {
    case .day: return (day, dialect.day(day, movedBy: 1))
    case .week:
      let start = relations.week(of: day)
      return (start, dialect.day(start, movedBy: 7))
    case .fiscalQuarter, .fiscalYear:
      let alias = "\(dimension.rawValue)_of_\(date.lowercased().replacing(".", with: "_"))"
      return try relations.fiscalSpan(dimension, of: day, alias: alias) { join(alias, $0) }
    default:
      let start = dialect.start(of: "month", day)
      return (start, dialect.day(start, movedByMonths: "1"))
    }
  }

  private func territory(
    _ fact: Fact, isSubtree: Bool, _ isCounted: Bool
  ) throws -> Member {
    let unassigned = dialect.literal(Remainder.unassigned)
    let former = dialect.literal(Remainder.formerTerritory)
    switch fact {
    case .opportunities, .lineItems, .dueDeals, .splits:
      relations.note("territory", of: .opportunity)
      let path = fact == .opportunities ? [] : ["OpportunityId"]
      guard let deal = row(along: path) else {
        return Member(member: unassigned, known: dialect.null("VARCHAR"))
      }
      let own = "coalesce(\(deal.alias).territory, \(unassigned))"
      guard isSubtree else {
        return Member(
          member: own, known: "nullif(nullif(\(own), \(unassigned)), \(former))")
      }
      try relations.lineage()
      let above = isCounted ? "counted" : "above"
      join(above, "LEFT JOIN lineage AS \(above) ON \(above).id = \(deal.alias).territory")
      return Member(member: "coalesce(\(above).ancestor, \(own))", known: "\(above).ancestor")
    case .accounts, .revenueMovements, .familyRevenueMovements, .activities:
      guard let account = row(along: fact == .accounts ? [] : ["AccountId"]) else {
        return Member(member: unassigned, known: dialect.null("VARCHAR"))
      }
      if isSubtree { try relations.accountAncestors() } else { try relations.accountTerritories() }
      let held = isCounted ? "counted" : "held"
      join(
        held,
        "LEFT JOIN \(isSubtree ? "account_ancestor" : "account_territory") AS \(held)"
          + " ON \(held).account = \(account.alias).Id")
      return Member(
        member: "coalesce(\(held).territory, \(unassigned))", known: "\(held).territory")
    case .quotas:
      guard let column = schema.column("Territory2Id", of: .quota) else {
        return Member(member: unassigned, known: dialect.null("VARCHAR"))
      }
      try relations.territories()
      let own = "\(alias).\(dialect.identifier(column.name))"
      join("own", "LEFT JOIN territory AS own ON own.id = \(own)")
      return Member(
        member: "CASE WHEN own.id IS NOT NULL THEN own.id WHEN \(own) IS NOT NULL THEN \(former)"
          + " ELSE \(unassigned) END", known: "own.id")
    default: throw NotPrinted.finding("territories of the fact \(fact.rawValue)")
    }
  }

  /// Accounts and families; those that the scope does not let name are `other`.
  private func account(
    _ dimension: Dimension, _ fact: Fact, _ scope: Scope
  ) throws -> Member {
    let unknown = dialect.literal(Remainder.unknown)
    let path = fact == .accounts ? [] : FactFields.recordPath(dimension, fact)
    guard let account = row(along: path) else {
      return Member(member: unknown, known: dialect.null("VARCHAR"))
    }
    if dimension == .family { relations.note("root", of: .account) }
    let own = "\(account.alias).\(dimension == .family ? "root" : "Id")"
    guard scope != .company else {
      return Member(member: "coalesce(\(own), \(unknown))", known: own)
    }
    let named = try relations.namedAccounts(scope, ofFamilies: dimension == .family)
    join("named_\(named)", "LEFT JOIN \(named) ON \(named).account = \(account.alias).Id")
    return Member(
      member: "CASE WHEN \(account.alias).Id IS NULL THEN \(unknown)"
        + " ELSE coalesce(\(named).member, \(dialect.literal(Remainder.other))) END",
      known: "\(named).member")
  }
}
