// The parsers of cells on any bytes: none crashes, the fast ones agree with those of all layouts, and
// what is read, printed plainly, is read again as the same value.
import CScan
import FuzzKit
import Records

@testable import Intake

@_cdecl("LLVMFuzzerTestOneInput")
public func cellFuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let cell = bytes(start, count)
  numbers(cell)
  days(cell)
  keys(cell)
  words(cell)
  kernels(cell)
  return 0
}

private func numbers(_ cell: [UInt8]) {
  for times: Int64 in [1, 1_000, 1_000_000] {
    _ = CellParser.decimal(cell.span, times: times)
  }
  if let value = CellParser.decimal(cell.span) {
    let again = CellParser.decimal(Array(plain(value, places: 4).utf8).span)
    hold(again == value, "\(value) is printed and read as \(String(describing: again))")
  }
  if let value = CellParser.rate(cell.span) {
    let again = CellParser.rate(Array(plain(value, places: 9).utf8).span)
    hold(again == value, "\(value) is printed and read as \(String(describing: again))")
  }
  for form in [nil] + CellForms.NumberForm.allCases.map(Optional.some) {
    for places in [4, 9] {
      guard
        let number = CellParser.writtenNumber(cell.span, places: places, times: 1, form: form)
      else { continue }
      let printed = Array(plain(number.value, places: places).utf8)
      let again =
        places == 4 ? CellParser.decimal(printed.span) : CellParser.rate(printed.span)
      hold(again == number.value, "\(number.value) is printed and read otherwise")
    }
  }
}

/// A fixed-point number in digits: the slow way, by the text of the integer.
private func plain(_ value: Int64, places: Int) -> String {
  var digits = String(value.magnitude)
  digits = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  return (value < 0 ? "-" : "") + digits.dropLast(places) + "." + digits.suffix(places)
}

private func days(_ cell: [UInt8]) {
  for order in [nil] + CellForms.DateOrder.allCases.map(Optional.some) {
    _ = CellParser.moment(cell.span, order: order)
    guard let number = CellParser.date(cell.span, order: order) else { continue }
    let printed = Array(Day(number: number).description.utf8)
    hold(CellParser.date(printed.span, order: nil) == number, "a day is another")
  }
  if let second = CellParser.instant(cell.span) {
    // An offset and a leap second move an instant by less than two days from the day that is written.
    let written = CellParser.isoDate(cell.span)
    let day = Day.containing(second)
    hold(written.map { abs($0 - day) <= 5 } ?? false, "an instant is far from its day")
  }
}

/// What the kernels read they read as the parsers of all layouts do: in the middle of a text and at its
/// front, where there are no sixteen bytes before a cell.
private func kernels(_ cell: [UInt8]) {
  let dialect = Dialect(delimiter: UInt8(ascii: ","), newline: UInt8(ascii: "\n"))
  for front in [[], Array("some bytes before the record\n".utf8)] {
    let text = front + cell + [dialect.newline]
    var index = RecordIndex()
    index.update(text, dialect: dialect, isCareful: true)
    let record = front.isEmpty ? 0 : 1
    guard record < index.recordCount else { continue }
    var column = PlainColumn(
      index: index, cell: 0, wanted: [UInt32(record)], text: text, dialect: dialect)
    var located: [cscan_cell] = []
    column.locate(into: &located)
    let bytes = Array(text[located[0].range])
    var others: [UInt32] = []
    func held<Value: Equatable>(_ value: Value, _ null: Value, _ slow: Value?, _ kind: String) {
      if others.isEmpty {
        hold(bytes.isEmpty ? value == null : value == slow, "the fast \(kind) is another")
      } else {
        hold(others == [0] && !bytes.isEmpty, "a kernel refuses other rows")
      }
    }
    held(column.decimals(&others)[0], Exact.null, CellParser.decimal(bytes.span), "number")
    held(column.days(&others)[0], Day.null, CellParser.date(bytes.span, order: nil), "day")
    held(column.instants(&others)[0], Instants.null, CellParser.instant(bytes.span), "instant")
    held(column.keys(&others)[0], SalesforceID.zero, SalesforceID.key(bytes.span), "key")
    held(column.flags(&others)[0], 2, CellParser.flag(bytes.span), "flag")
    let newest = column.newest(&others)
    held(newest, nil, CellParser.instant(bytes.span), "newest")
    column.needsValue = true
    _ = column.keys(&others)
    hold(!bytes.isEmpty || others == [0], "an empty key is a value")
  }
}

private func keys(_ cell: [UInt8]) {
  let isAlphanumeric = cell.allSatisfy {
    (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
  }
  let short = Array(cell.prefix(15))
  let isKey =
    isAlphanumeric
    && (cell.count == 15 || cell.count == 18 && cell.suffix(3) == SalesforceID.checksum(short)[...])
  let key = SalesforceID.key(cell.span)
  hold((key != nil) == isKey, "eight characters at a time tell an Id otherwise")
  if let key {
    let slow = short.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    hold(key == slow, "the key is not its characters")
    hold(SalesforceID.key(short.span) == key, "15 and 18 characters are two keys")
    // What a spreadsheet does to it is put right.
    let whole = short + SalesforceID.checksum(short)
    let upper = whole.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
    if upper != whole {
      hold(SalesforceID.repairedKey(upper.span) == key, "an Id in capitals is repaired to another")
    }
  }
  _ = SalesforceID.repairedKey(cell.span)
}

private func words(_ cell: [UInt8]) {
  if let flag = CellParser.flag(cell.span) { hold(flag <= 1, "a flag is neither yes nor no") }
  let isPlain = cell.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\"") }
  hold(CellParser.isPlainText(cell.span) == isPlain, "plain text is told by eight bytes otherwise")
}
