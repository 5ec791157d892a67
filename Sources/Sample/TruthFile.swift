import Records

/// `truth.json`: what was asked for, what was written, what was planted, and the figures that any
/// reader of the export must arrive at.
struct TruthFile {
  let export: Export

  /// The file, with keys in a fixed order.
  var text: String {
    var out = JSONText()
    out.object {
      $0.key("options") { options(&$0) }
      $0.key("rows") { out in
        out.object { out in
          for (name, count) in export.rows.sorted(by: { $0.key < $1.key }) {
            out.key(name) { $0.number(count) }
          }
        }
      }
      $0.key("planted") { planted(&$0) }
      $0.key("figures") { figures(&$0) }
      if organisation.isFull { $0.key("replay") { replay(&$0) } }
      if export.models.count > 1 { $0.key("change_set") { changeSet(&$0) } }
    }
    return out.text + "\n"
  }

  var organisation: Organisation { export.organisation }

  private func options(_ out: inout JSONText) {
    out.object {
      $0.key("accounts") { $0.number(organisation.options.accounts) }
      $0.key("seed") { $0.string(String(organisation.seed)) }
      $0.key("as_of") { $0.string(Day(organisation.asOf).description) }
      $0.key("profile") { $0.string(organisation.options.profile.rawValue) }
    }
  }

  private func planted(_ out: inout JSONText) {
    out.object { out in
      for (kind, ids) in export.planted.ids.sorted(by: { $0.key < $1.key }) {
        out.key(kind) {
          $0.object {
            $0.key("count") { $0.number(ids.count) }
            $0.key("ids") { out in
              out.array { out in for id in ids.sorted() { out.item { $0.string(id) } } }
            }
          }
        }
      }
    }
  }

  private func figures(_ out: inout JSONText) {
    let figures = export.figures
    out.object {
      $0.key("currency") { $0.string("USD") }
      $0.key("fiscal_year") { span(figures.fiscalYear, &$0) }
      $0.key("trailing_four_quarters") { span(figures.trailing, &$0) }
      $0.key("accounts") { $0.number(figures.accounts) }
      $0.key("totals") { out in out.object { sums(figures.total, &$0) } }
      $0.key("unassigned_accounts") {
        $0.object {
          $0.key("count") { $0.number(figures.unassignedAccounts) }
          $0.key("open_amount") { $0.money(figures.unassignedOpenAmount) }
          $0.key("open_count") { $0.number(figures.unassignedOpenCount) }
        }
      }
      $0.key("territories") { territories(figures, &$0) }
      $0.key("win_rates") { winRates(figures, &$0) }
      $0.key("owners") { owners(figures, &$0) }
      $0.key("families") { families(figures, &$0) }
    }
  }

  private func span(_ period: Period, _ out: inout JSONText) {
    out.object {
      $0.key("start") { $0.string(period.start.description) }
      $0.key("end") { $0.string(period.end.description) }
    }
  }

  private func sums(_ sums: DealSums, _ out: inout JSONText) {
    out.key("won_amount") { $0.money(sums.wonAmount) }
    out.key("won_count") { $0.number(sums.wonCount) }
    out.key("open_amount") { $0.money(sums.openAmount) }
    out.key("open_count") { $0.number(sums.openCount) }
    out.key("weighted_numerator") { $0.string(String(sums.weighted)) }
    // The numerator is in units × 1/10,000 percent: a percent is a hundredth.
    out.key("weighted_pipeline") { $0.money(Exact.divide(sums.weighted, by: 1_000_000)) }
  }

  private func territories(_ figures: Figures, _ out: inout JSONText) {
    let territories = organisation.active.territories
    out.array { out in
      for at in figures.territories.indices {
        out.item {
          $0.object {
            let isRest = at == territories.count
            $0.key("territory_id") {
              $0.string(isRest ? "(unassigned)" : RecordID.text(.territory, territories[at].number))
            }
            $0.key("territory") { $0.string(isRest ? "(unassigned)" : territories[at].name) }
            $0.key("users") { $0.number(figures.territoryUsers[at]) }
            $0.key("accounts") { $0.number(figures.territoryAccounts[at]) }
            sums(figures.territories[at], &$0)
            $0.key("quota") { $0.money(Int128(figures.territoryQuota[at])) }
          }
        }
      }
    }
  }

  private func winRates(_ figures: Figures, _ out: inout JSONText) {
    let territories = organisation.active.territories
    let people = organisation.staff.people
    let dimensions: [(String, [(String, Outcomes)])] = [
      (
        "owner",
        zip(people, figures.ownerOutcomes).map { (RecordID.text(.user, $0.number), $1) }
          .sorted { $0.0 < $1.0 }
      ),
      ("segment", Array(zip(Band.names, figures.segmentOutcomes)).sorted { $0.0 < $1.0 }),
      (
        "territory",
        figures.territoryOutcomes.enumerated().map { at, value in
          (
            at == territories.count
              ? "(unassigned)" : RecordID.text(.territory, territories[at].number), value
          )
        }.sorted { $0.0 < $1.0 }
      ),
    ]
    out.array { out in
      for (dimension, members) in dimensions {
        for (member, outcome) in members where outcome.won + outcome.lost > 0 {
          out.item {
            $0.object {
              $0.key("dimension") { $0.string(dimension) }
              $0.key("member_id") { $0.string(member) }
              $0.key("won_count") { $0.number(outcome.won) }
              $0.key("lost_count") { $0.number(outcome.lost) }
              $0.key("won_amount") { $0.money(outcome.wonAmount) }
              $0.key("lost_amount") { $0.money(outcome.lostAmount) }
            }
          }
        }
      }
    }
  }

  private func owners(_ figures: Figures, _ out: inout JSONText) {
    let people = organisation.staff.people.enumerated().map { ($1, $0) }
      .sorted { $0.0.number < $1.0.number }
    out.array { out in
      for (person, at) in people where person.start <= organisation.asOf {
        out.item {
          $0.object {
            $0.key("owner_id") { $0.string(RecordID.text(.user, person.number)) }
            $0.key("accounts") { $0.number(figures.ownerAccounts[at]) }
            sums(figures.owners[at], &$0)
            $0.key("quota") { $0.money(Int128(figures.ownerQuota[at])) }
          }
        }
      }
    }
  }

  private func families(_ figures: Figures, _ out: inout JSONText) {
    out.object {
      $0.key("families") { $0.number(figures.families) }
      $0.key("accounts") { $0.number(figures.accounts) }
      $0.key("largest") { out in
        out.array { out in
          for family in figures.topFamilies {
            out.item {
              $0.object {
                $0.key("root_id") { $0.string(RecordID.text(.account, family.root)) }
                $0.key("accounts") { $0.number(family.accounts) }
                $0.key("annual_revenue") { $0.money(family.revenue) }
                $0.key("won_amount") { $0.money(family.wonAmount) }
                $0.key("open_amount") { $0.money(family.openAmount) }
                $0.key("products") { $0.number(family.products.nonzeroBitCount) }
                $0.key("territories") { $0.number(family.territories.count) }
                $0.key("owners") { $0.number(family.owners.count) }
              }
            }
          }
        }
      }
    }
  }
}
