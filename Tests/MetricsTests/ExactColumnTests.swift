import Records
import Testing

@testable import Metrics

/// Sums that leave 64 bits, the cells that hold them, and how cells become bytes.
@Suite("Exact columns")
struct ExactColumnTests {
  @Test("Sums that leave 64 bits and come back are those of 128 bits, in parts or at once")
  func spilled() {
    var random = SplitMix(state: 11)
    let groups = 17
    var expected = [Int128](repeating: 0, count: groups)
    var parts = [ExactSums](repeating: ExactSums(groups: groups), count: 3)
    for index in 0..<20_000 {
      let group = Int.random(in: 0..<groups, using: &random)
      // Some groups only grow, some only shrink, the others go back and forth over the border.
      let value: Int64 =
        switch group {
        case 0: .max
        case 1: .min + 1
        case 2: 0
        default: Int64.random(in: .min...(.max), using: &random)
        }
      parts[index % 3].add(value, to: group)
      expected[group] += Int128(value)
    }
    for (group, wide) in [(3, Int128.max / 5), (4, -Int128.max / 7), (5, 1), (6, -1)] {
      parts[1].add(wide: wide, to: group)
      expected[group] += wide
    }
    var whole = parts[2]
    whole.merge(parts[0])
    whole.merge(parts[1])
    #expect(whole.integers.elementsEqual(expected))
    #expect(expected[0] > Int128(Int64.max) && expected[1] < Int128(Int64.min))
  }

  @Test("A value that stands for nothing adds nothing; sums that fit stay narrow")
  func nulls() {
    var sums = ExactSums(groups: 2)
    sums.add(.max, to: 0)
    sums.add(1, to: 0)
    #expect(sums.integers.narrow == nil)
    #expect(sums.integers[0] == Int128(Int64.max) + 1)
    sums.add(-1, to: 0)
    #expect(sums.integers.narrow == [.max, 0])
  }

  @Test("The smallest number of 64 bits is a number, though among narrow cells it stands for none")
  func smallest() {
    let least = Int128(Int64.min)
    let cells = NumberCells([least, nil, 5])
    #expect(Array(cells) == [least, nil, 5])
    #expect(cells.narrow == nil)
    let integers = Integers([Int64.min, 3])
    #expect(Array(integers.cells(at: [0, 1], defined: nil)) == [least, 3])
    #expect(Array(integers.cells(at: [1], defined: nil)) == [3])
    #expect(Array(integers.cells(at: [0, 1], defined: [1, 0])) == [least, nil])
    #expect(NumberCells([1, nil]) == [1, nil])
    #expect(NumberCells([1, nil, least]).dropLast().elementsEqual(NumberCells([1, nil])))
  }

  /// More rows than a part holds, with every kind of cell.
  private var table: MetricTable {
    let count = 30_001
    let words: [String?] = [nil, "plain", "a,b", "say \"yes\"", "two\nlines", "\u{1F4C8} ü", ""]
    var texts: [String?] = []
    var wide: [Int128?] = []
    var narrow: [Int128?] = []
    for row in 0..<count {
      texts.append(words[row % 7].map { "\($0)\(row)" })
      let far = Int128(Int64.max) + Int128(row) * 7919
      wide.append(row % 11 == 0 ? nil : row % 2 == 0 ? far : -far)
      let near = row * 7919 % 100_003 - 50_000
      narrow.append(row % 13 == 0 ? nil : Int128(near))
    }
    let rates = zip(narrow, wide).map { near, far -> Ratio in
      guard let near, let far else { return Ratio(0, over: 0) }
      // Short and long ones, of either sign above and below, some that round up to a whole.
      return switch near % 5 {
      case 0: Ratio(far, over: -3)
      case 1: Ratio(near, over: far)
      case 2: Ratio(19_999_999, over: -10_000_000)
      default: Ratio(near, over: 7)
      }
    }
    return MetricTable(
      name: "cells", grain: "a row",
      columns: [
        column("text", .text, .text(texts)), column("wide", .money, .money(wide)),
        column("money", .money, .money(narrow)), column("count", .count, .integers(narrow)),
        column("rate", .rate, .ratios(rates)),
      ], notes: [])
  }

  private func column(_ name: String, _ unit: Metrics.Unit, _ cells: Cells) -> MetricColumn {
    MetricColumn(name: name, title: name, unit: unit, cells: cells, definition: "")
  }

  @Test("The parts of a table as CSV follow each other, and are what its cells say")
  func parts() throws {
    let table = table
    var expected = table.columns.map(\.name).joined(separator: ",") + "\n"
    for row in 0..<table.rowCount {
      let cells = table.columns.map { column in
        let text = column.dataText(row)
        return text.contains { ",\"\n".contains($0) }
          ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
      }
      expected += cells.joined(separator: ",") + "\n"
    }
    #expect(table.csvParts > 2)
    let isEqual = table.csv() == expected
    #expect(isEqual)
  }
}
