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
    return detours.reduce("") { words, next in
      (words.isEmpty ? words : words + " ") + sentence(next.detour, next.territories)
    }
  }

  private func sentence(
    _ detour: TerritoryManagers.Detour, _ territories: [String]
  ) -> ReportDocument.Prose {
    let person = ReportDocument.Name(part.book.user(detour.user).name)
    let count = territories.count
    let what =
      count == 1
      ? "\(ReportDocument.Name(territories[0]))"
      : "\(format.count(Int128(count))) territories, such as \(ReportDocument.Name(territories[0]))"
        as ReportDocument.Prose
    let absence: ReportDocument.Prose =
      switch detour.absence {
      case .gone: "is not there any more"
      case .away(let day):
        day.map { "is away until \(format.day($0))" } ?? "is away"
      }
    let stop: ReportDocument.Prose =
      switch detour.to {
      case .cover: "you stand in"
      case .above: "you manage the territory above"
      }
    return "Sent to you because \(person), who manages \(what), \(absence), and \(stop)."
  }
}
