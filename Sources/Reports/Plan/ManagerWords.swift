import Metrics
import Records

/// Who answers for an edition, in words.
struct ManagerWords {
  let line: ManagementLine
  let model: TerritoryModel
  let formatter: ValueFormatter

  /// To whom an edition goes; nil where nobody manages what it is about.
  func recipient(of edition: EditionScope) -> EditionScope.Recipient? {
    let territory: Int?
    switch edition.scope {
    case .territory(let index): territory = index
    case .manager(_, let tops): territory = tops.first
    case .company, .family, .records: territory = nil
    }
    guard let territory, let recipient = line.managers?.recipient(of: territory) else {
      return nil
    }
    return EditionScope.Recipient(
      id: line.id(recipient.user), name: line.name(recipient.user),
      because: because(recipient, territory))
  }

  /// Why something goes to somebody who is not its manager; nil where it goes to that one.
  func because(_ recipient: TerritoryManagers.Recipient, _ territory: Int) -> String? {
    guard !recipient.detours.isEmpty else { return nil }
    let reasons = recipient.detours.enumerated().map { index, detour in
      var who = line.name(detour.user)
      if index == 0 { who += ", who manages \(model.names[territory])," }
      switch detour.absence {
      case .gone: return "\(who) is no longer there"
      case .away(let until):
        return "\(who) is away" + (until.map { " until " + formatter.dayText($0) } ?? "")
      }
    }
    return "sent to you because " + Suggestion.list(reasons, conjunction: "and")
  }
}
