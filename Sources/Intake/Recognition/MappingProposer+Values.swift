import Records

extension MappingProposer {
  /// What each stage means, by its words; a stage without such a word is open.
  mutating func proposeStages() {
    guard let role = roles[.opportunity], let column = role.fields["StageName"] else { return }
    let stages = role.file.distinct(column).sorted()
    guard stages.count <= 60 else {
      doubt(
        "Opportunity.StageName", "it has \(stages.count) different texts, which are many for stages"
      )
      return
    }
    var open: [String] = []
    for stage in stages {
      let outcome = synonyms.outcome(of: stage)
      mapping.outcomes[stage] = outcome ?? .open
      if outcome == nil { open.append(stage) }
    }
    if !open.isEmpty {
      remarks["stages"] = "unsure: no word says what the open ones mean, so their deals are open"
      doubts.append("stages: \(open.joined(separator: ", ")) are read as open")
    }
    for (outcome, word) in [(Mapping.Outcome.won, "won"), (.lost, "lost")]
    where !mapping.outcomes.values.contains(outcome) {
      doubts.append("stages: none says that a deal was \(word)")
    }
  }

  /// The factor of revenue, where it is given in thousands or millions: such that half of the
  /// companies earn near to 200,000 a head.
  mutating func proposeFactor() {
    guard let role = roles[.account], let revenue = role.fields["AnnualRevenue"],
      let heads = role.fields["NumberOfEmployees"]
    else { return }
    let ratios = zip(role.file.cells[revenue], role.file.cells[heads]).compactMap {
      cells -> Double? in
      guard let revenue = CellParser.decimal(Array(cells.0.utf8).span),
        let heads = CellParser.decimal(Array(cells.1.utf8).span), heads > 0, revenue > 0
      else { return nil }
      return Double(revenue) / Double(heads)
    }.sorted()
    guard ratios.count >= 5 else { return }
    let median = ratios[ratios.count / 2]
    // A head earns between 1,000 and 20 million wherever.
    guard median < 1_000 else { return }
    let times: Int64 = median * 1_000 >= 20_000 ? 1_000 : 1_000_000
    var way = Mapping.FieldSource(role.header(revenue))
    way.times = times
    set(.account, "AnnualRevenue", [way])
    doubt(
      "Account.AnnualRevenue",
      times == 1_000
        ? "so little for so many employees must be in thousands"
        : "so little for so many employees must be in millions")
  }

  /// Spellings of industries and countries that look like another.
  mutating func proposeSpellings() {
    guard let role = roles[.account] else { return }
    for field in ["Industry", "BillingCountry"] {
      guard let column = role.fields[field] else { continue }
      let mended = role.file.distinct(column).sorted().compactMap { text in
        Vocabulary.correction(of: text, in: field).map { (text, $0) }
      }
      remark(spellings: mended, of: role.header(column), at: "Account.\(field)")
    }
  }

  /// A deal without a date of its close is found by its values.
  mutating func proposeDates() {
    guard var role = roles[.opportunity] else { return }
    let dates = role.file.columns.filter {
      [.isoDate, .otherDate].contains(role.file.look($0.position).kind)
        && !role.fields.values.contains($0.position)
    }
    if role.fields["CloseDate"] == nil, let last = dates.last {
      role.fields["CloseDate"] = last.position
      roles[.opportunity] = role
      set(.opportunity, "CloseDate", [Mapping.FieldSource(last.name)])
      doubt("Opportunity.CloseDate", "the last date of the file, as no header says so")
    }
    for field in ["Amount", "AccountId", "OwnerId", "CreatedDate"] where role.fields[field] == nil {
      doubts.append("Opportunity.\(field): no column was found for it")
    }
  }
}
