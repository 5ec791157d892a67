import Records

/// Who is below whom: users under their managers.
enum Managers {
  /// The trees of users by User.ManagerId; where the file of people names another manager, by that.
  ///
  /// A cycle is cut at the user with the smallest Id, who then is at the top. Intake reports those of
  /// the export, so only where the file of people takes part there is a finding here.
  static func forest(_ records: RecordSet, _ people: [Person]) -> Ledger.Derived<Forest> {
    let users = records[.user]
    var managers = users.references("ManagerId")
    var isOfFile = [Bool](repeating: false, count: managers.count)
    for person in people {
      guard let manager = person.manager else { continue }
      managers[Int(person.user)] = manager
      isOfFile[Int(person.user)] = true
    }
    let forest = Forest(
      parents: managers, ranks: users.keys?.ranks() ?? Array(0..<Int32(users.count)))
    var findings = FindingLog()
    for cycle in forest.cycles where cycle.contains(where: { isOfFile[Int($0)] }) {
      findings.add(
        Finding(
          code: "manager-cycle", severity: .warning,
          at: cycle.first.flatMap { users.sources.position(of: Int($0)) },
          what: "with the managers of the file of people, users are managers of each other in a"
            + " cycle",
          done: "the cycle is cut at the user with the smallest Id, who stands at the top",
          suggestion: "correct the column manager of the file of people"))
    }
    return Ledger.Derived(value: forest, findings: findings)
  }
}
