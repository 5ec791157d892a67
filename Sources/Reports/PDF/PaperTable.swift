import Graphics

extension PaperParts {
  /// A table in a width: with its extent above and its note below, or why it is empty.
  func table(_ table: ReportDocument.Table, width: Double) throws(GraphicsError) -> PaperFlow {
    var flow = PaperFlow()
    let quiet = text.look(Self.small, text.muted)
    if table.rows.isEmpty {
      flow.append(try absence(table.title, table.whyEmpty, width: width))
    } else {
      let caption = table.extent.map { [text.words($0.text, quiet)] }
      flow.append(try PaperTable(table, parts: self, width: width).flow(caption: caption))
    }
    if let note = table.note, !note.isEmpty {
      flow.append(try text.paragraph(text.prose(note, quiet), width: width), before: 4)
    }
    return flow
  }
}

/// A table on paper: rows that stay whole, and a head that each page repeats.
///
/// Letters are as large as the columns allow, down to a limit; then the page is turned; columns that
/// do not fit even so stand below in further tables, each with the names of its rows.
struct PaperTable {
  let table: ReportDocument.Table
  let parts: PaperParts
  let width: Double
  /// The cells of all shown rows: rows, what is not among them, the total.
  private let rows: [Line]

  /// A row with what it is among the rows.
  struct Line {
    var row: ReportDocument.Row
    var isTotal = false
    var isOther = false
  }

  /// Sizes of letters, the usual first; 6.5 points are the least that is read without trouble.
  static let sizes = [8.0, 7.5, 7.0, 6.5]
  static let indent = 9.0

  init(_ table: ReportDocument.Table, parts: PaperParts, width: Double) {
    self.table = table
    self.parts = parts
    self.width = width
    rows =
      table.rows.map { Line(row: $0) }
      + (table.other.map { [Line(row: $0, isOther: true)] } ?? [])
      + (table.total.map { [Line(row: $0, isTotal: true)] } ?? [])
  }

  var text: PaperText { parts.text }

  /// How a table stands on a page: size of letters, width, direction.
  struct Setting {
    var size: Double
    var isLandscape: Bool
    var width: Double
    /// The room between columns.
    var gap: Double { size * 1.1 }
  }

  func flow(caption: [PaperRun]?) throws(GraphicsError) -> PaperFlow {
    let needs = try self.needs()
    // Beside another section nothing can be turned; there it becomes smaller only.
    let upright = Self.sizes.map { Setting(size: $0, isLandscape: false, width: width) }
    let long = parts.format.room(isLandscape: true).width
    let turned = Self.sizes.map { Setting(size: $0, isLandscape: true, width: long) }
    let all = Array(table.columns.indices)
    let settings = upright + turned
    let fitting = settings.first { needs.fits(all, $0) }
    let setting = fitting ?? turned[turned.count - 1]
    let panels = fitting == nil ? needs.panels(setting, names: nameColumn) : [all]

    var flow = PaperFlow()
    for (index, panel) in panels.enumerated() {
      var lines = index == 0 ? caption : nil
      if panels.count > 1, let first = panel.dropFirst(index == 0 ? 0 : 1).first,
        let last = panel.last
      {
        let quiet = text.look(PaperParts.small, text.muted)
        let words = text.words(
          parts.words.columns(first + 1, last + 1, table.columns.count), quiet)
        lines = (lines.map { $0 + [text.words(" · ", quiet)] } ?? []) + [words]
      }
      let widths = needs.widths(panel, setting)
      let part = try PaperTableRows(
        table: self, columns: panel, widths: widths, setting: setting
      ).flow(rows, caption: lines)
      flow.append(part, before: index == 0 ? 0 : 12)
    }
    return flow
  }

  /// The column that names the rows.
  private var nameColumn: Int { table.columns.firstIndex { $0.isRowHeader } ?? 0 }

  // MARK: - Cells

