import Foundation

/// A page opened in a real browser.
public enum PageCheck {
  /// How the page is shown.
  public struct View: Sendable {
    /// The width of the window in CSS pixels.
    public var width: Int
    /// True for a reader who prefers a dark page.
    public var dark: Bool
    /// True for paper.
    public var print: Bool
    /// True for a browser in which scripts are off.
    public var withoutScript: Bool

    /// Describes a window.
    public init(width: Int, dark: Bool = false, print: Bool = false, withoutScript: Bool = false) {
      self.withoutScript = withoutScript
      self.width = width
      self.dark = dark
      self.print = print
    }
  }

  /// The problems a reader of the page would meet, a sentence each; none for a sound page.
  ///
  /// It looks for errors in the console, failed loads, sideways scrolling, text that is cut off and
  /// text that lies over other text.
  ///
  /// - Parameters:
  ///   - page: the page.
  ///   - view: how it is shown.
  ///   - steps: what a reader does first, as `scripts/check-page.py` describes: a list in JSON.
  ///   - axe: the script of axe, whose serious findings are problems too.
  ///   - screenshot: where a picture of the page goes.
  /// - Returns: the problems, expectations of the steps that are not met among them.
  /// - Throws: `Missing` where there is no browser, and what the file system refuses.
  public static func problems(
    of page: URL, in view: View, steps: String? = nil, axe: URL? = nil, screenshot: URL? = nil
  ) async throws -> [String] {
    _ = try Tool.chromium.require()
    var arguments = [
      Repository.root.appending(path: "scripts/check-page.py").path, page.path,
      "--width", String(view.width),
    ]
    if view.dark { arguments.append("--dark") }
    if view.print { arguments.append("--print") }
    if view.withoutScript { arguments.append("--no-script") }
    if let steps {
      let file = page.deletingPathExtension().appendingPathExtension("steps.json")
      try Data(steps.utf8).write(to: file)
      arguments += ["--steps", file.path]
    }
    if let axe { arguments += ["--axe", axe.path] }
    if let screenshot { arguments += ["--screenshot", screenshot.path] }
    let finished = try await run(Tool.python.require(), arguments, seconds: 120)
    let sentences = finished.output.split(separator: "\n").map(String.init)
    switch finished.status {
    case 0: return []
    case 1: return sentences
    default: throw Missing("The page could not be opened: \(finished.errors)")
    }
  }
}
