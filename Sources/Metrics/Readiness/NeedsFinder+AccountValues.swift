import Records
import Settings

extension NeedsFinder {
  /// What the parts of an account's value are made from.
  var accountValueParts: [Part] {
    settings.accountValues.counted.map { part, _ in
      Part(part.rawValue, part.rawValue, needs(of: part))
    }
  }

  /// What rep fit is made from; without segments all accounts are of the same.
  var repFitParts: [Part] {
    let needs = needs(of: "closed_count", by: [.owner]).and(needs(of: "median_deal"))
    let segment = Need.field(.account, settings.segmentField)
    return [Part("rep_fit", "rep fit", needs.and(Needs(refining: [segment])))]
  }

  private func needs(of part: AccountValuePart) -> Needs {
    if let field = settings.accountValues.fields[part] {
      return Needs(essential: [.field(.account, field.name)])
    }
    let value = Need.field(.opportunity, settings.valueField)
    let account = Need.field(.opportunity, "AccountId")
    let family = Need.field(.account, "ParentId")
    switch part {
    case .recurringRevenue, .churnRisk: return Fact.revenueMovements.needs
    case .openPipeline: return Needs(essential: [account, value])
    case .whitespace:
      return Needs(essential: [.field(.lineItem, "Product2Id"), account, family])
    case .familyRevenue:
      return Needs(essential: [.field(.account, "AnnualRevenue")], refining: [family])
    case .relationships:
      let activity = Need.any([
        .field(.account, "LastActivityDate"), .records(.task), .records(.event),
      ])
      let contacts = Need.records(.contact)
      return Needs(essential: [.any([contacts, activity])], refining: [contacts, activity])
    case .walletShare:
      return Needs(essential: [account, value, .field(.account, "AnnualRevenue")])
    case .salesCycle:
      return Needs(
        essential: [account, .field(.opportunity, "CreatedDate")],
        refining: [.records(.opportunityHistory)])
    case .solvency, .fit, .channel: return Needs()
    }
  }
}
