/// Brings telephone numbers to one form: their digits, the country's code first.
///
/// `+49 (0)30 901-820`, `0049 30 901820` and, of a record in Germany, `030 901820` are one number. A
/// national number of an unknown country equals only another such one. Digits behind a letter are an
/// extension. Numbers have from 7 to 15 digits (ITU-T E.164).
enum PhoneNumbers {
  /// Set in the number of a national number whose country is not known.
  private static let national: UInt64 = 1 << 63

  /// A number that is equal where telephone numbers are, 0 where there is none.
  ///
  /// The calling code is that of the record's country, nil where it is not known.
  static func key(_ bytes: [UInt8], _ range: Range<Int>, callingCode code: UInt64?) -> UInt64 {
    var (number, count, zeros) = (UInt64(0), 0, 0)
    var isInternational = false
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        // Digits of a trunk in brackets are not dialled from abroad.
        if isInternational || zeros == 2, count > 0, byte == UInt8(ascii: "0"),
          position < range.upperBound,
          bytes[position] == UInt8(ascii: ")"), position >= range.lowerBound + 2,
          bytes[position - 2] == UInt8(ascii: "(")
        {
          continue
        }
        if byte == UInt8(ascii: "0"), count == 0 {
          zeros += 1
        } else {
          count += 1
          guard count <= 15 else { return 0 }
          number = number * 10 + UInt64(byte - 0x30)
        }
      case UInt8(ascii: "+"):
        if count == 0, zeros == 0 { isInternational = true }
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
        // "Tel. 030" begins with letters, "030 1 x12" ends with an extension.
        if count > 0 { position = range.upperBound }
      default: break
      }
    }
    guard count > 0 else { return 0 }
    if isInternational || zeros == 2 { return count >= 7 ? number : 0 }
    guard let code else { return count >= 7 ? national | number : 0 }
    if code == 1, count == 11, number / 10_000_000_000 == 1 { return number }
    // Italy's zero is part of the number.
    let digits = count + (code == 39 ? zeros : 0)
    var whole = code
    for _ in 0..<digits { whole = whole.multipliedReportingOverflow(by: 10).partialValue }
    let length = digits + String(code).utf8.count
    return (7...15).contains(length) ? whole + number : 0
  }

  /// The calling code of a country by its name or code of two letters, nil where it is not known.
  static func callingCode(of country: String) -> UInt64? {
    codes[String(decoding: NameFolding.folded(country), as: UTF8.self)]
  }

  private static let codes: [String: UInt64] = {
    let lines = """
      1 us|usa|united states|united states of america|ca|canada
      7 ru|russia|russian federation|kz|kazakhstan
      20 eg|egypt
      27 za|south africa
      30 gr|greece
      31 nl|netherlands|the netherlands|holland
      32 be|belgium
      33 fr|france
      34 es|spain
      36 hu|hungary
      39 it|italy
      40 ro|romania
      41 ch|switzerland
      43 at|austria
      44 gb|uk|united kingdom|great britain|england|scotland|wales
      45 dk|denmark
      46 se|sweden
      47 no|norway
      48 pl|poland
      49 de|germany
      51 pe|peru
      52 mx|mexico
      54 ar|argentina
      55 br|brazil
      56 cl|chile
      57 co|colombia
      58 ve|venezuela
      60 my|malaysia
      61 au|australia
      62 id|indonesia
      63 ph|philippines
      64 nz|new zealand
      65 sg|singapore
      66 th|thailand
      81 jp|japan
      82 kr|korea|south korea|korea republic of
      84 vn|vietnam|viet nam
      86 cn|china
      90 tr|turkey|turkiye
      91 in|india
      92 pk|pakistan
      94 lk|sri lanka
      212 ma|morocco
      216 tn|tunisia
      234 ng|nigeria
      254 ke|kenya
      351 pt|portugal
      352 lu|luxembourg
      353 ie|ireland
      354 is|iceland
      356 mt|malta
      357 cy|cyprus
      358 fi|finland
      359 bg|bulgaria
      370 lt|lithuania
      371 lv|latvia
      372 ee|estonia
      380 ua|ukraine
      381 rs|serbia
      385 hr|croatia
      386 si|slovenia
      420 cz|czech republic|czechia
      421 sk|slovakia
      423 li|liechtenstein
      506 cr|costa rica
      507 pa|panama
      593 ec|ecuador
      595 py|paraguay
      598 uy|uruguay
      852 hk|hong kong
      886 tw|taiwan
      961 lb|lebanon
      962 jo|jordan
      965 kw|kuwait
      966 sa|saudi arabia
      968 om|oman
      971 ae|united arab emirates|uae
      972 il|israel
      973 bh|bahrain
      974 qa|qatar
      """
    var codes: [String: UInt64] = [:]
    for line in lines.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let code = UInt64(parts[0]) else { continue }
      for name in parts[1].split(separator: "|") { codes[String(name)] = code }
    }
    return codes
  }()
}

/// Brings postcodes to one form: their letters in capitals and digits, of a ZIP+4 the first five.
enum Postcodes {
  /// A number that is equal where postcodes are, 0 where there is none: 3 to 8 letters and digits.
  static func key(_ text: String) -> UInt64 {
    var (key, count) = (UInt64(0), 0)
    var digits = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): break
      case UInt8(ascii: "-"):
        if count == 5, digits == 5, text.utf8.count == 10 { return key }
        continue
      default: continue
      }
      count += 1
      guard count <= 8 else { return 0 }
      key = key << 8 | UInt64(byte & ~(byte >= 0x61 ? 0x20 : 0))
    }
    return count >= 3 ? key : 0
  }
}
