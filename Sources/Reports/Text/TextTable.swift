import Graphics
import Records

/// A table of a document as lines of text, in a number of cells.
///
/// Where all columns fit side by side they stand so, names cut with an ellipsis where they are long
/// (pages and data formats hold them whole). Else the columns of words go below the name, and of the
/// figures those stay that `NarrowColumns` chooses; what is left out is said.
struct TextTable {
  let table: ReportDocument.Table
  /// Whether the levels of the rows are drawn as a tree.
  let isTree: Bool
  let width: Int
  let whereRest: String?
  let format: ValueFormatter
  /// The rows that are shown, without sums.
  private let rows: [ReportDocument.Row]
  /// The rows, and the line that sums what is not among them unless more is left out here.
  private let body: [ReportDocument.Row]
  /// Columns with a rate that rests on few cases.
  private let weak: Set<Int>
  /// The cells of each column: those of the body, then the total's where there is one.
  private let texts: [[String]]
  /// Cells that each column needs where nothing in it is cut; its heading may be wrapped.
  private let widths: [Int]

  /// Names keep so many cells before other words are moved below them, and before figures go.
  private static let (easyName, narrowestName, treeName) = (28, 26, 40)
  /// Words keep so many cells where they stand beside the name.
  private static let easyWords = 22
  private static let gap = 2
  /// The most rows of a tree.
  private static let mostNodes = 24

  init(
    _ table: ReportDocument.Table, isTree: Bool, width: Int, mostRows: Int, whereRest: String?,
    format: ValueFormatter
  ) {
    self.table = table
    self.isTree = isTree
    self.width = width
    self.whereRest = whereRest
    self.format = format
    rows =
      isTree
      ? table.upperRows(min(mostRows, Self.mostNodes)) : Array(table.rows.prefix(mostRows))
    body = rows + (rows.count == table.rows.count ? [table.other].compactMap { $0 } : [])
    let all = body + [table.total].compactMap { $0 }
    let weak = Set(
      table.columns.indices.filter { column in
        all.contains {
          $0.cells.indices.contains(column) && $0.cells[column].value.strength == .weak
        }
      })
    self.weak = weak
    let texts = table.columns.indices.map { column in
      all.map { Self.text($0, column, isWeak: weak.contains(column)) }
    }
    self.texts = texts
    widths = table.columns.indices.map { column in
      let words = Self.heading(table.columns[column]).split(separator: " ").map(String.init)
      return (texts[column] + words).map { DisplayWidth.of($0) }.max() ?? 0
    }
  }

  var lines: [String] {
    guard !table.rows.isEmpty else { return wrapped(PlainText.prose(table.whyEmpty)) }
    let extent = PlainText.extent(
      of: table, shown: rows.count, whereRest: whereRest, format)
    var lines = wrapped(extent)
    lines += fitsBeside ? beside : below
    if !weak.isEmpty {
      lines.append("* " + format.words[.weak])
    }
    return lines + (table.note.map { wrapped(PlainText.prose($0)) } ?? [])
  }

  private func wrapped(_ text: String) -> [String] { WrappedText.lines(text, to: width) }

  /// A cell; a rate over few cases has a star, and others of its column a space in its place.
  private static func text(_ row: ReportDocument.Row, _ column: Int, isWeak: Bool) -> String {
    guard row.cells.indices.contains(column) else { return "" }
    let cell = row.cells[column]
    let text = PlainText.cell(cell)
    guard isWeak else { return text }
    return text + (cell.value.strength == .weak ? "*" : " ")
  }

  private func cells(_ column: Int) -> [String] { Array(texts[column].prefix(body.count)) }

  private func total(_ column: Int) -> String? {
    table.total == nil ? nil : texts[column].last
  }

  private func isFigure(_ column: Int) -> Bool { NarrowColumns.isFigure(column, in: table) }

  private func heading(_ column: Int) -> String { Self.heading(table.columns[column]) }

  private static func heading(_ column: ReportDocument.Column) -> String {
    [column.title, column.unit.map { "(\($0))" }].compactMap { $0 }.joined(separator: " ")
  }

  private var fitsBeside: Bool {
    guard !isTree, table.narrowColumns.isEmpty else { return false }
    let lead = table.columns.firstIndex(where: \.isRowHeader) ?? 0
    let needed = table.columns.indices.reduce(0) { sum, column in
      let full = widths[column]
      let room =
        isFigure(column) ? full : min(full, column == lead ? Self.easyName : Self.easyWords)
      return sum + room + (column == 0 ? 0 : Self.gap)
    }
    return needed <= width
  }

