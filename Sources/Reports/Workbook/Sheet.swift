import CXLSX
import Records

/// A sheet of a workbook in the making; it lives no longer than its workbook.
///
/// Rows and columns count from 0. What a cell or a sheet cannot hold is counted, for the sheet to
/// say so.
final class Sheet {
  let name: String
  /// How many texts were too long for a cell and were cut.
  private(set) var cutTexts = 0
  /// How many links were too many or too long and were left out.
  private(set) var missingLinks = 0
  /// How many numbers have more digits than a spreadsheet keeps and are text.
  private(set) var longNumbers = 0
  private var links = 0
  private let sheet: UnsafeMutablePointer<lxw_worksheet>
  private unowned let book: Spreadsheet

  init(_ sheet: UnsafeMutablePointer<lxw_worksheet>, name: String, of book: Spreadsheet) {
    self.sheet = sheet
    self.name = name
    self.book = book
  }

  /// Where a cell's link leads.
  enum Target {
    case record(RecordLink)
    /// A cell of this workbook.
    case cell(sheet: String, row: Int)

    fileprivate var address: String {
      switch self {
      case .record(let link): link.url
      case .cell(let sheet, let row):
        // An apostrophe in a name is doubled within the quotes.
        "internal:'" + sheet.replacing("'", with: "''") + "'!A\(row + 1)"
      }
    }
  }

  /// A text, never a formula.
  func text(
    _ text: String, _ row: Int, _ column: Int, _ style: CellStyle = CellStyle(),
    link: Target? = nil
  ) {
    var style = style
    let held = SheetText.held(text, limit: book.limits.characters)
    if held.isCut { cutTexts += 1 }
    if let first = text.unicodeScalars.first, CSVText.formulaSigns.contains(first) {
      style.numberFormat = CellStyle.text
    }
    guard let address = link.flatMap(allowed) else {
      write(held.text, row, column, style)
      return
    }
    style.isLink = true
    book.note(
      worksheet_write_url_opt(
        sheet, UInt32(row), UInt16(column), address, book.format(style), held.text, nil))
  }

  /// A number from its exact digits; as text where a spreadsheet would lose some of them.
  func number(_ data: String, _ row: Int, _ column: Int, _ style: CellStyle) {
    guard SheetText.digits(of: data) <= book.limits.digits, let number = Double(data) else {
      longNumbers += 1
      var style = style
      style.numberFormat = CellStyle.text
      style.alignment = .right
      write(data, row, column, style)
      return
    }
    book.note(
      worksheet_write_number(sheet, UInt32(row), UInt16(column), number, book.format(style)))
  }

  /// A day; as text where it lies before the first day of a spreadsheet.
  func day(_ day: Day, _ row: Int, _ column: Int, _ style: CellStyle) {
    let serial = SheetText.serial(of: day)
    guard serial > 60 else {
      write(day.description, row, column, style)
      return
    }
    book.note(
      worksheet_write_number(
        sheet, UInt32(row), UInt16(column), Double(serial), book.format(style)))
  }

  /// A text over several cells of a row, on so many lines.
  func paragraph(
    _ text: String, _ row: Int, _ columns: ClosedRange<Int>, lines: Int,
    _ style: CellStyle = CellStyle()
  ) {
    var style = style
    style.isWrapped = true
    if columns.count > 1 {
      book.note(
        worksheet_merge_range(
          sheet, UInt32(row), UInt16(columns.lowerBound), UInt32(row),
          UInt16(columns.upperBound), "", book.format(style)))
    }
    self.text(text, row, columns.lowerBound, style)
    height(Double(lines) * (style.role == .heading ? 16 : 15), row)
  }

  /// A value as what it is: a number, a day, or text; nothing where it is not known.
  ///
  /// `isChange` puts a plus sign before what is above zero.
  func value(
    _ value: Shown, _ row: Int, _ column: Int, _ style: CellStyle = CellStyle(),
    link: Target? = nil, isChange: Bool = false
  ) {
    var style = style
    guard value.strength != .undefined, !value.data.isEmpty else {
      if style.role != .plain { write("", row, column, style) }
      return
    }
    if value.unit.isNumeric {
      style.numberFormat = book.numberFormats.code(of: value, isChange: isChange)
      style.isWeak = value.strength == .weak
      number(NumberFormats.data(of: value), row, column, style)
    } else if value.unit == .date, let day = Day(iso: value.data) {
      style.numberFormat = NumberFormats.date
      // As on the page; at the right they would touch the next column's text.
      style.alignment = .left
      self.day(day, row, column, style)
    } else {
      text(value.unit == .text ? value.text : value.data, row, column, style, link: link)
    }
  }

