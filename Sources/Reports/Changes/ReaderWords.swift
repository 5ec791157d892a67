import Metrics
import Records
import Territories

/// Why somebody reads what another person would, in words.
struct ReaderWords {
  let part: ChangePart
  let format: ValueFormatter

  /// A sentence for each way that a notice took; nil where it goes to the managers themselves.
  var sentence: ReportDocument.Prose? {
    guard let reader = part.reader, !reader.passedOn.isEmpty else { return nil }
    // Whoever is not there is named once, with all of their territories.
    var detours: [(detour: TerritoryManagers.Detour, territories: [String])] = []
    for passed in reader.passedOn {
      if let known = detours.firstIndex(where: { $0.detour.user == passed.detour.user }) {
        if !detours[known].territories.contains(passed.territory) {
          detours[known].territories.append(passed.territory)
        }
      } else {
        detours.append((passed.detour, [passed.territory]))
      }
    }
    var sentences = ReportDocument.Prose("")
    for next in detours {
      if !sentences.isEmpty { sentences = sentences + " " }
      sentences = sentences + sentence(next.detour, next.territories)
    }
    return sentences
  }

  private func sentence(
    _ detour: TerritoryManagers.Detour, _ territories: [String]
  ) -> ReportDocument.Prose {
    let person = ReportDocument.Name(part.book.user(detour.user).name)
    let count = territories.count
    let first = ReportDocument.Name(territories[0])
    let what: ReportDocument.Prose =
      count == 1 ? "\(first)" : "\(format.count(Int128(count))) territories, such as \(first)"
    let absence: ReportDocument.Prose =
      switch detour.absence {
      case .gone: "is not there any more"
      case .away(let day?): "is away until \(format.day(day))"
      case .away(nil): "is away"
      }
    let stop: ReportDocument.Prose =
      switch detour.to {
      case .cover: "you stand in"
      case .above: "you manage the territory above"
      }
    return "Sent to you because \(person), who manages \(what), \(absence), and \(stop)."
  }
}
