import Foundation

/// An export whose deals have a past made by chance: histories out of order and of one instant, stages
/// that no list has, changes by name and by Id, deleted deals, currencies with dated rates.
struct RandomPast {
  private var state: UInt64
  private(set) var files: [String: String] = [:]

  init(seed: UInt64) {
    state = seed
    files["CurrencyType.csv"] =
      "Id,IsoCode,ConversionRate,DecimalPlaces,IsCorporate,IsActive\n"
      + "01L000000000001,USD,1,2,1,1\n01L000000000002,EUR,0.9,2,0,1\n01L000000000003,JPY,150,0,0,1\n"
    files["DatedConversionRate.csv"] =
      "Id,IsoCode,ConversionRate,StartDate,NextStartDate\n"
      + "04w000000000001,EUR,0.87,2025-01-01,2026-03-01\n04w000000000002,EUR,0.93,2026-03-01,\n"
      + "04w000000000003,JPY,151.7,2025-06-01,2026-12-31\n"
    files["OpportunityStage.csv"] =
      "Id,MasterLabel,ApiName,SortOrder,IsClosed,IsWon\n"
      + "01J000000000001,Lead,Lead,1,0,0\n01J000000000002,Proposal,Proposal,2,0,0\n"
      + "01J000000000003,Won,Closed Won,3,1,1\n01J000000000004,Lost,Lost,4,1,0\n"
    files["User.csv"] =
      "Id,Name,IsActive\n" + (1...3).map { "00500000000000\($0),User \($0),1\n" }.joined()
    files["Territory2Model.csv"] =
      "Id,Name,State\n0MA000000000001,Now,Active\n0MA000000000002,Old,Archived\n"
    files["Territory2.csv"] =
      "Id,Name,DeveloperName,ParentTerritory2Id,Territory2ModelId\n"
      + "0MI000000000001,World,World,,0MA000000000001\n"
      + "0MI000000000002,North,North,0MI000000000001,0MA000000000001\n"
      + "0MI000000000003,South,South,0MI000000000001,0MA000000000001\n"
      + "0MI000000000004,Then,Then,,0MA000000000002\n"
    files["Account.csv"] =
      "Id,Name,OwnerId\n001000000000001,Able,005000000000001\n001000000000002,Baker,005000000000002\n"
    files["ObjectTerritory2Association.csv"] =
      "Id,ObjectId,Territory2Id\n0TA000000000001,001000000000001,0MI000000000002\n"
      + "0TA000000000002,001000000000002,0MI000000000002\n"
      + "0TA000000000003,001000000000002,0MI000000000003\n"
    deals()
  }

  private mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  private mutating func one(_ words: [String]) -> String { words[next(words.count)] }

  /// A day between the beginnings of 2025 and 2027.
  private mutating func day() -> String {
    "202\(5 + next(2))-\(two(1 + next(12)))-\(two(1 + next(28)))"
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private mutating func instant() -> String {
    "\(day()) \(one(["00:00:00", "03:59:59", "04:30:00", "12:00:00", "23:59:59"]))"
  }

  private mutating func stage() -> String {
    one(["Lead", "Proposal", "proposal", "Closed Won", "Won", "Lost", "Odd", "Gone", ""])
  }

  private mutating func deals() {
    var deals =
      "Id,IsDeleted,AccountId,Name,StageName,Amount,CloseDate,CreatedDate,IsClosed,IsWon,OwnerId,"
      + "Territory2Id,IsExcludedFromTerritory2Filter,CurrencyIsoCode,Type,Value__c,Closer__c,"
      + "SystemModstamp,LastModifiedDate\n"
    var history = "Id,IsDeleted,OpportunityId,StageName,Amount,CloseDate,CreatedDate\n"
    var changes = "Id,IsDeleted,OpportunityId,Field,OldValue,NewValue,CreatedDate\n"
    var lines = "Id,OpportunityId,Product2Id,TotalPrice\n"
    let territories = (1...4).map { "0MI00000000000\($0)" } + ["0MI000000000009", ""]
    let users = (1...3).map { "00500000000000\($0)" }
    var rows: [String] = []
    var number = 0
    func key(_ prefix: String, _ number: Int) -> String {
      prefix + String(String(1_000_000_000_000 + number).dropFirst())
    }
    for deal in 1...100 {
      let id = key("006", deal)
      let isClosed = next(2) == 0
      let isWon = isClosed && next(2) == 0
      let name =
        isClosed ? (isWon ? one(["Closed Won", "Odd"]) : "Lost") : one(["Lead", "Proposal"])
      deals +=
        [
          id, next(8) == 0 ? "1" : "0", one(["001000000000001", "001000000000002", ""]),
          "Deal \(deal)", name, one(["100", "250.5", "", "-3", "99999.99"]),
          next(15) == 0 ? "" : day(), next(10) == 0 ? "" : instant(), isClosed ? "1" : "0",
          isWon ? "1" : "0", one(users), one(territories), one(["0", "0", "1"]),
          one(["USD", "EUR", "JPY", ""]), one(["New", "Renewal", ""]), one(["7", "8.25", ""]),
          one(users + [""]), one([instant(), ""]), one([instant(), ""]),
        ].joined(separator: ",") + "\n"
      lines += "\(key("00k", deal)),\(id),01t000000000001,\(deal)\n"
      let usual = instant()
      for _ in 0..<next(7) {
        number += 1
        let at = next(3) == 0 ? usual : instant()
        rows.append(
          [
            key("008", number), next(20) == 0 ? "1" : "0", id, stage(),
            one(["100", "120", "", "80.5"]), next(6) == 0 ? "" : day(), next(20) == 0 ? "" : at,
          ].joined(separator: ","))
      }
      for _ in 0..<next(5) {
        let at = next(3) == 0 ? usual : instant()
        number += 2
        let ids = [number, number + 1]
        let (first, second) = next(2) == 0 ? (0, 1) : (1, 0)
        func change(_ place: Int, _ cells: [String]) {
          changes +=
            ([key("017", ids[place]), "0", id] + cells + [at]).joined(separator: ",") + "\n"
        }
        switch next(3) {
        case 0:
          let (old, new) = (one(territories), one(territories))
          change(first, ["Territory2", old.isEmpty ? "" : "Name", new.isEmpty ? "" : "Other"])
          change(second, [one(["Territory2Id", "Territory2"]), old, new])
        case 1:
          change(first, ["Owner", one(users + [""]), one(users + ["005000000000009"])])
        default:
          change(first, ["Value__c", one(["5", "6.125", "", "odd", "-2"]), one(["7", ""])])
        }
      }
    }
    while !rows.isEmpty { history += rows.remove(at: next(rows.count)) + "\n" }
    files["Opportunity.csv"] = deals
    files["OpportunityHistory.csv"] = history
    files["OpportunityFieldHistory.csv"] = changes
    files["OpportunityLineItem.csv"] = lines
    files["Product2.csv"] = "Id,Name,Family\n01t000000000001,Gear,Hardware\n"
  }
}
