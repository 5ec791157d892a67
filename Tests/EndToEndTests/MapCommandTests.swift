import Foundation
import TestKit
import Testing

/// `query --chart map` as a person at a terminal calls it.
@Suite("Maps from the command line")
struct MapCommandTests {
  private func write(_ folder: URL, withPlaces: Bool = true) throws {
    let rows = [
      ("Acme", "USA", "CA"), ("Bolt", "United States", "Texas"), ("Cord", "Deutschland", "Bayern"),
      ("Dyne", "Atlantis", ""), ("Echo", "", ""),
    ]
    let lines = rows.enumerated().map { index, row in
      "00100000000000\(index + 1),\(row.0),005000000000001"
        + (withPlaces ? ",\(row.1),\(row.2)" : "")
    }
    try folder.write(files: [
      "cadastre.yaml": "export: export\nas_of: 2026-11-20\ncurrency: USD\n",
      "export/User.csv": "Id,Name\n005000000000001,Ann\n",
      "export/Account.csv":
        (["Id,Name,OwnerId" + (withPlaces ? ",BillingCountry,BillingState" : "")]
        + lines).joined(separator: "\n") + "\n",
      "export/Opportunity.csv":
        "Id,Name,AccountId,OwnerId,Amount,StageName,IsClosed,IsWon,CloseDate\n"
        + "006000000000001,One,001000000000001,005000000000001,5,Closed Won,true,true,2026-03-01\n",
    ])
  }

  private func drawn(_ arguments: String..., in folder: URL) async throws -> String {
    let finished = try await CadastreBinary.run(
      ["query"] + arguments + ["--chart", "map", "--out", "map.svg", "--quiet"], in: folder)
    #expect(finished.status == 0, "\(finished.errors)")
    return try String(contentsOf: folder.appending(path: "map.svg"), encoding: .utf8)
  }

  @Test("Accounts by country: spellings of one country are one, and what is nowhere is said")
  func countries() async throws {
    try await withTemporaryFolder { folder in
      try write(folder)
      let svg = try await drawn("accounts", "--by", "country", in: folder)
      #expect(svg.contains("<title>Accounts, by country</title>"))
      #expect(svg.contains("1 spelling means no known country"))
      #expect(
        svg.contains(
          "United States: 2; Germany: 1. Not on the map: (none) 1, Atlantis 1; together 2.</desc>")
          || svg.contains(
            "United States: 2; Germany: 1. Not on the map: Atlantis 1, (none) 1; together 2.</desc>"
          ))
    }
  }

  @Test("Accounts by state: those of the USA are on the map, others below it")
  func states() async throws {
    try await withTemporaryFolder { folder in
      try write(folder)
      let svg = try await drawn("accounts", "--by", "country,state", in: folder)
      #expect(svg.contains("California: 1; Texas: 1. Not on the map: "))
      #expect(svg.contains("Deutschland 1") && svg.contains("together 3.</desc>"))
      let alone = try await drawn(
        "accounts", "--by", "state", "--where", "BillingCountry = 'USA'", in: folder)
      #expect(alone.contains("California: 1.</desc>"))
    }
  }

  @Test("Where an export has no geography there is no map, and a sentence says so")
  func none() async throws {
    try await withTemporaryFolder { folder in
      try write(folder, withPlaces: false)
      let finished = try await CadastreBinary.run(
        ["query", "accounts", "--by", "country", "--chart", "map", "--out", "map.svg", "--quiet"],
        in: folder)
      #expect(finished.status != 0)
      #expect(
        finished.errors.contains(
          "a map cannot show this: no country is recorded, and without geography there is no map"),
        "\(finished.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "map.svg").path))
    }
  }

  @Test("Questions that have no regions are refused by name")
  func refusals() async throws {
    try await withTemporaryFolder { folder in
      try write(folder)
      func refusal(_ arguments: String...) async throws -> String {
        try await CadastreBinary.run(
          ["query"] + arguments + ["--chart", "map", "--out", "map.svg", "--quiet"], in: folder
        ).errors
      }
      #expect(
        try await refusal("won_amount", "--by", "owner").contains(
          "a map cannot show this: it colours regions: slice by country, or by state"))
      #expect(
        try await refusal("won_amount", "--by", "country,owner").contains(
          "a map cannot show this: beside country or state it tells territories apart, and nothing"
            + " else"))
      #expect(
        try await refusal("win_rate_count", "--by", "country,territory").contains(
          "who holds the most is told by figures that add up, and win_rate_count does not: slice "
            + "by country alone"))
      #expect(
        try await refusal("won_amount", "won_count", "--by", "country").contains(
          "a map cannot show this: it shows one metric"))
    }
  }
}