  private func write(_ text: String, _ row: Int, _ column: Int, _ style: CellStyle) {
    book.note(
      worksheet_write_string(sheet, UInt32(row), UInt16(column), text, book.format(style)))
  }

  private func allowed(_ target: Target) -> String? {
    let address = target.address
    guard links < book.limits.linksPerSheet, address.utf16.count <= book.limits.linkCharacters
    else {
      missingLinks += 1
      return nil
    }
    links += 1
    return address
  }
}

extension Sheet {
  /// The width of a column in characters.
  func width(_ characters: Int, _ column: Int) {
    book.note(
      worksheet_set_column(sheet, UInt16(column), UInt16(column), Double(characters), nil))
  }

  /// The height of a row in points.
  func height(_ points: Double, _ row: Int) {
    book.note(worksheet_set_row(sheet, UInt32(row), min(points, 409), nil))
  }

  /// Keeps the rows above and the columns before a cell in sight.
  func freeze(_ row: Int, _ column: Int) {
    worksheet_freeze_panes(sheet, UInt32(row), UInt16(column))
  }

  /// Lets readers filter and sort the rows below a line of heads.
  func filter(_ rows: ClosedRange<Int>, columns: Int) {
    book.note(
      worksheet_autofilter(
        sheet, UInt32(rows.lowerBound), 0, UInt32(rows.upperBound), UInt16(columns - 1)))
  }

  /// On paper: as wide as one page, heads on every page, the page's number below.
  func print(isLandscape: Bool, headRow: Int?, isLetter: Bool) {
    if isLandscape { worksheet_set_landscape(sheet) }
    worksheet_set_paper(sheet, isLetter ? 1 : 9)
    worksheet_fit_to_pages(sheet, 1, 0)
    if let headRow {
      book.note(worksheet_repeat_rows(sheet, UInt32(headRow), UInt32(headRow)))
    }
    book.note(worksheet_set_footer(sheet, "&L&A&R&P / &N"))
  }

  /// Without the lines between cells, for sheets that are read and not worked in.
  func hideGrid() {
    worksheet_gridlines(sheet, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
  }
}

/// What becomes of texts and numbers in a spreadsheet.
enum SheetText {
  /// The text as a cell holds it: cut with an ellipsis where it is too long, and with what Excel
  /// would take for an escape (`_x0041_`) written so that it is read as it stands.
  static func held(_ text: String, limit: Int) -> (text: String, isCut: Bool) {
    let isLong = text.utf8.count > limit && text.utf16.count > limit
    let cut = isLong ? shortened(text, to: limit) : text
    let escaped = self.escaped(cut)
    let excess = escaped.utf8.count - cut.utf8.count
    if excess > 0, escaped.utf16.count > limit {
      return (self.escaped(shortened(text, to: limit - excess)), true)
    }
    return (escaped, isLong)
  }

  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
    return text.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
  }

  private static func shortened(_ text: String, to length: Int) -> String {
    var room = length - 1
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      room -= scalar.value > 0xFFFF ? 2 : 1
      if room < 0 { break }
      scalars.append(scalar)
    }
    return String(scalars) + "…"
  }

  /// How many digits of a decimal number say something.
  static func digits(of data: String) -> Int {
    let mantissa = data.utf8.prefix { $0 != UInt8(ascii: "e") }
    let digits = mantissa.filter { (0x30...0x39).contains($0) }
    let first = digits.firstIndex { $0 != 0x30 } ?? digits.count
    let last = digits.lastIndex { $0 != 0x30 } ?? first - 1
    return last - first + 1
  }

  /// The number of a day in a spreadsheet: days since 1899-12-30, right from 1900-03-01 on, since
  /// spreadsheets know a February 29 of 1900.
  static func serial(of day: Day) -> Int { Int(day.number) + 25_569 }
}
