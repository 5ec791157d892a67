import Synchronization

/// The one door to Cairo, Pango and the fonts behind them: one thread at a time, in the process.
///
/// Each of these libraries is safe with objects that threads do not share. But Cairo 1.16 opens and
/// closes the fonts of all its objects in one FreeType library, ten open at a time, without a lock
/// around that; drawings in many scripts on two threads then fail with "error occurred in
/// libfreetype". Whatever needs no fonts (layout, known widths, compression) stays outside.
enum FontLibrary {
  private static let door = Mutex(())

  /// Runs a body while no other thread is inside; never call it from inside.
  static func locked<Result: Sendable>(_ body: () -> Result) -> Result {
    door.withLock { _ in body() }
  }
}
