/// The kinds of records with the key prefixes that their Ids begin with.
enum KeyPrefix: String, CaseIterable {
  case account = "001"
  case contact = "003"
  case user = "005"
  case opportunity = "006"
  case opportunityHistory = "008"
  case opportunityFieldHistory = "017"
  case organization = "00D"
  case role = "00E"
  case lead = "00Q"
  case task = "00T"
  case event = "00U"
  case lineItem = "00k"
  case product = "01t"
  case opportunityStage = "01J"
  case currencyType = "01L"
  case datedRate = "04w"
  case quota = "0J9"
  case forecastingType = "0Db"
  case territoryType = "0M5"
  case territoryModel = "0MA"
  case territory = "0MI"
  case territoryRule = "0MH"
  case territoryRuleItem = "0MG"
  case territoryRuleUse = "0MJ"
  case objectTerritory = "0MQ"
  case userTerritory = "0MU"
  case territoryExclusion = "0MX"
  case contract = "800"
}

/// Salesforce Ids of 18 characters: prefix, instance, number to the base 62, checksum.
enum RecordID {
  private static let digits = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
  private static let checks = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".utf8)
  /// Where numbers start, so that Ids look like those of an organisation that has lived a while.
  private static let base: UInt64 = 2_840_235_991

  /// The first six characters by prefix.
  static let stems: [KeyPrefix: [UInt8]] = Dictionary(
    uniqueKeysWithValues: KeyPrefix.allCases.map { ($0, Array(($0.rawValue + "5g0").utf8)) })

  /// Appends the Id of a record, whose first six characters are the stem.
  static func append(_ number: Int, stem: [UInt8], to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: stem)
    bytes.append(contentsOf: RecordID.blank)
    var rest = UInt64(truncatingIfNeeded: number) &+ base
    var at = start + 14
    while rest > 0 {
      let quotient = rest / 62
      bytes[at] = digits[Int(truncatingIfNeeded: rest - quotient * 62)]
      rest = quotient
      at -= 1
    }
    for chunk in 0..<3 {
      var bits = 0
      for i in 0..<5 {
        let letter = bytes[start + chunk * 5 + i]
        if letter >= 65 && letter <= 90 { bits |= 1 << i }
      }
      bytes[start + 15 + chunk] = checks[bits]
    }
  }

  private static let blank = [UInt8](repeating: 48, count: 12)

  /// The Id as text.
  static func text(_ prefix: KeyPrefix, _ number: Int) -> String {
    var bytes: [UInt8] = []
    append(number, stem: stems[prefix, default: []], to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The Id as a quoted cell with its comma.
  static func cell(_ prefix: KeyPrefix, _ number: Int) -> [UInt8] {
    Array("\"\(text(prefix, number))\",".utf8)
  }
}
