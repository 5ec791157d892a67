import Metrics
import Records
import Settings

/// Finds who gets an edition: the people whom a rule means, of those who are there and have an
/// address.
///
/// Nobody is guessed and no edition is dropped: where a rule finds nobody, it goes to the manager of the
/// territory or of one above it, and at last to the operator, each with the reason.
public struct RecipientResolver {
  private let records: RecordSet
  private let members: [[PlannedAssignment.Member]]
  private let assignment: Assignment
  private let line: ManagementLine?
  private let families: Forest
  private let context: ReportContext
  private let operatorAddress: MailAddress
  private let emails: Texts
  private var gone: Set<Int32> = []
  private var withoutAddress: Set<Int32> = []
  private var outside: Set<Int32> = []

  /// - Parameters:
  ///   - records: the export, with the field Email of its users.
  ///   - assignment: territories and their members.
  ///   - families: the accounts as trees.
  ///   - context: who manages what.
  ///   - operatorAddress: who gets what nobody else can take.
  public init(
    records: RecordSet, assignment: Assignment, families: Forest, context: ReportContext,
    operatorAddress: MailAddress
  ) {
    self.records = records
    self.assignment = assignment
    self.families = families
    self.context = context
    self.operatorAddress = operatorAddress
    line = context.line
    members = assignment.members(in: records)
    emails = records[.user].texts("Email")
  }

  /// Who gets an edition, each address once, in the order of the rules.
  ///
  /// - Parameters:
  ///   - edition: what it is about.
  ///   - rules: whom the configuration or the report's definition names.
  /// - Returns: at least one.
  public mutating func addressees(
    of edition: EditionScope, by rules: [RecipientRule]
  ) -> [Addressee] {
    var found: [Addressee] = []
    for rule in rules { found += addressees(of: edition, by: rule) }
    var addresses: Set<String> = []
    found = found.filter { addresses.insert($0.address.lowercased()).inserted }
    return found.isEmpty ? [toOperator("nobody else is known to get \(edition.name)")] : found
  }

  /// What was found out about people on the way, counted.
  public var findings: [Finding] {
    func users(_ count: Int) -> String { count == 1 ? "1 user" : "\(count) users" }
    var findings: [Finding] = []
    if !gone.isEmpty {
      findings.append(
        Finding(
          code: "recipient-inactive", severity: .warning,
          what: "\(users(gone.count)) to whom reports would go are inactive or have left",
          done: "their editions go to whoever stands in, or to the manager above",
          suggestion: "give their territories to somebody else in the CRM or in the file of people")
      )
    }
    if !withoutAddress.isEmpty {
      findings.append(
        Finding(
          code: "recipient-without-address", severity: .warning,
          what: "\(users(withoutAddress.count)) to whom reports would go have no address of mail "
            + "in the export",
          done: "their editions go to the manager above, or to the operator",
          suggestion: "export the field Email of User, or correct it there"))
    }
    if !outside.isEmpty {
      let owners = outside.count == 1 ? "1 user owns" : "\(outside.count) users own"
      findings.append(
        Finding(
          code: "recipient-outside", severity: .warning,
          what: "\(owners) accounts of territories in which, or above which, they do not work",
          done: "account_owners sends them nothing about these territories",
          suggestion: "give them a place in the territory, or the accounts to somebody who has one")
      )
    }
    return findings
  }

  private mutating func addressees(
    of edition: EditionScope, by rule: RecipientRule
  ) -> [Addressee] {
    switch rule {
    case .address(let address): return [Addressee(name: nil, address: address)]
    case .territoryManagers: return managers(of: edition)
    case .managersAffected:
      guard edition.kind == .manager, let user = line?.row(ofID: edition.id) else {
        return [toOperator("it is about the whole company")]
      }
      return reader(user, "", of: edition)
    case .territoryUsers(let role):
      let users = tops(of: edition).flatMap { members[$0] }
        .filter { role == nil || $0.role?.lowercased() == role?.lowercased() }.map(\.user)
      let whom = role.map { "no user in role \($0)" } ?? "no user"
      return readers(users, "\(edition.name) has \(whom) whom mail reaches", of: edition)
    case .forecastManagers:
      let forecast = records[.territory].references("ForecastUserId")
      let users = tops(of: edition).compactMap { top -> Int32? in
        let row = Int(context.model?.rows[top] ?? -1)
        guard row >= 0, row < forecast.count, forecast[row] >= 0 else { return nil }
        return forecast[row]
      }
      return readers(
        users, "\(edition.name) has no forecast manager whom mail reaches", of: edition)
    case .accountOwners:
      return readers(
        owners(of: edition), "mail reaches no owner of its accounts", of: edition)
    }
  }

  /// The users who are there and have an address; where none is, the managers with the reason.
  private mutating func readers(
    _ users: [Int32], _ lack: String, of edition: EditionScope
  ) -> [Addressee] {
    var seen: Set<Int32> = []
    let found = users.filter { seen.insert($0).inserted }.compactMap { user -> Addressee? in
      guard line?.managers?.absence(of: user) != .gone else {
        gone.insert(user)
        return nil
      }
      return addressee(user, nil)
    }
    guard found.isEmpty else { return found }
    return managers(of: edition).map { manager in
      Addressee(
        name: manager.name, address: manager.address,
        because: manager.because ?? "sent to you because \(lack)")
    }
  }

