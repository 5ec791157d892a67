import Foundation

/// The truth file of a sample, as far as the tables can be held to it.
struct Truth: Decodable {
  let rows: [String: Int]
  let planted: [String: Planted]
  let figures: Figures

  init(_ file: URL) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(Truth.self, from: Data(contentsOf: file))
  }

  struct Planted: Decodable {
    let count: Int
  }

  struct Figures: Decodable {
    let totals: Totals
    let territories: [Territory]
    let winRates: [WinRate]
    let owners: [Owner]
    let families: Families
    let unassignedAccounts: Unassigned
  }

  struct Totals: Decodable {
    let wonAmount: String
    let wonCount: Int
    let openAmount: String
    let openCount: Int
    let weightedNumerator: String
  }

  struct Territory: Decodable {
    let territoryId: String
    let territory: String
    let users: Int
    let accounts: Int
    let quota: String
    let sums: Sums

    private enum Keys: String, CodingKey {
      case territoryId, territory, users, accounts, quota
    }

    init(from decoder: any Decoder) throws {
      let keys = try decoder.container(keyedBy: Keys.self)
      territoryId = try keys.decode(String.self, forKey: .territoryId)
      territory = try keys.decode(String.self, forKey: .territory)
      users = try keys.decode(Int.self, forKey: .users)
      accounts = try keys.decode(Int.self, forKey: .accounts)
      quota = try keys.decode(String.self, forKey: .quota)
      sums = Sums(try Totals(from: decoder))
    }
  }

  struct WinRate: Decodable {
    let dimension: String
    let memberId: String
    let wonCount: Int
    let lostCount: Int
    let wonAmount: String
    let lostAmount: String
  }

  struct Owner: Decodable {
    let ownerId: String
    let accounts: Int
    let sums: Sums

    private enum Keys: String, CodingKey { case ownerId, accounts }

    init(from decoder: any Decoder) throws {
      let keys = try decoder.container(keyedBy: Keys.self)
      ownerId = try keys.decode(String.self, forKey: .ownerId)
      accounts = try keys.decode(Int.self, forKey: .accounts)
      sums = Sums(try Totals(from: decoder))
    }
  }

  struct Families: Decodable {
    let families: Int
    let accounts: Int
    let largest: [Family]
  }

  struct Family: Decodable {
    let rootId: String
    let accounts: Int
    let annualRevenue: String
    let wonAmount: String
    let openAmount: String
    let products: Int
    let territories: Int
    let owners: Int
  }

  struct Unassigned: Decodable {
    let count: Int
    let openAmount: String
    let openCount: Int
  }

  /// Sums in 1/10,000 of a unit; the weighted one is a numerator.
  struct Sums: Equatable {
    var won = 0
    var wonCount = 0
    var open = 0
    var openCount = 0
    /// In 1/10,000 of a unit × 1/10,000 of a percent.
    var numerator: Int128 = 0

    init() {}

    init(_ totals: Totals) {
      won = Exactly.units(totals.wonAmount)
      wonCount = totals.wonCount
      open = Exactly.units(totals.openAmount)
      openCount = totals.openCount
      numerator = Int128(totals.weightedNumerator) ?? -1
    }

    mutating func add(_ other: Sums) {
      won += other.won
      wonCount += other.wonCount
      open += other.open
      openCount += other.openCount
      numerator += other.numerator
    }

    /// The weighted pipeline as the tables print it, rounded once.
    var weighted: String { Exactly.quotient(numerator, 10_000_000_000, places: 2) }
  }
}

/// Exact decimals, done anew in a few lines so as to share no rounding with the program.
enum Exactly {
  /// `12.5` as 125000; a text that is no number with at most four places is -1.
  static func units(_ text: String) -> Int {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first else { return -1 }
    let places = parts.count == 2 ? String(parts[1]) : ""
    guard places.count <= 4 else { return -1 }
    let padding = String(repeating: "0", count: 4 - places.count)
    return Int("\(whole)\(places)\(padding)") ?? -1
  }

  /// A quotient with some places, rounded half away from zero.
  static func quotient(_ numerator: Int128, _ denominator: Int128, places: Int) -> String {
    let scale = (0..<places).reduce(Int128(1)) { power, _ in power * 10 }
    let size = (2 * numerator.magnitude * scale.magnitude + denominator.magnitude)
    let digits = String(size / (2 * denominator.magnitude))
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let sign = numerator < 0 && padded.contains { $0 != "0" } ? "-" : ""
    return sign + padded.dropLast(places) + "." + padded.suffix(places)
  }

  /// An amount in 1/10,000 as the tables print it.
  static func cents(_ units: Int) -> String { quotient(Int128(units), 10_000, places: 2) }

  /// A rate as the tables print it: empty where it is undefined.
  static func rate(_ numerator: Int, _ denominator: Int) -> String {
    denominator == 0
      ? "" : quotient(Int128(numerator), Int128(denominator), places: 6)
  }
}
