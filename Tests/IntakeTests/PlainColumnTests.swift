import CScan
import Records
import TestKit
import Testing

@testable import Intake

/// Reads the kernels' values beside those of the parsers that know every layout.
@Suite("The kernels for plain cells")
struct PlainColumnTests {
  private static let dialect = Dialect(delimiter: 0x2C, newline: 0x0A)

  /// A column of cells behind another, as a file has it.
  private func column(_ cells: [String], isQuoted: Bool = true, isFirst: Bool = false)
    -> PlainColumn
  {
    let mark = isQuoted ? "\"" : ""
    let text = Array(
      cells.map { (isFirst ? "" : "x,") + "\(mark)\($0)\(mark)\n" }.joined().utf8)
    var index = RecordIndex()
    index.update(text, dialect: Self.dialect, isCareful: false)
    var accepted: [UInt32] = []
    #expect(index.accept(cells: isFirst ? 1 : 2, into: &accepted).isEmpty)
    return PlainColumn(
      index: index, cell: isFirst ? 0 : 1, wanted: accepted, text: text, dialect: Self.dialect)
  }

  @Test("Numbers of up to fourteen characters and four places are read")
  func decimals() {
    var others: [UInt32] = []
    let cells = [
      "0", "1", "-1", "1234567.89", "-0.0001", "12.", ".5", "99999999999999", "9999999999.999",
      "", "-", ".", "-.", "1.23456", "1,5", "1e3", "+1", "1 ", "123456789012345", "1.2.3", "12a",
    ]
    let expected: [Int64] = [
      0, 10_000, -10_000, 12_345_678_900, -1, 120_000, 5_000, 999_999_999_999_990_000,
      99_999_999_999_990, Exact.null,
    ]
    for isQuoted in [true, false] where isQuoted || !cells.contains("1,5") {
      let values = column(cells, isQuoted: isQuoted).decimals(&others)
      #expect(Array(values.prefix(10)) == expected)
      #expect(others == Array(10..<21))
    }
    // At the front of a text there are no sixteen bytes before the cell.
    #expect(column(["-12.5"], isFirst: true).decimals(&others) == [-125_000])
  }

  @Test("Days are read alone and at midnight, and no calendar's 30 February is one")
  func days() {
    var others: [UInt32] = []
    let cells = [
      "1970-01-01", "2024-02-29", "2000-02-29 00:00:00", "0000-03-01T00:00:00", "9999-12-31", "",
      "2023-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-11-31", "2026-11-20 00:00:01",
      "2026-11-2", "2026/11/20", "20261120", "2026-11-20Z",
    ]
    let values = column(cells).days(&others)
    #expect(values.prefix(6) == [0, 19_782, 11_016, -719_468, 2_932_896, Day.null])
    #expect(others == Array(6..<16))
  }

  @Test("Instants are read in UTC, with nothing, Z or .000Z behind the seconds")
  func instants() {
    var others: [UInt32] = []
    let cells = [
      "1970-01-01 00:00:00", "2026-11-20T21:59:00.000Z", "2026-11-20 21:59:60Z", "",
      "2026-11-20T21:59:00+01:00", "2026-11-20 24:00:00", "2026-11-20 21:60:00", "2026-11-20",
      "2026-11-20 21:59", "2026-11-20x21:59:00", "2026-11-20 21:59:00.5Z",
    ]
    let values = column(cells).instants(&others)
    #expect(values.prefix(4) == [0, 1_795_211_940, 1_795_212_000, Instants.null])
    #expect(others == Array(4..<11))
  }

  @Test("The newest stamp is found among older ones in all plain layouts")
  func newest() {
    var others: [UInt32] = []
    let cells = [
      "2026-11-19 10:00:00", "2026-11-20T09:00:00.000Z", "2026-11-20 09:00:01",
      "2026-11-20 08:59:59Z", "", "2025-01-01 00:00:00",
    ]
    #expect(column(cells).newest(&others) == 1_795_165_201)
    #expect(others.isEmpty)
    // An offset makes a stamp newer than its characters look: it is left to the other parser.
    #expect(column(cells + ["2026-11-20T08:00:00-05:00"]).newest(&others) == 1_795_165_201)
    #expect(others == [6])
    #expect(column(["", "n/a"]).newest(&others) == nil)
  }

