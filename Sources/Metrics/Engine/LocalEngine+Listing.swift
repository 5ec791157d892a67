import Expressions
import Records

extension LocalEngine {
  public func list(_ listings: [Listing]) throws(FindingsError) -> [MetricTable] {
    var tables: [MetricTable] = []
    var findings: [Finding] = []
    for listing in listings {
      do {
        tables.append(try table(listing))
      } catch {
        findings += error.findings
      }
    }
    guard findings.isEmpty else { throw FindingsError(findings) }
    return tables
  }

  private func table(_ listing: Listing) throws(FindingsError) -> MetricTable {
    let source = ListingSource(listing, ledger: ledger, scopes: scopes)
    var findings: [Finding] = []
    var columns: [ListingColumn] = []
    var orders: [(column: ListingColumn, descending: Bool)] = []
    for name in listing.columns {
      do { columns.append(try source.column(name)) } catch { findings.append(error.finding) }
    }
    for order in listing.order {
      do {
        orders.append((try source.column(order.column), order.descending))
      } catch {
        findings.append(error.finding)
      }
    }
    var rows: [Int32] = []
    do { rows = try source.rows() } catch { findings.append(error.finding) }
    guard findings.isEmpty else { throw FindingsError(findings) }
    let ranks = ledger.order(of: listing.fact.entity).ranks
    rows.sort { left, right in
      for order in orders {
        let compared = order.column.compare(Int(left), Int(right))
        if compared != 0 { return order.descending ? compared > 0 : compared < 0 }
      }
      return (ranks[Int(left)], left) < (ranks[Int(right)], right)
    }
    let kept = listing.limit.map { Array(rows.prefix($0)) } ?? rows
    var made = columns.map { $0.metricColumn(kept) }
    if !listing.reasons.isEmpty {
      do { made.append(try source.reasons(kept)) } catch { throw FindingsError([error.finding]) }
    }
    var table = MetricTable(
      name: listing.name, grain: listing.fact.grain, columns: made, totalRowCount: rows.count)
    for column in columns where column.unit == .money && kept.count < rows.count {
      table.cutSums[column.name] = column.sum(rows[kept.count...])
    }
    return table
  }
}

/// One column of a listing: how a row of the fact is shown and compared.
struct ListingColumn {
  let name: String
  let title: String
  let unit: Unit
  /// The text of a row; nil for columns of numbers.
  let text: (@Sendable (Int) -> String?)?
  /// The number of a row over `denominator`.
  let number: (@Sendable (Int) -> Int64?)?
  let denominator: Int64

  /// -1, 0 or 1; null amounts sort as 0, null texts as empty, text by its bytes.
  func compare(_ left: Int, _ right: Int) -> Int {
    if let number {
      let (one, other) = (number(left) ?? 0, number(right) ?? 0)
      return one < other ? -1 : one > other ? 1 : 0
    }
    let (one, other) = (text?(left) ?? "", text?(right) ?? "")
    if one == other { return 0 }
    return one.utf8.lexicographicallyPrecedes(other.utf8) ? -1 : 1
  }

  /// The sum of some rows, null amounts being 0.
  func sum(_ rows: ArraySlice<Int32>) -> Ratio {
    let sum = rows.reduce(Int128(0)) { $0 + Int128(number?(Int($1)) ?? 0) }
    return Ratio(sum, over: Int128(denominator))
  }

  func metricColumn(_ rows: [Int32]) -> MetricColumn {
    let cells: Cells
    if let number {
      cells = Cells(
        rows.map { row in number(Int(row)).map { Ratio(Int128($0), over: Int128(denominator)) } },
        unit: unit)
    } else {
      cells = .text(rows.map { text?(Int($0)) })
    }
    return MetricColumn(name: name, title: title, unit: unit, cells: cells)
  }
}
