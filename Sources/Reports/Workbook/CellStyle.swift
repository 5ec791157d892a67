/// How a cell of a workbook looks.
struct CellStyle: Hashable {
  /// What the cell is for.
  enum Role: Hashable {
    case plain
    /// The title of a sheet.
    case title
    /// The heading of a part.
    case heading
    /// The head of a column.
    case head
    /// The line that sums a table.
    case total
    /// What is said about a table.
    case remark
  }

  /// Whether a number is good or bad.
  enum Tone: String, Hashable {
    case neutral
    case good
    case bad
  }

  /// Where the cell's content stands.
  enum Alignment: Hashable {
    /// Numbers at the right, text at the left.
    case natural
    case left
    case right
  }

  var role = Role.plain
  /// Empty: as the spreadsheet likes.
  var numberFormat = ""

  /// The number format under which a cell stays text when a reader goes into it and out again.
  static let text = "@"
  /// A rate over fewer than five cases.
  var isWeak = false
  var isLink = false
  var isWrapped = false
  var alignment = Alignment.natural
  /// Whether a change is for the better; its sign says so too.
  var tone = Tone.neutral
  /// How deep it stands in a tree.
  var level = 0
}