  /// The runs of a cell.
  func runs(_ line: Line, _ column: Int, size: Double) -> [PaperRun] {
    guard line.row.cells.indices.contains(column) else { return [] }
    let cell = line.row.cells[column]
    let look = text.look(size, bold: line.isTotal, line.isOther ? text.muted : nil)
    var run = text.value(cell.value, look)
    if let link = cell.link {
      run.link = .address(link.url)
      run.underline = text.rule
    }
    guard let mark = cell.mark else { return [run] }
    let badge = text.look(size * 0.88, bold: true, text.colours.badText)
    return run.text.isEmpty
      ? [text.words(mark, badge)] : [run, text.words(" " + mark, badge)]
  }

  /// The runs of the head of a column.
  func head(_ column: Int, size: Double) -> [PaperRun] {
    let column = table.columns[column]
    let look = text.look(size * 0.93, bold: true, text.muted)
    var term = text.term(column.title, column.definition, look)
    term.style = look.style
    guard let unit = column.unit else { return [term] }
    return [term, text.words(" " + unit, text.look(size * 0.93, text.muted))]
  }

  /// How far a row is moved in its first column.
  func indent(_ line: Line, _ column: Int) -> Double {
    column == 0 ? Double(min(line.row.level, 6)) * Self.indent : 0
  }

  private func needs() throws(GraphicsError) -> ColumnNeeds {
    let size = Self.sizes[0]
    var needs = ColumnNeeds(size: size, columns: [])
    for (place, column) in table.columns.enumerated() {
      var need = ColumnNeeds.Column()
      var longestWord = ""
      var cells: [(runs: [PaperRun], indent: Double, isWhole: Bool, guess: Double)] = []
      for line in rows {
        let runs = self.runs(line, place, size: size)
        let unit = line.row.cells.indices.contains(place) ? line.row.cells[place].value.unit : .text
        let indent = indent(line, place)
        cells.append(
          (runs, indent, unit.isNumeric || unit == .date, indent + WidthGuess.of(runs)))
        // The mark may stand on a line of its own.
        guard let value = runs.first?.text else { continue }
        for word in value.utf8.split(separator: 0x20) where word.count > longestWord.utf8.count {
          longestWord = String(Substring(word))
        }
      }
      // Setting text is dear, so only what may be the widest is set to be measured.
      let widest = cells.reduce(0) { max($0, $1.guess) }
      let widestWhole = cells.reduce(0) { $1.isWhole ? max($0, $1.guess) : $0 }
      for cell in cells
      where cell.guess >= WidthGuess.doubt * (cell.isWhole ? widestWhole : widest) {
        let natural = try text.typesetter.set(cell.runs).size.width + cell.indent
        need.natural = max(need.natural, natural)
        if cell.isWhole { need.whole = max(need.whole, natural) }
      }
      let head = self.head(place, size: size)
      need.natural = max(need.natural, try text.typesetter.set(head).size.width)
      for word in column.title.split(separator: " ") {
        let look = text.look(size * 0.93, bold: true)
        need.word = max(
          need.word, try text.typesetter.set([text.words(String(word), look)]).size.width)
      }
      let word = try text.typesetter.set(
        [text.words(String(longestWord.prefix(60)), text.look(size))])
      need.word = max(need.word, word.size.width)
      needs.columns.append(need)
    }
    return needs
  }
}

/// About how wide text is, to know which of many texts may be the widest.
enum WidthGuess {
  /// A text that is guessed to be narrower than this share of another may still be wider.
  static let doubt = 0.65

  /// The width in points, by usual shares of the size of the letters.
  static func of(_ runs: [PaperRun]) -> Double {
    runs.reduce(0) { sum, run in
      let letters = run.text.utf8.reduce(0.0) { $0 + share($1) }
      return sum + letters * run.style.size * (run.style.weight == .bold ? 1.08 : 1)
    }
  }

