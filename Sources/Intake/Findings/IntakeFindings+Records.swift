import Records

/// What is found in records whose cells are all readable.
extension IntakeFindings {
  static func createdInFuture(_ entity: Entity, at: SourcePosition?) -> Finding {
    Finding(
      code: "created-in-future-\(entity.rawValue)", severity: .notice, at: at,
      what: "\(entity.rawValue).CreatedDate is after the as-of date",
      done: "the record counts as if it were there",
      suggestion: "take a later as-of date, or correct the clock of what created it")
  }

  static func idCollision(_ entity: Entity, at: SourcePosition?) -> Finding {
    Finding(
      code: "id-collision-\(entity.rawValue)", severity: .notice, at: at,
      what: "an \(entity.rawValue) has an Id that differs from another's by case alone",
      done: "the two were told apart",
      suggestion: "join them by Ids of 18 characters in a spreadsheet, which ignores case")
  }

  static func contractEndsEarly(at: SourcePosition?) -> Finding {
    Finding(
      code: "contract-ends-before-start", severity: .notice, at: at,
      what: "Contract.EndDate is before StartDate", done: "it was kept as it is",
      suggestion: "correct the dates in the CRM")
  }

  static func amountNegative(_ entity: Entity, _ field: String, at: SourcePosition?) -> Finding {
    Finding(
      code: "amount-negative-\(entity.rawValue)-\(field)", severity: .notice, at: at,
      what: "\(entity.rawValue).\(field) is below zero", done: "it counts as it is",
      suggestion: "correct it in the CRM where it is no credit")
  }

  static func probabilityImpossible(at: SourcePosition?) -> Finding {
    Finding(
      code: "probability-impossible", severity: .notice, at: at,
      what: "Opportunity.Probability is below 0 or above 100", done: "it counts as it is",
      suggestion: "correct it in the CRM, or give the column a factor with \"times\" in the "
        + "mapping file")
  }

  static func ratesAbsent(_ entity: Entity, currencies: [String]) -> Finding {
    Finding(
      code: "rates-absent-\(entity.rawValue)", severity: .warning,
      what: "\(entity.rawValue) has amounts in \(Suggestion.list(currencies, conjunction: "and")), "
        + "and the export holds no exchange rates",
      done: "they were added up as if they were of one currency",
      suggestion: "export CurrencyType, and DatedConversionRate where rates are dated")
  }

  static func referenceEmpty(
    _ entity: Entity, _ field: String, to target: Entity, at: SourcePosition?
  ) -> Finding {
    Finding(
      code: "reference-empty-\(entity.rawValue)-\(field)", severity: .warning, at: at,
      what: "\(entity.rawValue).\(field) is empty, so the row belongs to no \(target.rawValue)",
      done: "the row counts for nothing", suggestion: "export it again, or remove the row")
  }

  static func parentCycle(_ entity: Entity, _ field: String, at: SourcePosition?) -> Finding {
    Finding(
      code: "parent-cycle-\(entity.rawValue)", severity: .warning, at: at,
      what: "by \(entity.rawValue).\(field) a record stands above itself",
      done: "the cycle is cut at the record with the smallest Id, which stands at the top",
      suggestion: "correct \(field) of one of them")
  }

  static func wonWhileOpen(at: SourcePosition?) -> Finding {
    Finding(
      code: "deal-won-while-open", severity: .notice, at: at,
      what: "a deal is won and not closed", done: "it counts as won and as open",
      suggestion: "correct its stage in the CRM")
  }

  static func dealAgainstStage(at: SourcePosition?) -> Finding {
    Finding(
      code: "deal-against-stage", severity: .notice, at: at,
      what: "IsClosed and IsWon of a deal say otherwise than its stage",
      done: "IsClosed and IsWon count",
      suggestion: "correct the deal in the CRM, or the stage under \"stages\" in the mapping file")
  }

  static func ownerInactive(at: SourcePosition?) -> Finding {
    Finding(
      code: "deal-owner-inactive", severity: .notice, at: at,
      what: "an open deal belongs to a user who is not active",
      done: "it counts for that user", suggestion: "give it to somebody in the CRM")
  }

  static func usersAbsent(haveNames: Bool) -> Finding {
    Finding(
      code: "users-absent", severity: .notice,
      what: "records have owners, and the export holds no User",
      done: "the users are those whom records name" + (haveNames ? "" : ", by their Ids"),
      suggestion: "export User for their names, managers and whether they are active")
  }

  static func fiscalYearsCustom(_ count: Int, at: SourcePosition?) -> Finding {
    Finding(
      code: "fiscal-years-custom", severity: .notice, at: at,
      what: "the export gives \(count) fiscal year\(count == 1 ? "" : "s") day by day",
      done: "fiscal years and quarters are these; before and behind them years begin on the "
        + "anniversaries of the first and the last",
      suggestion: "export Period for every year that reports compare")
  }

  static func fiscalYearUnusable(at: SourcePosition?) -> Finding {
    Finding(
      code: "fiscal-year-unusable", severity: .warning, at: at,
      what: "a fiscal year of Period is not made up of quarters without a gap, or overlaps another",
      done: "the year was left out",
      suggestion: "export all rows of Period, of type Year and Quarter")
  }

  static func severalActiveModels(_ count: Int, at: SourcePosition?) -> Finding {
    Finding(
      code: "territory-models-active", severity: .warning, at: at,
      what: "\(count) territory models are in state Active, of which there can be one",
      done: "the first of them was taken", suggestion: "export Territory2Model again")
  }

  static func noPlannedModel(of count: Int) -> Finding {
    Finding(
      code: "territory-model-unplanned", severity: .notice,
      what: "of \(count) territory model\(count == 1 ? "" : "s") in the export none is planned",
      done: "nothing was changed",
      suggestion: "leave it where there is none; else export with the permission Manage "
        + "Territories, without which planned models are left out silently")
  }
}
