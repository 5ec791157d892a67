import Foundation
import TestKit

/// An organisation small enough to see what must move, as an export and a project beside it.
///
/// World has the regions East and West. Coast 1 and Coast 2 lie below Coast, which lies in East beside
/// Inland 1; West 1 lies in West. Every account has one open deal, in thousands: Coast 1 has A 60, B 40,
/// C 20 and D 30; Coast 2 has E 70 and H 30; Inland 1 has F 50; West 1 has G 20. C and D are in retail.
enum BalanceOrganisation {
  static let territories = [
    ("World", ""), ("East", "World"), ("Coast", "East"), ("Coast_1", "Coast"), ("Coast_2", "Coast"),
    ("Inland_1", "East"), ("West", "World"), ("West_1", "West"),
  ]
  static let accounts = [
    ("A", "Coast_1", 60), ("B", "Coast_1", 40), ("C", "Coast_1", 20), ("D", "Coast_1", 30),
    ("E", "Coast_2", 70), ("H", "Coast_2", 30), ("F", "Inland_1", 50), ("G", "West_1", 20),
  ]

  static func id(_ prefix: String, _ number: Int) -> String {
    prefix + String(repeating: "0", count: 12 - String(number).count) + "\(number)AAA"
  }

  /// The Id of an account, territory or user by its name.
  static func account(_ name: String) -> String {
    id("001", (accounts.firstIndex { $0.0 == name } ?? -1) + 1)
  }

  static func territory(_ name: String) -> String {
    id("0MI", (territories.firstIndex { $0.0 == name } ?? -1) + 1)
  }

  /// Writes the export and `cadastre.yaml`.
  ///
  /// - Parameters:
  ///   - folder: where to.
  ///   - settings: keys of the project besides its export and its day.
  ///   - parents: the parents of accounts that have one.
  ///   - probability: that of the deal of an account.
  ///   - accounts: account, territory and amount, the usual ones unless others are given.
  /// - Throws: What the file system refuses.
  static func write(
    _ folder: URL, _ settings: String, parents: [String: String] = [:],
    probability: [String: Int] = [:], accounts: [(String, String, Int)] = accounts
  ) throws {
    func lines(_ header: String, _ rows: [String]) -> String {
      ([header] + rows).joined(separator: "\n") + "\n"
    }
    let (model, type, user) = (id("0MA", 1), id("0M5", 1), id("005", 1))
    let above = Dictionary(uniqueKeysWithValues: territories)
    var places: Set<String> = []
    for account in accounts {
      var place = account.1
      while !place.isEmpty, places.insert(place).inserted { place = above[place] ?? "" }
    }
    let held = territories.filter { places.contains($0.0) }
    try folder.write(files: [
      "cadastre.yaml": "export: export\nas_of: 2026-11-20\ncurrency: USD\n" + settings + "\n",
      "export/Territory2Model.csv": lines(
        "Id,Name,DeveloperName,State", ["\(model),FY27,FY27,Active"]),
      "export/Territory2Type.csv": lines(
        "Id,MasterLabel,DeveloperName,Priority", ["\(type),Land,Land,1"]),
      "export/Territory2.csv": lines(
        "Id,Name,DeveloperName,ParentTerritory2Id,Territory2ModelId,Territory2TypeId",
        held.map { name, parent in
          "\(territory(name)),\(name.replacing("_", with: " ")),\(name),"
            + "\(parent.isEmpty ? "" : territory(parent)),\(model),\(type)"
        }),
      "export/User.csv": lines("Id,Name,IsActive", ["\(user),Ann Able,true"]),
      "export/Account.csv": lines(
        "Id,Name,ParentId,OwnerId,Industry,CreatedDate",
        accounts.enumerated().map { number, account in
          let parent = parents[account.0].map { self.account($0) } ?? ""
          let industry = ["C", "D"].contains(account.0) ? "Retail" : "Energy"
          return "\(id("001", number + 1)),\(account.0),\(parent),\(user),\(industry),2026-01-01"
        }),
      "export/Opportunity.csv": lines(
        "Id,Name,AccountId,OwnerId,StageName,Amount,Probability,CloseDate,IsClosed,IsWon,CreatedDate",
        accounts.enumerated().map { number, account in
          "\(id("006", number + 1)),Deal \(account.0),\(id("001", number + 1)),\(user),Proposal,"
            + "\(account.2)000,\(probability[account.0] ?? 10),2027-06-30,false,false,2026-01-01"
        }),
      "export/ObjectTerritory2Association.csv": lines(
        "Id,ObjectId,Territory2Id,AssociationCause",
        accounts.enumerated().map { number, account in
          "\(id("0MQ", number + 1)),\(id("001", number + 1)),\(territory(account.1)),"
            + "Territory2AssignmentRule"
        }),
      "export/UserTerritory2Association.csv": lines(
        "Id,UserId,Territory2Id,RoleInTerritory2",
        ["\(id("0MU", 1)),\(user),\(territory("World")),Manager"]),
    ])
  }
}
