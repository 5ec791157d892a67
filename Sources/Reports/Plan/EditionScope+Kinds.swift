import Metrics
import Records

extension ReportContext {
  /// The editions of a kind, each with whom it goes to.
  ///
  /// - Parameters:
  ///   - kind: the kind.
  ///   - families: the families that have an edition.
  /// - Returns: each edition once, in an order of their own.
  public func editions(
    of kind: ReportDocument.Edition.Kind, families: [FamilyOutline] = []
  ) -> [EditionScope] {
    let editions = EditionScope.all(
      of: kind, company: organisation, model: model, line: line, families: families)
    guard let model, let line else { return editions }
    let words = ManagerWords(line: line, model: model, formatter: formatter)
    return editions.map { edition in
      var edition = edition
      edition.recipient = words.recipient(of: edition)
      return edition
    }
  }
}

extension EditionScope {
  /// The editions of a kind, in the order of the tree, of managers and families by name.
  ///
  /// There are none of territories where the export has none; `whyNone` says so.
  ///
  /// - Parameters:
  ///   - kind: the kind.
  ///   - company: name of the organisation.
  ///   - model: the territories.
  ///   - line: who manages what; editions by manager are made of it.
  ///   - families: the families that have an edition.
  /// - Returns: each edition once.
  public static func all(
    of kind: ReportDocument.Edition.Kind, company: String, model: TerritoryModel?,
    line: ManagementLine? = nil, families: [FamilyOutline] = []
  ) -> [EditionScope] {
    switch kind {
    case .company: [EditionScope.company(named: company, model: model)]
    case .territory: model.map(territories) ?? []
    case .region: model.map(regions) ?? []
    case .manager: model.flatMap { model in line.map { managers(of: model, $0) } } ?? []
    case .family: families.map(family)
    }
  }

  /// One edition of every shape that a report has among kinds: the company's, that of a territory
  /// with others below it, and that of one without, a manager's and a family's; what a section asks
  /// depends on nothing else.
  ///
  /// - Parameters:
  ///   - kinds: the kinds that are made.
  ///   - company: name of the organisation.
  ///   - model: the territories.
  ///   - line: who manages what.
  ///   - families: the families that have an edition.
  /// - Returns: an edition a shape.
  public static func shapes(
    of kinds: [ReportDocument.Edition.Kind], company: String, model: TerritoryModel?,
    line: ManagementLine? = nil, families: [FamilyOutline] = []
  ) -> [EditionScope] {
    func editions(_ kind: ReportDocument.Edition.Kind) -> [EditionScope] {
      kinds.contains(kind)
        ? all(of: kind, company: company, model: model, line: line, families: families) : []
    }
    var shapes: [EditionScope] = []
    if kinds.contains(.company) || model == nil {
      shapes += all(of: .company, company: company, model: model)
    }
    let territories = editions(.territory)
    shapes += [
      territories.first { !$0.parts.isEmpty }, territories.first { $0.parts.isEmpty },
      editions(.region).first, editions(.manager).first, editions(.family).first,
    ].compactMap { $0 }
    return shapes
  }

  /// Why there are no editions of a kind, as a sentence.
  public static func whyNone(of kind: ReportDocument.Edition.Kind) -> String {
    switch kind {
    case .territory:
      "This export holds no territories of an active model (Territory2), so there is no edition by "
        + "territory."
    case .region:
      "No territory of the second level of an active model (Territory2) has others below it, so "
        + "there is no edition by region."
    case .manager:
      "This export holds no territories of an active model (Territory2) that anybody manages, so "
        + "there is no edition by manager."
    case .family:
      "No family of two accounts or more has a won deal, so there is no edition by family."
    case .company: "There is nothing to report on."
    }
  }

  /// The editions of regions: the territories of the second level that have others below them; where
  /// the model has several tops, those themselves.
  static func regions(of model: TerritoryModel) -> [EditionScope] {
    let tops = model.forest.parents.count { $0 < 0 }
    return territories(of: model).compactMap { edition in
      guard case .territory(let index) = edition.scope, !edition.parts.isEmpty,
        model.forest.depths[index] == (tops == 1 ? 1 : 0)
      else { return nil }
      return EditionScope(
        kind: .region, scope: edition.scope, id: edition.id, name: edition.name,
        path: edition.path, parts: edition.parts)
    }
  }

  /// An edition for everybody who manages a territory, by name; one for each top territory that
  /// nobody manages, so that no territory is dropped.
  static func managers(of model: TerritoryModel, _ line: ManagementLine) -> [EditionScope] {
    guard let managers = line.managers else { return [] }
    let editions = managers.users.map { user -> EditionScope in
      let tops = managers.territories(of: user)
      let below = tops.flatMap { top in
        model.forest.subtree(of: top).map { Int($0) }.filter {
          model.forest.parents[$0] == Int32(top)
        }
      }
      return EditionScope(
        kind: .manager, scope: .manager(Int(user), territories: tops), id: line.id(user),
        name: line.name(user),
        parts: members(tops.count > 1 || below.isEmpty ? tops : below, of: model))
    }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    let unmanaged = territories(of: model).compactMap { edition -> EditionScope? in
      guard case .territory(let index) = edition.scope, model.forest.parents[index] < 0,
        managers.managers[index] == nil
      else { return nil }
      return EditionScope(
        kind: .manager, scope: edition.scope, id: edition.id, name: edition.name,
        parts: edition.parts)
    }
    return editions + unmanaged
  }

  /// The edition of one family.
  static func family(_ family: FamilyOutline) -> EditionScope {
    EditionScope(kind: .family, scope: .family(family.root), id: family.id, name: family.name)
  }

  /// Whether a person means this edition by some words: its Id or name, of a territory also its
  /// developer name, `company`, or any of them behind the kind, such as `region:EMEA`.
  ///
  /// - Parameters:
  ///   - words: what the person wrote.
  ///   - model: the territories.
  /// - Returns: whether it is meant, without regard to case and to the marks of Latin letters.
  public func isCalled(_ words: String, model: TerritoryModel?) -> Bool {
    var words = words.lowercased()
    let prefix = kind.rawValue + ":"
    if words.hasPrefix(prefix) { words = String(words.dropFirst(prefix.count)) }
    guard kind != .company else { return words == "company" }
    var names = [id, name]
    if case .territory(let index) = scope, let model { names.append(model.developerNames[index]) }
    let plain = EditionScope.unmarked(words)
    return names.contains { $0.lowercased() == words || EditionScope.unmarked($0) == plain }
  }
}
