import Foundation
import Metrics
import Records
import TestKit
import Testing

@testable import Territories

@Suite(
  "What each reader is told of the change in territory-changes, computed by hand in its why.md")
struct ChangeNoticeTests {
  private let export: ChangeExport

  init() throws {
    export = try ChangeExport(
      Repository.fixture("territory-changes").appending(path: "export"), asOf: "2026-06-15")
  }

  private func user(_ name: String) throws -> Int32 {
    let users = export.records[.user]
    return Int32(try #require((0..<users.count).first { users.name($0) == name }))
  }

  /// Ben leads East, Chloé West, Dmitri North and Eve whatever she works in; Holly is held out.
  private func book(_ edit: (inout [Person]) throws -> Void = { _ in }) throws -> ChangeBook {
    var people = try ["Ben Okafor", "Chloé Dubois", "Dmitri Petrov", "Eve Lindqvist"].map { name in
      var person = Person(user: try user(name))
      person.role = "Manager"
      return person
    }
    try edit(&people)
    let tables = try export.changes { rules in
      rules.isHeld = (0..<export.records[.account].count).map {
        export.records[.account].name($0) == "Holly"
      }
    }
    let whole = tables.changes
    func compared(_ key: String, _ side: Holdings) throws -> ComparedModel {
      ComparedModel(
        key: key, title: side.model.plan.name, model: side.model, assignment: side.assignment,
        figures: try export.engine(under: side.assignment).modelFigures())
    }
    return ChangeBook(
      whole, terms: ChangeBook.Terms(closingBy: export.records.asOf.adding(days: 30)),
      readers: ChangeReaders(of: whole, records: export.records, people: people, role: nil),
      records: export.records, stakes: tables.stakes, families: tables.families, holdOuts: nil,
      compared: (try compared("before", whole.from), try compared("after", whole.to)))
  }

  private func part(of name: String) throws -> ChangePart {
    let book = try book()
    let user = try user(name)
    return book.part(for: try #require(book.readers.all.first { $0.user == user }))
  }

  @Test("Who manages what loses or gains is told, with all that is theirs under either model")
  func readers() throws {
    let book = try book()
    let whole = book.whole
    #expect(
      book.readers.all.map { reader in
        [
          book.user(reader.user).name,
          reader.before.map { whole.from.model.tree.names[$0] }.joined(separator: ","),
          reader.after.map { whole.to.model.tree.names[$0] }.joined(separator: ","),
        ].joined(separator: "|")
      } == [
        "Ana Alvarez|World|World", "Ben Okafor|East|East", "Chloé Dubois|West|West",
        "Dmitri Petrov|North|", "Eve Lindqvist||Key Accounts,Twin Cities",
      ])
    #expect(book.readers.withoutReader == [])
  }

  @Test("Where a manager is away whoever stands in is told, and why")
  func cover() throws {
    let eve = try user("Eve Lindqvist")
    let book = try book { people in
      people[0].absences = [
        Person.Absence(from: export.records.asOf, to: Day(iso: "2026-06-30"), cover: eve)
      ]
    }
    let reader = try #require(book.readers.all.first { $0.user == eve })
    #expect(reader.before.map { book.whole.from.model.tree.names[$0] } == ["East"])
    #expect(reader.passedOn.map(\.territory) == ["East"])
    #expect(reader.passedOn.first?.detour.absence == .away(until: Day(iso: "2026-06-30")))
    let ben = try user("Ben Okafor")
    #expect(!book.readers.all.contains { $0.user == ben })
  }

  @Test("Accounts and deals of the company: what is in some territory before and afterwards")
  func company() throws {
    // Ten accounts, nine of them in a territory; Dogwood comes to none, Gum to West.
    #expect(
      try book().company.table(.netEffect).lines("measure", "before", "out", "in", "kept", "after")
        == [
          "accounts|9|1|1|8|9", "recurring_revenue|1800.00|0.00|0.00|1800.00|1800.00",
          "open|10|3|0|7|7", "open_amount|5740.00|950.00|0.00|4790.00|4790.00",
          "weighted_amount|2598.00|190.00|0.00|2408.00|2408.00",
        ])
  }