  @Test("Flags are true, false, 1 and 0 in any case")
  func flags() {
    var others: [UInt32] = []
    let values = column(["true", "FALSE", "1", "0", "", "True", "yes", "2", "tru", "falsy"])
      .flags(&others)
    #expect(values.prefix(6) == [1, 0, 1, 0, 2, 1])
    #expect(others == [6, 7, 8, 9])
  }

  @Test("Ids of 15 characters and of 18 with a right checksum are keys")
  func keys() {
    var others: [UInt32] = []
    var column = column([
      "001000000000001AAA", "001000000000001", "0015g00000ABCdeAAH", "", "001000000000001AAB",
      "00100000000000-", "00100000000000", "001000000000001AA",
    ])
    let values = column.keys(&others)
    let short = SalesforceID.key(Array("001000000000001".utf8).span)
    #expect(values[0] == short)
    #expect(values[1] == short)
    #expect(values[2] == SalesforceID.key(Array("0015g00000ABCdeAAH".utf8).span))
    #expect(values[3] == SalesforceID.zero)
    #expect(others.suffix(4) == [4, 5, 6, 7])
    column.needsValue = true
    _ = column.keys(&others)
    #expect(others.contains(3))
  }

  @Test("What a kernel reads, the parsers of all layouts read as the same value")
  func oracle() {
    var draw = Draw(seed: 20)
    let pieces = [
      "0", "1", "9", "12", "-", ".", "2026-11-20", "2024-02-29", " ", "T", "21:59:00", "Z", ".000Z",
      "001000000000001", "0015g00000ABCde", "AAA", "AAH", "true", "False", "e", "+", "é", "/",
    ]
    for _ in 0..<2_000 {
      let cells = (0..<40).map { _ in
        (0..<draw.below(4)).map { _ in pieces[draw.below(pieces.count)] }.joined()
      }
      let column = column(cells)
      let texts = cells.map { Array($0.utf8) }
      func held<Value: Equatable>(
        _ read: (inout [UInt32]) -> [Value], _ null: Value,
        _ slow: (borrowing Span<UInt8>) -> Value?
      ) {
        var others: [UInt32] = []
        let values = read(&others)
        let refused = Set(others)
        for (row, text) in texts.enumerated() where !refused.contains(UInt32(row)) {
          #expect(values[row] == (text.isEmpty ? null : slow(text.span)), "\(cells[row])")
        }
      }
      held(column.decimals, Exact.null) { CellParser.decimal($0) }
      held(column.days, Day.null) { CellParser.date($0, order: nil) }
      held(column.instants, Instants.null) { CellParser.instant($0) }
      held(column.keys, SalesforceID.zero) { SalesforceID.key($0) }
      held(column.flags, 2) { CellParser.flag($0) }
    }
  }

  @Test("The portable kernels read as those for this machine's processor")
  func portable() {
    var draw = Draw(seed: 4)
    let characters = Array("0123456789.-AZaz".utf8)
    for _ in 0..<2_000 {
      let cells = (0..<20).map { _ in
        String(
          decoding: (0..<[3, 9, 14, 15, 18][draw.below(5)]).map { _ in
            characters[draw.below(characters.count)]
          }, as: UTF8.self)
      }
      let column = column(cells)
      var (fast, slow): ([UInt32], [UInt32]) = ([], [])
      #expect(column.decimals(&fast) == column.portableDecimals(&slow))
      #expect(fast == slow)
      #expect(column.keys(&fast) == column.portableKeys(&slow))
      #expect(fast == slow)
    }
  }