  private mutating func reader(
    _ user: Int32, _ lack: String, of edition: EditionScope
  ) -> [Addressee] {
    guard line?.managers?.absence(of: user) != .gone else {
      gone.insert(user)
      return [toOperator("\(name(user)), whom it is for, is no longer there")]
    }
    return [
      addressee(user, nil)
        ?? toOperator("\(name(user)), whom it is for, has no address of mail")
    ]
  }

  /// The managers of what an edition is about: of each of its territories, or of one above it who can
  /// be reached.
  private mutating func managers(of edition: EditionScope) -> [Addressee] {
    let tops = tops(of: edition)
    guard let model = context.model, let line, let managers = line.managers, !tops.isEmpty else {
      return [
        toOperator(
          edition.kind == .company
            ? "it is about the whole company, and nobody manages all of it"
            : "nobody is known to manage \(edition.name)")
      ]
    }
    let words = ManagerWords(line: line, model: model, formatter: context.formatter)
    var found: [Addressee] = []
    // What one person manages goes to that one, whatever territory comes first.
    for top in edition.kind == .manager ? Array(tops.prefix(1)) : tops {
      var place = top
      var missing: [String] = []
      var addressee: Addressee?
      while place >= 0, addressee == nil {
        if let recipient = managers.recipient(of: place) {
          for detour in recipient.detours where detour.absence == .gone { gone.insert(detour.user) }
          let reason = missing.isEmpty ? words.because(recipient, place) : nil
          addressee = self.addressee(
            recipient.user,
            reason ?? missing.first.map { "sent to you because \($0) has no address of mail" })
          if addressee == nil { missing.append(name(recipient.user)) }
        }
        place = Int(model.forest.parents[place])
      }
      found.append(
        addressee
          ?? toOperator(
            missing.first.map { "\($0), who manages \(model.names[top]), has no address of mail" }
              ?? "nobody is known to manage \(model.names[top])"))
    }
    return found
  }

  /// The owners of the accounts that an edition is about, by row: of those of a family all, of those of
  /// territories who work there.
  ///
  /// Whoever owns one account of a territory is not to see all of them: an edition goes to owners who
  /// work in each of its territories or above it, and manage them or are its users.
  private mutating func owners(of edition: EditionScope) -> [Int32] {
    let owners = records[.account].references("OwnerId")
    func owning(_ accounts: [Int]) -> [Int32] {
      Set(accounts.compactMap { $0 < owners.count ? owners[$0] : nil }).filter { $0 >= 0 }.sorted()
    }
    switch edition.scope {
    case .family(let root): return owning(families.subtree(of: root).map { Int($0) })
    case .company: return []
    // It holds what everybody below owns besides, which is the manager's alone.
    case .manager(let user, _): return [Int32(user)]
    case .records: return line?.row(ofID: edition.id).map { [$0] } ?? []
    case .territory(let top):
      guard let forest = context.model?.forest else { return [] }
      let inside = Set(forest.subtree(of: top))
      let all = owning(
        (0..<owners.count).filter { account in
          assignment.territoriesOfAccount[account].contains { inside.contains($0) }
        })
      let there = insiders(of: top, forest)
      outside.formUnion(all.filter { !there.contains($0) })
      return all.filter(there.contains)
    }
  }

  /// Who works in a territory or in one above it, or manages one of these.
  private func insiders(of territory: Int, _ forest: Forest) -> Set<Int32> {
    var users: Set<Int32> = []
    var place = territory
    while place >= 0 {
      users.formUnion(members[place].map(\.user))
      if let manager = line?.managers?.managers[place] { users.insert(manager.user) }
      place = Int(forest.parents[place])
    }
    return users
  }

  /// The territories that an edition is about; for the company the one at the top of the model, and none
  /// where it has several: who holds one of them is not to see the others.
  private func tops(of edition: EditionScope) -> [Int] {
    switch edition.scope {
    case .territory(let top): return [top]
    case .manager(_, let tops): return tops
    case .company:
      guard let parents = context.model?.forest.parents else { return [] }
      let tops = parents.indices.filter { parents[$0] < 0 }
      return tops.count == 1 ? tops : []
    case .family, .records: return []
    }
  }

  /// A user as a recipient; nil where the export has no address.
  private mutating func addressee(_ user: Int32, _ because: String?) -> Addressee? {
    guard let address = emails[Int(user)], MailAddress.isAddress(address) else {
      withoutAddress.insert(user)
      return nil
    }
    return Addressee(name: name(user), address: address, because: because)
  }

  private func name(_ user: Int32) -> String { line?.name(user) ?? records[.user].name(Int(user)) }

  private func toOperator(_ reason: String) -> Addressee {
    Addressee(
      name: operatorAddress.name, address: operatorAddress.address,
      because: "sent to you because \(reason)")
  }
}