  @Test(
    "Of a reader’s territories: before is what leaves and what stays, after what stays and comes",
    arguments: [
      (
        "Ben Okafor",
        ["accounts|6|1|1|5|6", "open|4|2|0|2|2", "open_amount|1190.00|1000.00|0.00|190.00|190.00"]
      ),
      (
        "Chloé Dubois",
        [
          "accounts|2|2|2|0|2", "open|2|1|3|1|4",
          "open_amount|1000.00|300.00|3500.00|700.00|4200.00",
        ]
      ),
      (
        "Dmitri Petrov",
        ["accounts|1|1|0|0|0", "open|4|4|0|0|0", "open_amount|3550.00|3550.00|0.00|0.00|0.00"]
      ),
      (
        "Eve Lindqvist",
        ["accounts|0|0|2|0|2", "open|0|0|1|0|1", "open_amount|0.00|0.00|400.00|0.00|400.00"]
      ),
    ])
  func netEffect(name: String, expected: [String]) throws {
    let lines = try part(of: name).table(.netEffect).lines(
      "measure", "before", "out", "in", "kept", "after")
    #expect(
      lines.filter { line in expected.contains { $0.prefix(8) == line.prefix(8) } }.count >= 1)
    for line in expected { #expect(lines.contains(line), "\(lines)") }
  }

  @Test("Each account says which way it goes, from whose hands into whose, and why")
  func accounts() throws {
    let west = try part(of: "Chloé Dubois").table(.accounts).lines(
      "account", "movement", "from_territories", "to_territories", "from_owner", "to_owner", "why")
    #expect(
      west == [
        "Birch|in|North|West|Dmitri Petrov|Chloé Dubois|West by state: BillingState equals WA",
        "Ivy|out|West|East|Dmitri Petrov|Ben Okafor|East by state: BillingState equals NY",
        "Dogwood|out|West||Chloé Dubois|Chloé Dubois|no rule takes it",
        // The planned model has it in West: who would have had it is told that it is held out.
        "Holly|held|East|West|Ben Okafor|Ben Okafor|West by state: BillingState equals WA",
        "Gum|in||West|Ana Alvarez|Ana Alvarez|West by state: BillingState equals WA",
      ])
    #expect(
      try part(of: "Ben Okafor").table(.accounts).lines("account", "movement") == [
        "Cedar|out", "Ivy|in", "Fir|shared", "Elm|shared", "Holly|held",
      ])
  }

  @Test("Open deals by how much the change disturbs them, and when they close")
  func deals() throws {
    let west = try part(of: "Chloé Dubois").table(.opportunities).lines(
      "opportunity", "movement", "timing")
    #expect(
      west == [
        "Deal 2|in|late", "Deal 1|in|early", "Deal 7|owner|early", "Deal 3|in|kept",
        "Deal 4|out|kept", "Deal 10|held|kept",
      ])
    #expect(
      try book().company.table(.dealClasses).lines("class", "deals", "amount") == [
        "none|5|1850.00", "early|2|1700.00", "late|1|2000.00", "tie|1|600.00", "held|1|80.00",
      ])
  }

  @Test("A hand-off says who hands over to whom, what is due and how much there is to tell")
  func handOffs() throws {
    // Birch has two contacts and five tasks that are not done, the first due on 1 July; deals 1, 2 and 3.
    #expect(
      try part(of: "Dmitri Petrov").table(.handOffs).lines(
        "account", "reason", "movement", "from_owner", "to_owner", "recurring_revenue",
        "next_renewal", "open", "contact_count", "tasks", "next_task") == [
          "Birch|largest|out|Dmitri Petrov|Chloé Dubois|1200.00|2026-12-31|3|2|5|2026-07-01"
        ])
  }

  @Test("Figures that a text can name agree with the lists")
  func figures() throws {
    let figures = try book().company.figures
    #expect(Set(ChangeFigure.names) == Set(figures.columns.map(\.name)))
    #expect(
      figures.lines(
        "from_model", "to_model", "accounts_within", "accounts_owner_only", "accounts_held",
        "accounts_to_another_owner", "owners_to_be_named", "families_split", "territories_new",
        "territories_ended") == ["FY27|FY28|5|0|1|3|1|1|4|1"])
  }

  @Test("Every list has the columns that definitions may name", arguments: ChangeList.allCases)
  func columns(list: ChangeList) throws {
    let table = try book().company.table(list)
    let names = table.columns.map(\.name)
    for name in list.columns
    where !(name.hasPrefix("arr.") || name.hasPrefix("quota.")) || names.contains(name) {
      #expect(names.contains(name), "\(list.rawValue) has no \(name)")
    }
    #expect(Set(names).isSubset(of: list.columns), "\(list.rawValue)")
  }

  @Test("A family before and after has the same boxes; what is out of sight is one without a name")
  func families() throws {
    let moves = try part(of: "Ben Okafor").largestMoves(3)
    let move = try #require(moves.first)
    #expect(move.before.nodes.map(\.name) == ["Alder", "Cedar"])
    #expect(move.before.nodes.map(\.territories) == [["East"], ["East"]])
    #expect(move.after.nodes.map(\.territories) == [["East"], ["South"]])
    #expect(move.after.nodes.map(\.owner) == ["Ben Okafor", "(to be named)"])
    #expect(try part(of: "Chloé Dubois").largestMoves(3).isEmpty)
  }
}
