import Foundation
import Records
import Settings
import TestKit

@testable import Intake

/// A small export with users, territories of two models and deals, and files beside it.
enum UserFiles {
  static let export = [
    "export/Account.csv": """
    Id,Name,OwnerId
    \(ID.account(1)),Acme,\(ID.user(1))
    \(ID.account(2)),Beta,\(ID.user(2))

    """,
    "export/Opportunity.csv": """
    Id,AccountId,StageName,Amount,CloseDate,IsClosed,IsWon,SystemModstamp
    \(ID.deal(1)),\(ID.account(1)),Prospecting,100,2026-12-01,0,0,2026-11-20 10:00:00

    """,
    "export/User.csv": """
    Id,Name,Email,IsActive
    \(ID.user(1)),Ann,ann@acme.example,1
    \(ID.user(2)),Bo,bo@acme.example,1
    \(ID.user(3)),Bo (old),bo@acme.example,0
    \(ID.user(4)),Cy,team@acme.example,1
    \(ID.user(5)),Di,team@acme.example,1

    """,
    "export/Territory2Model.csv":
      "Id,Name,State\n\(model(1)),FY26,Active\n\(model(2)),FY27,Planning\n",
    "export/Territory2.csv": """
    Id,Name,DeveloperName,Territory2ModelId
    \(ID.territory(1)),North,Region_North,\(model(1))
    \(ID.territory(2)),South,Region_South,\(model(1))
    \(ID.territory(3)),North,Region_North,\(model(2))
    \(ID.territory(4)),Twin,Twin_1,\(model(1))
    \(ID.territory(5)),Twin,Twin_2,\(model(1))

    """,
  ]

  private static func model(_ number: Int) -> String { "0MA00000000000\(number)GAA" }

  /// Reads the export with files beside it, as a configuration names them.
  static func read(_ settings: String, _ files: [String: String]) throws -> Export {
    try withTemporaryFolder { folder in
      try folder.write(files: export.merging(files) { $1 })
      let request = UserFilesRequest(
        folder: folder,
        configuration: try Configuration(text: "fiscal_year: {starts: february}\n" + settings))
      var export = try Exports.load(
        at: folder.appending(path: "export"),
        mapping: try Exports.salesforce().reading(request.configuration.subscriptions),
        fields: request.fields)
      try export.read(request)
      return export
    }
  }

  /// The sentences with which files are refused as a whole.
  static func complaints(_ settings: String, _ files: [String: String]) throws -> [String] {
    try Exports.complaints { try read(settings, files) }
  }
}

extension Export {
  /// Rows of the files beside the export: read, used, set aside.
  var countedUserFiles: [String] {
    userFiles.map {
      "\($0.file) as \($0.kind.rawValue): \($0.counts.read) = \($0.counts.used) + \($0.counts.setAside)"
    }
  }

  /// The quotas as text: holder, start, amount, measure, currency.
  var quotas: [String] {
    let table = records[.quota]
    return (0..<table.count).map { row in
      let territory = table.references("Territory2Id")[row]
      let user = table.references("QuotaOwnerId")[row]
      let holder =
        territory >= 0
        ? records[.territory].id(Int(territory)) : user >= 0 ? records[.user].id(Int(user)) : "?"
      let amount = Exact.text(Int128(table.decimals("QuotaAmount")[row]), places: 2)
      return [
        holder, Day(number: table.days("StartDate")[row]).description, amount,
        table.categories("ForecastingTypeId")[row] ?? "-",
        table.categories("CurrencyIsoCode")[row] ?? "-",
      ].joined(separator: " ")
    }
  }
}
