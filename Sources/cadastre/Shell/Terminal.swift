import Foundation

/// How wide a page of text may be.
enum Terminal {
  /// Width of text that no terminal shows.
  static let usualWidth = 80
  /// Width below which a table of what changes hands is not pressed: it has many columns.
  static let wideTable = 100

  /// Cells of the terminal that standard output is, else the usual width.
  static var width: Int {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return usualWidth }
    return Int(size.ws_col)
  }
}
