import BuiltIns
import Foundation
import Intake
import Records
import Reports
import Settings

/// A project folder with its configuration, or the defaults where only an export is given.
struct Project {
  let folder: URL
  let configuration: Configuration
  let mapping: Mapping
  /// Whether the folder has a cadastre.yaml.
  let isConfigured: Bool
  private let exportGiven: [String]

  /// - Throws: `FindingsError` where the configuration or the mapping is wrong.
  init(_ options: CommonOptions) throws {
    folder = URL(filePath: options.project, directoryHint: .isDirectory).standardizedFileURL
    exportGiven = options.export
    let file = folder.appending(path: "cadastre.yaml")
    isConfigured = FileManager.default.fileExists(atPath: file.path)
    if isConfigured {
      configuration = try Configuration(text: Project.text(of: file, named: "cadastre.yaml"))
    } else if exportGiven.isEmpty {
      throw FindingsError([
        Finding(
          code: "project-missing", severity: .error,
          at: SourcePosition(file: Project.shown(file)),
          what: "there is no configuration here", done: "nothing was read",
          suggestion: "run cadastre init --export PATH, or give --export PATH")
      ])
    } else {
      configuration = Configuration()
    }
    mapping = try Project.mapping(configuration.crm, in: folder)
  }

  /// A project whose export nobody is about to read, with the defaults where it is not configured.
  ///
  /// - Parameters:
  ///   - path: its folder.
  ///   - crm: the name of a CRM in place of the configured one.
  /// - Throws: `FindingsError` where the configuration or the mapping is wrong.
  init(withoutExport path: String, crm: String? = nil) throws {
    folder = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
    exportGiven = []
    let file = folder.appending(path: "cadastre.yaml")
    isConfigured = FileManager.default.fileExists(atPath: file.path)
    configuration =
      isConfigured
      ? try Configuration(text: Project.text(of: file, named: "cadastre.yaml")) : Configuration()
    var chosen = configuration.crm
    if let crm { chosen = Located(.preset(crm), at: chosen.at) }
    mapping = try Project.mapping(chosen, in: folder)
  }

  /// The export's files as `--export` or the configuration names them; a pattern takes the newest.
  func exportPaths() throws -> [String] {
    if !exportGiven.isEmpty { return exportGiven }
    guard !configuration.export.isEmpty else {
      throw FindingsError([
        Finding(
          code: "export-unnamed", severity: .error, at: SourcePosition(file: "cadastre.yaml"),
          what: "the configuration names no export", done: "nothing was read",
          suggestion: "add export: PATH, or give --export PATH")
      ])
    }
    return try configuration.export.flatMap { path in
      let full = URL(filePath: path.value, relativeTo: folder).standardizedFileURL.path
      guard path.value.contains("*") else { return [full] }
      let newest = ExportSets.newest(matching: Project.paths(matching: full))
      guard !newest.isEmpty else {
        throw FindingsError([
          Finding(
            code: "export-missing", severity: .error, at: path.at,
            what: "no file or folder matches \"\(path.value)\"", done: "nothing was read",
            suggestion: "correct the pattern")
        ])
      }
      return newest
    }
  }

  private static func paths(matching pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
  }

  /// Text of a file of the project, nil where it is absent.
  static func text(of file: URL, named name: String) throws -> String {
    do {
      return try String(contentsOf: file, encoding: .utf8)
    } catch {
      throw FindingsError([
        Finding(
          code: "file-unreadable", severity: .error, at: SourcePosition(file: name),
          what: "the file cannot be read as UTF-8 text", done: "nothing was read",
          suggestion: "check that it exists and is UTF-8")
      ])
    }
  }

  private static func mapping(_ crm: Located<Configuration.CRM>, in folder: URL) throws -> Mapping {
    switch crm.value {
    case .preset(let name):
      let path = "presets/\(name).yaml"
      return try Mapping(text: BuiltIns.text(path) ?? "", file: path)
    case .mapping(let path):
      let file = URL(filePath: path, relativeTo: folder)
      guard FileManager.default.fileExists(atPath: file.path) else {
        throw FindingsError([
          Finding(
            code: "mapping-missing", severity: .error, at: crm.at,
            what: "there is no mapping file \"\(path)\"", done: "nothing was read",
            suggestion: "correct the path, or name a CRM that is built in")
        ])
      }
      return try Mapping(text: text(of: file, named: path), file: path)
    }
  }

  /// The built-in templates with those of the project's own `templates/` in their place.
  func templates() throws -> Templates {
    let own = folder.appending(path: "templates")
    return FileManager.default.fileExists(atPath: own.path)
      ? try Templates(folder: own.path) : try Templates()
  }

  /// Does what reads files by their whole paths; what goes wrong names those of the project as its
  /// configuration does, from the project's folder.
  func namingFiles<Value>(_ read: () throws -> Value) throws -> Value {
    do {
      return try read()
    } catch {
      guard let refused = error as? FindingsError else { throw error }
      let start = folder.path.hasSuffix("/") ? folder.path : folder.path + "/"
      throw FindingsError(
        refused.findings.map { finding in
          guard exportGiven.isEmpty, let at = finding.at else { return finding }
          return finding.located(
            SourcePosition(
              file: at.file.replacingOccurrences(of: start, with: ""), line: at.line,
              column: at.column))
        })
    }
  }

  /// What a person calls the mapping: the file where it is one, else what is built in.
  var mappingName: String {
    switch configuration.crm.value {
    case .preset(let name): "the mapping of \(name)"
    case .mapping(let path): path
    }
  }

  /// Where output goes: the given folder, else `out/<as-of>`, both from the project's folder.
  func outputFolder(_ given: String?, asOf: Day) -> URL {
    folder(named: given ?? "out/\(asOf)")
  }

  /// A folder by its path, which starts at the project's.
  func folder(named path: String) -> URL {
    URL(filePath: path, directoryHint: .isDirectory, relativeTo: folder).standardizedFileURL
  }

  /// A path as a person would write it from where they are.
  static func shown(_ url: URL) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    let path = url.standardizedFileURL.path
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}
