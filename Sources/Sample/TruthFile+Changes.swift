/// The part about models: what their rules give, and what changes hands between them.
extension TruthFile {
  /// By model and territory how many accounts the rules give it.
  func replay(_ out: inout JSONText) {
    let changes = export.changes
    let (active, planned) = (organisation.active, organisation.planned)
    out.array { out in
      for model in export.models {
        let isActive = model.number == active.number
        out.item {
          $0.object {
            $0.key("model") { $0.string((isActive ? active : planned).developerName) }
            $0.key("territories") {
              territories(
                of: model, byRules: isActive ? changes.activeByRules : changes.plannedByRules,
                excluded: isActive ? changes.activeExcluded : [], &$0)
            }
          }
        }
      }
    }
  }

  private func territories(
    of model: SampleTerritoryModel, byRules: [Int], excluded: [Int], _ out: inout JSONText
  ) {
    out.array { out in
      for at in byRules.indices {
        out.line {
          $0.object {
            $0.key("territory") {
              $0.string(
                at == model.territories.count ? "(none)" : model.territories[at].developerName)
            }
            $0.key("by_rules") { $0.number(byRules[at]) }
            $0.key("excluded") { $0.number(excluded.isEmpty ? 0 : excluded[at]) }
          }
        }
      }
    }
  }

  /// What changes from the active model, as exported, to the planned one, as its rules give it.
  func changeSet(_ out: inout JSONText) {
    let changes = export.changes
    out.object {
      $0.key("from") { $0.string(organisation.active.developerName) }
      $0.key("to") { $0.string(organisation.planned.developerName) }
      $0.key("accounts") {
        self.changes(changes.accounts, key: { $0.joined(separator: " ") }, &$0) {
          $1.strings($0)
        }
      }
      $0.key("open_deals") {
        self.changes(changes.deals, key: { $0 ?? "" }, &$0) { $1.string(orNull: $0) }
      }
    }
  }

  private func changes<Place>(
    _ changes: PlannedChanges.Changes<Place>, key: (Place) -> String, _ out: inout JSONText,
    write: (Place, inout JSONText) -> Void
  ) {
    out.object {
      $0.key("count") { $0.number(changes.count) }
      $0.key("moves") { out in
        out.array { out in
          let moves = changes.moves.map { ($0, $1, (key($0.from), key($0.to))) }
          for (move, count, _) in moves.sorted(by: { $0.2 < $1.2 }) {
            out.line {
              $0.object {
                $0.key("from") { write(move.from, &$0) }
                $0.key("to") { write(move.to, &$0) }
                $0.key("count") { $0.number(count) }
              }
            }
          }
        }
      }
      // Not written where the records are too many to list: absent, not empty.
      guard organisation.options.accounts <= PlannedChanges.listed else { return }
      $0.key("list") { out in
        out.array { out in
          for entry in changes.list.sorted(by: { $0.id < $1.id }) {
            out.line {
              $0.object {
                $0.key("id") { $0.string(entry.id) }
                $0.key("from") { write(entry.move.from, &$0) }
                $0.key("to") { write(entry.move.to, &$0) }
              }
            }
          }
        }
      }
    }
  }
}
