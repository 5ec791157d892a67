/// What one sheet and one cell of a workbook hold: Excel's limits.
///
/// What goes beyond them is said where it is missing: a long table goes on in the next sheet, a long
/// text is cut, a link too many or too long is left out and the Id beside the name stays.
struct SheetLimits {
  var rows = 1_048_576
  /// Of a cell's text, in UTF-16 units.
  var characters = 32_767
  var linksPerSheet = 65_530
  /// Of a link's address.
  var linkCharacters = 2_079
  /// Of a sheet's name, in UTF-16 units.
  var nameCharacters = 31
  /// Digits of a number that a spreadsheet keeps.
  var digits = 15
}
