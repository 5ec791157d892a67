import Records

// How cells become values.
extension SparkDialect {
  public func functions(keys: KeyForm, timeZone: String, forms: CellForms) -> [String] {
    func function(_ name: String, _ parameters: String, _ result: String, _ body: String) -> String
    {
      "CREATE OR REPLACE TEMPORARY FUNCTION \(name)(\(parameters)) RETURNS \(result)\n  RETURN \(body)"
    }
    let number = plain("cell", forms.numbers)
    let written = forms.dates.map { self.written("cell", $0) }
    let zone = literal(timeZone)
    let isISO = "cell RLIKE '^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}'"
    let instant = "CASE WHEN \(isISO) THEN try_cast(cell AS TIMESTAMP) END"
    let day = "CASE WHEN left(cell, 10) RLIKE '^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$'"
    let whole = wholeType
    let isWritten = written.map { "WHEN \($0) IS NOT NULL THEN CAST(\($0) AS DATE)\n    " } ?? ""
    return [
      function("record_key", "cell STRING", "STRING", key("cell", keys)),
      function(
        "flag", "cell STRING", "BOOLEAN",
        """
        CASE WHEN lower(cell) IN ('1', 'true', 't', 'yes', 'y', 'on') THEN true
            WHEN lower(cell) IN ('0', 'false', 'f', 'no', 'n', 'off') THEN false END
        """),
      // A number of more digits is none of 64 bits.
      function(
        "units", "cell STRING", whole,
        "CAST(try_cast(try_cast(\(number) AS DECIMAL(19, 4)) * 10000 AS BIGINT) AS \(whole))"),
      function(
        "scaled_units", "cell STRING, factor BIGINT", whole,
        """
        CAST(try_cast(try_cast(
            try_cast(\(number) AS DECIMAL(27, 10)) * CAST(factor AS DECIMAL(10, 0)) AS DECIMAL(19, 4))
            * 10000 AS BIGINT) AS \(whole))
        """),
      function(
        "rate_units", "cell STRING", whole,
        "CAST(try_cast(try_cast(\(number) AS DECIMAL(19, 9)) * 1000000000 AS BIGINT) AS \(whole))"),
      function(
        "day_of", "cell STRING", "DATE",
        "coalesce(\(day) THEN try_cast(left(cell, 10) AS DATE) END"
          + "\(written.map { ",\n    CAST(\($0) AS DATE)" } ?? ""))"),
      function(
        "local_day", "cell STRING", "DATE",
        """
        CASE \(isWritten)WHEN length(cell) = 10 THEN \(day) THEN try_cast(cell AS DATE) END
            ELSE CAST(from_utc_timestamp(\(instant), \(zone)) AS DATE) END
        """),
      function(
        "moment", "cell STRING", "TIMESTAMP",
        "coalesce(\(written.map { "to_utc_timestamp(\($0), \(zone)), " } ?? "")\(instant))"),
      function(
        "divided", "n \(whole), d \(whole)", whole,
        """
        CASE WHEN d <> 0 THEN try_add(CAST(try_divide(n - n % d, d) AS \(whole)),
            CASE WHEN abs(n % d) >= abs(d) - abs(n % d)
              THEN CASE WHEN (n < 0) = (d < 0) THEN 1 ELSE -1 END ELSE 0 END) END
        """),
      function(
        "converted", "amount \(whole), rate \(whole)", whole,
        "CAST(try_cast(divided(amount * 1000000000, rate) AS BIGINT) AS \(whole))"),
    ]
  }

  private func key(_ cell: String, _ keys: KeyForm) -> String {
    switch keys {
    case .salesforce:
      """
      CASE WHEN \(cell) LIKE '000000000000000%' THEN NULL
          WHEN length(\(cell)) = 18 THEN left(\(cell), 15) ELSE \(cell) END
      """
    case .number:
      """
      CASE WHEN split_part(\(cell), '\\u003B', 1) RLIKE '^[0-9, ]*[0-9][0-9, ]*([.]0*)?$'
          THEN regexp_replace(split_part(split_part(\(cell), '\\u003B', 1), '.', 1), '[, ]', '')
          ELSE \(cell) END
      """
    case .text: cell
    }
  }

  /// A number with a decimal point and no groups, of one in the stated form.
  private func plain(_ cell: String, _ form: CellForms.NumberForm?) -> String {
    switch form {
    case nil: cell
    case .commaPoint: "replace(\(cell), ',', '')"
    case .pointComma: "replace(replace(\(cell), '.', ''), ',', '.')"
    case .spaceComma:
      "replace(regexp_replace(\(cell), '[ \\\\t\u{A0}\u{202F}\u{2009}]', ''), ',', '.')"
    case .apostrophePoint: "regexp_replace(\(cell), '[\\'\u{2019}]', '')"
    }
  }

  /// The date and time of a cell that is written in the stated order, in the organisation's zone.
  private func written(_ cell: String, _ order: CellForms.DateOrder) -> String {
    let pattern =
      "'^([0-9]{1,4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,4})"
      + "( ([0-9]{1,2}):([0-9]{2})(:([0-9]{2}))?( ([AaPp][Mm]))?)?$'"
    func part(_ place: Int) -> String { "regexp_extract(\(cell), \(pattern), \(place))" }
    func number(_ place: Int) -> String { "CAST(nullif(\(part(place)), '') AS INT)" }
    let (year, month, day) =
      switch order {
      case .monthDayYear: (3, 1, 2)
      case .dayMonthYear: (3, 2, 1)
      case .yearMonthDay: (1, 2, 3)
      }
    let century =
      "CASE WHEN length(\(part(year))) > 2 THEN 0 WHEN \(number(year)) < 69 THEN 2000 ELSE 1900 END"
    let hour = "coalesce(\(number(5)), 0)"
    let half = "upper(\(part(10)))"
    // A year of four digits in front is that of ISO, whatever the order.
    return """
      CASE WHEN NOT \(cell) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}' AND \(cell) RLIKE \(pattern)
          THEN try_make_timestamp(\(number(year)) + \(century), \(number(month)), \(number(day)),
            CASE \(half) WHEN '' THEN \(hour) WHEN 'PM' THEN \(hour) % 12 + 12 ELSE \(hour) % 12 END,
            coalesce(\(number(6)), 0), coalesce(\(number(8)), 0)) END
      """
  }
}