  private static func share(_ byte: UInt8) -> Double {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): 0.6
    case UInt8(ascii: "m"), UInt8(ascii: "w"), UInt8(ascii: "M"), UInt8(ascii: "W"): 0.9
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): 0.66
    case UInt8(ascii: "i"), UInt8(ascii: "j"), UInt8(ascii: "l"), UInt8(ascii: "t"),
      UInt8(ascii: "f"), UInt8(ascii: "r"), 0x20..<0x30, UInt8(ascii: ":"), UInt8(ascii: ";"):
      0.33
    // The first bytes of letters with marks and of those that are as wide as high; further bytes.
    case 0xC0..<0xE0: 0.6
    case 0xE0...: 1
    case 0x80..<0xC0: 0
    default: 0.56
    }
  }
}

/// How much room the columns of a table want, in letters of a size.
struct ColumnNeeds {
  var size: Double
  var columns: [Column]

  struct Column {
    /// What the widest cell takes on one line.
    var natural = 0.0
    /// What the longest word takes.
    var word = 0.0
    /// What the widest number or date takes, which is not broken.
    var whole = 0.0

    /// The least: numbers and words whole up to a limit, and not a tower of short lines.
    var least: Double { max(min(whole, 150), min(word, 100), min(natural, 52)) }
  }

  /// Whether columns fit, none narrower than the least it needs.
  func fits(_ panel: [Int], _ setting: PaperTable.Setting) -> Bool {
    let scale = setting.size / size
    let least = panel.reduce(0) { $0 + columns[$1].least * scale }
    return least + Double(panel.count - 1) * setting.gap <= setting.width
  }

  /// The columns in groups that fit, each but the first after the column that names the rows.
  func panels(_ setting: PaperTable.Setting, names: Int) -> [[Int]] {
    var panels: [[Int]] = []
    var panel: [Int] = []
    for column in columns.indices {
      if !panel.isEmpty, !fits(panel + [column], setting) {
        panels.append(panel)
        panel = column == names ? [] : [names]
      }
      panel.append(column)
    }
    return panels + [panel]
  }

  /// The widths of columns: what they take on one line, else such that their longest cells break into
  /// about as many lines, none narrower than the least it needs.
  func widths(_ panel: [Int], _ setting: PaperTable.Setting) -> [Double] {
    let scale = setting.size / size
    let room = setting.width - Double(panel.count - 1) * setting.gap
    let natural = panel.map { columns[$0].natural * scale }
    let spare = room - natural.reduce(0, +)
    if spare >= 0 {
      // A narrow table stays together, so that the eye finds the number of a name.
      let each = min(spare / Double(panel.count), spare > room / 2 ? 30 : .infinity)
      return natural.map { $0 + each }
    }
    let least = panel.map { columns[$0].least * scale }
    let left = room - least.reduce(0, +)
    // Where nothing else helps, all become narrower alike, and words part.
    guard left > 0 else { return least.map { $0 * room / (room - left) } }
    // A cell of ten thousand letters wants no more than the page. All texts break into about as many
    // lines, so that none becomes a tower beside names that stand on one.
    let wants = natural.map { min($0, room) }
    func broken(into lines: Double) -> [Double] {
      zip(wants, least).map { max($1, $0 / lines) }
    }
    var (low, high) = (1.0, 64.0)
    for _ in 0..<24 {
      let middle = (low + high) / 2
      if broken(into: middle).reduce(0, +) > room { low = middle } else { high = middle }
    }
    let widths = broken(into: high)
    let over = max(0, room - widths.reduce(0, +))
    let lacks = zip(wants, widths).map { max(0, $0 - $1) }
    return zip(widths, ColumnNeeds.shares(of: over, among: lacks)).map { $0 + $1 }
  }

  /// What each gets of an amount that does not suffice for all: those who lack little get all of it.
  static func shares(of amount: Double, among lacks: [Double]) -> [Double] {
    var shares = [Double](repeating: 0, count: lacks.count)
    var left = amount
    let order = lacks.indices.sorted { (lacks[$0], $0) < (lacks[$1], $1) }
    for (served, index) in order.enumerated() {
      shares[index] = min(lacks[index], left / Double(order.count - served))
      left -= shares[index]
    }
    return shares
  }
}
