import Records

extension StandardTable {
  /// What the parts of a table are made from that is made without queries; nil for the others.
  var partsWithoutQueries: [(name: String, needs: Needs)]? {
    let family = Need.field(.account, "ParentId")
    let owner = Need.field(.account, "OwnerId")
    switch self {
    case .conflicts:
      return [
        (
          "C1 to C4",
          Needs(
            essential: [.accountTerritories, owner],
            refining: [.records(.userTerritory), .field(.opportunity, "Territory2Id")])
        ),
        ("C5", Needs(essential: [owner, family], refining: [.accountTerritories])),
        (
          "C6",
          Needs(
            essential: [.field(.lead, "Company"), .field(.lead, "OwnerId"), owner],
            refining: LeadAnswers.evidence)
        ),
        ("C7", Needs(essential: [.field(.user, "IsActive")], refining: [.records(.contract)])),
      ]
    case .leads:
      return [
        (
          "leads",
          Needs(
            essential: [.field(.lead, "Company")],
            refining: LeadAnswers.evidence + [
              owner, .field(.lead, "OwnerId"), .field(.lead, "CreatedDate"),
              .records(.assignmentRule), .field(.userTerritory, "RoleInTerritory2"),
            ])
        )
      ]
    case .splitFamilies:
      return [
        ("split families", Needs(essential: [.accountTerritories, family], refining: [owner]))
      ]
    case .neglectedAccounts:
      let activities = Need.any([
        .field(.account, "LastActivityDate"), .records(.task), .records(.event),
      ])
      return [("neglected accounts", Needs(essential: [owner], refining: [activities]))]
    case .penetration:
      return [
        (
          "penetration",
          Needs(essential: [
            .field(.lineItem, "Product2Id"), .field(.opportunity, "AccountId"), family,
          ])
        )
      ]
    case .concentration:
      return [
        (
          "concentration",
          Needs(essential: [.field(.opportunity, "AccountId")], refining: [family])
        )
      ]
    case .pipelineMovement:
      return [
        (
          "movement of the pipeline",
          Needs(
            essential: [.activeModel, .records(.opportunity)],
            refining: [
              .records(.opportunityHistory), .field(.opportunity, "CreatedDate"),
              .any([.field(.opportunity, "Territory2Id"), .accountTerritories]),
              .records(.opportunityFieldHistory),
            ])
        )
      ]
    default: return nil
    }
  }
}

extension LeadAnswers {
  /// What near names are told apart by.
  fileprivate static let evidence: [Need] = [
    .any([
      .field(.account, "Website"), .field(.account, "Phone"), .field(.account, "BillingPostalCode"),
    ])
  ]
}