  /// Every column beside the others.
  private var beside: [String] {
    let columns = table.columns.indices.map { column in
      TextGrid.Column(
        heading: heading(column), cells: cells(column), total: total(column),
        isFigure: isFigure(column))
    }
    return TextGrid(columns: columns, width: width).lines
  }

  /// Words below the name, figures beside it.
  private var below: [String] {
    let least = isTree ? Self.treeName : Self.narrowestName
    let chosen = NarrowColumns(table, room: Double(width - least)) {
      Double(widths[$0] + Self.gap)
    }
    let taken = chosen.figures.reduce(0) { $0 + widths[$1] + Self.gap }
    let room = max(least, width - taken)
    let prefixes = isTree ? self.prefixes(room) : []
    var names: [String] = []
    var figures = [[String]](repeating: [], count: chosen.figures.count)
    for (index, row) in body.enumerated() {
      let prefix = prefixes.indices.contains(index) ? prefixes[index] : ""
      let lines = name(row, texts[chosen.lead][index], chosen, prefix: prefix, room: room)
      names += lines
      for (place, column) in chosen.figures.enumerated() {
        figures[place].append(texts[column][index])
        figures[place] += [String](repeating: "", count: lines.count - 1)
      }
    }
    let words = chosen.words.map { heading($0) }.joined(separator: " · ")
    let columns =
      [
        TextGrid.Column(
          heading: heading(chosen.lead) + (words.isEmpty ? "" : " (\(words))"), cells: names,
          total: total(chosen.lead).map { DisplayWidth.fitted($0, to: room) },
          isFigure: false)
      ]
      + zip(chosen.figures, figures).map { column, cells in
        TextGrid.Column(
          heading: heading(column), cells: cells, total: total(column), isFigure: true)
      }
    let grid = TextGrid(columns: columns, width: width).lines
    return grid + wrapped(NarrowColumns.leftOut(chosen.omitted, of: table, whereRest, format) ?? "")
  }

  /// The lines of a row's name, and below it those of its words.
  private func name(
    _ row: ReportDocument.Row, _ name: String, _ chosen: NarrowColumns, prefix: String, room: Int
  ) -> [String] {
    let space = room - DisplayWidth.of(prefix)
    let below = chosen.words.filter(row.cells.indices.contains).map { row.cells[$0] }
    let words =
      below.allSatisfy { $0.value.strength == .undefined }
      ? "" : below.map(PlainText.cell).filter { !$0.isEmpty }.joined(separator: " · ")
    // The lines of a tree go on beside what stands below a name.
    let further = prefix.replacing("├─ ", with: "│  ").replacing("└─ ", with: "   ")
    let names =
      isTree
      ? [DisplayWidth.fittedInTheMiddle(name, to: space)] : WrappedText.lines(name, to: space)
    var lines = names.isEmpty ? [""] : names
    lines += WrappedText.lines(words, to: space - 2).map { "  " + $0 }
    return lines.enumerated().map { index, line in
      (index == 0 ? prefix : further) + DisplayWidth.fitted(line, to: space)
    }
  }

  /// The lines before the names of a tree, whose rows stand in preorder.
  private func prefixes(_ room: Int) -> [String] {
    var parents: [Int?] = []
    var path: [(level: Int, row: Int)] = []
    for (index, row) in rows.enumerated() {
      while let last = path.last, last.level >= row.level { path.removeLast() }
      parents.append(path.last?.row)
      path.append((row.level, index))
    }
    guard let shape = try? TreeShape(parents: parents) else { return [] }
    return zip(TreeText.prefixes(shape), shape.depths).map { prefix, depth in
      DisplayWidth.of(prefix) <= room - 16 ? prefix : "(level \(depth)) "
    }
  }
}

extension NarrowColumns {
  /// What is said of columns that are left out; nil where none is.
  static func leftOut(
    _ columns: [Int], of table: ReportDocument.Table, _ whereRest: String?,
    _ format: ValueFormatter
  ) -> String? {
    guard !columns.isEmpty else { return nil }
    let titles = columns.prefix(4).map { table.columns[$0].title }
    let more = columns.count - titles.count
    let others =
      more > 0
      ? [format.words.say(.moreCount, ["count": "\(format.count(Int128(more)))"])] : []
    return format.words.say(
      .columnsLeftOut,
      [
        "count": "\(format.count(Int128(columns.count)))",
        "place": ReportDocument.Prose(whereRest.map { " " + $0 } ?? ""),
        "titles": ReportDocument.Prose(format.words.list(titles + others)),
      ])
  }
}