  @Test(
    "Rows that follow each other are found as those that do not, in every order of a table",
    arguments: KeyOrder.allCases, Rounds.seeds(3))
  func follow(order: KeyOrder, seed: UInt64) {
    var draw = Draw(seed: seed)
    let keys = order.keys(&draw)
    let index = SalesforceKeyIndex(SalesforceKeys(keys))
    // Any table with keys that begin alike can be followed, also one that is small enough not to be.
    guard index.duplicates.isEmpty, let table = SalesforceKeys(keys).alike, !keys.isEmpty else {
      return
    }
    var cells: [String] = []
    var at = 0
    for _ in 0..<3_000 {
      switch draw.below(12) {
      case 0: at = draw.below(keys.count)
      case 1: at = min(at + draw.below(20), keys.count - 1)
      case 2:
        cells.append(draw.one(of: ["", "000000000000000AAA", "nothing", "001000000000001AAB"]))
      case 3: cells.append(SalesforceID.text(KeyOrder.key(draw.below(1 << 46))))
      case 4: at = min(at + 1, keys.count - 1)
      default: break
      }
      let text = SalesforceID.text(keys[at])
      cells.append(draw.below(9) == 0 ? String(text.prefix(15)) : text)
    }
    let column = column(cells)
    var (others, refused): ([UInt32], [UInt32]) = ([], [])
    let rows = column.rows(in: index, table, &others)
    let expected = index.rows(of: column.keys(&refused))
    #expect(rows == expected)
    #expect(others == refused)
    let isSame = column.portableRows(in: index, table, &others) == rows
    #expect(isSame && others == refused)
  }

  @Test("Texts that were remembered are recalled, each as what it was read as, and no other")
  func memory() {
    var draw = Draw(seed: 9)
    let memory = CellMemory()
    var known: [String: Int32] = [:]
    for round in 0..<60 {
      // Also texts that differ in one of their words only, and such as are too long.
      // The first cells of a text have no eight bytes that end with them.
      let front = ["a text that is not remembered"]
      let cells =
        front
        + (0..<200).map { _ in
          String(
            decoding: (0..<draw.below(28)).map { at in
              UInt8(ascii: "a") + UInt8(at % 9 == 4 ? draw.below(8) : 0)
            }, as: UTF8.self)
        }
      let column = column(cells, isQuoted: round % 2 == 0)
      var others: [UInt32] = []
      let values = memory.recall(column, null: -1, &others)
      let isOther = Set(others)
      for (row, cell) in cells.enumerated() {
        #expect(isOther.contains(UInt32(row)) == (!cell.isEmpty && known[cell] == nil))
        if !isOther.contains(UInt32(row)) { #expect(values[row] == known[cell] ?? -1) }
      }
      for row in others where draw.below(2) == 0 {
        let cell = cells[Int(row)]
        let value = known[cell] ?? Int32(known.count)
        memory.remember(Array(cell.utf8).span, as: value)
        if cell.utf8.count <= 24 { known[cell] = value }
      }
    }
    #expect(known.count > 100)
    let first = column(["ab"], isFirst: true)
    memory.remember(Array("ab".utf8).span, as: 77)
    var others: [UInt32] = []
    _ = memory.recall(first, null: -1, &others)
    #expect(others == [0])
    #expect(memory.recall(column(["a longer text", "ab"]), null: -1, &others).last == 77)
  }

  @Test("A memory is given up where it is full and most texts are new")
  func givenUp() {
    let memory = CellMemory()
    for number in 0..<20_000 { memory.remember(Array("text \(number)".utf8).span, as: 1) }
    var others: [UInt32] = []
    _ = memory.recall(column((0..<100).map { "text \($0)" }), null: -1, &others)
    #expect(others.isEmpty && !memory.isGivenUp)
    _ = memory.recall(column((0..<100).map { "other \($0)" }), null: -1, &others)
    #expect(others.count == 100 && memory.isGivenUp)
  }
}
