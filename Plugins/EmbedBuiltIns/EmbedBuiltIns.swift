import Foundation
import PackagePlugin

/// Turns `templates/`, `reports/`, `presets/`, the maps and the manual of findings into one generated
/// source file of target BuiltIns.
///
/// `Bundle.module` crashes in an installed binary and `.embedInCode` refuses folders, so a small
/// tool writes the files as string literals instead; it runs again whenever one of them changes.
@main
struct EmbedBuiltIns: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let root = context.package.directoryURL
    let folders = [
      "templates", "reports", "presets", "docs/findings.md", "maps/world.map",
      "maps/countries.txt", "maps/us-states.map", "maps/us-states.txt",
    ].map { root.appending(path: $0) }
    let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding templates, reports, presets, maps and the manual of findings",
        executable: try context.tool(named: "EmbedFiles").url,
        arguments: [output.path(percentEncoded: false), root.path(percentEncoded: false)]
          + folders.map { $0.path(percentEncoded: false) },
        inputFiles: folders.flatMap(files(under:)),
        outputFiles: [output])
    ]
  }

  private func files(under folder: URL) -> [URL] {
    guard folder.pathExtension.isEmpty else { return [folder] }
    let entries = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let urls = entries?.compactMap { $0 as? URL } ?? []
    return urls.filter { !$0.hasDirectoryPath }.sorted { $0.path < $1.path }
  }
}
