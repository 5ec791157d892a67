import Foundation
import Testing

/// A program of the machine that some tests need, such as `duckdb` or `chromium`.
public struct Tool: Sendable {
  /// The name under which it is looked for on the PATH.
  public let name: String

  /// Names a tool.
  public init(_ name: String) {
    self.name = name
  }

  /// The second oracle of every metric.
  public static let duckdb = Tool("duckdb")
  /// The browser that opens the pages.
  public static let chromium = Tool("chromium")
  /// The interpreter that drives the browser.
  public static let python = Tool("python3")
  /// The judge of XML.
  public static let xmllint = Tool("xmllint")
  /// The reader of PDF.
  public static let pdftotext = Tool("pdftotext")
  /// The program in which readers open workbooks.
  public static let libreOffice = Tool("soffice")
  /// The teller of what a PDF is: title, tags, structure, links.
  public static let pdfinfo = Tool("pdfinfo")
  /// The teller of the fonts in a PDF.
  public static let pdffonts = Tool("pdffonts")
  /// The maker of zips that our own code did not write.
  public static let zip = Tool("zip")

  /// The file of the tool, or nil where the machine has none.
  ///
  /// `.build-tools/bin` comes before the PATH, so that `swift test` alone finds what `make test`
  /// has installed.
  public var file: URL? {
    let own = Repository.root.appending(path: ".build-tools/bin").path
    let path = Repository.environment["PATH"] ?? ""
    for folder in [own] + path.split(separator: ":").map(String.init) {
      let candidate = "\(folder)/\(name)"
      if FileManager.default.isExecutableFile(atPath: candidate) {
        return URL(fileURLWithPath: candidate)
      }
    }
    return nil
  }

  /// The file of the tool.
  ///
  /// - Throws: `Missing` where the machine has none.
  public func require() throws -> URL {
    guard let file else {
      throw Missing("This test needs the tool \(name), which is not installed: run `make test`.")
    }
    return file
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips the test by name where a tool is missing; where CI is `true` it runs, and fails.
  public static func needs(_ tools: Tool...) -> Self {
    let missing = tools.filter { $0.file == nil }.map(\.name).joined(separator: ", ")
    return .enabled(
      if: missing.isEmpty || Repository.isContinuousIntegration,
      "needs \(missing.isEmpty ? "no further tool" : missing)")
  }

  /// Skips the test by name where a package of Python is missing from `.build-tools`; where CI is
  /// `true` it runs, and fails.
  public static func needs(python package: String) -> Self {
    let folder = Repository.root.appending(path: ".build-tools/lib")
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let isThere = versions.contains {
      FileManager.default.fileExists(
        atPath: folder.appending(path: "\($0)/site-packages/\(package)").path)
    }
    return .enabled(
      if: isThere || Repository.isContinuousIntegration,
      "needs the Python package \(package): run `make test`")
  }

  /// Skips the test by name where a folder of the real data is absent.
  public static func needsRealData(_ folder: String) -> Self {
    .enabled(
      if: RealData.folder(folder) != nil,
      "needs the real data \(folder), in CADASTRE_DATA or ../shared/data")
  }
}
