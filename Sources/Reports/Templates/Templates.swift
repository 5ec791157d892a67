import BuiltIns
import Foundation
import Mustache
import Records

/// What pages look like: the templates, the style, the script, and the schema of the XML.
///
/// Built once for a run and shared by all writers. A project may replace any of the files; what it
/// puts there is checked against what it is given before anything is rendered.
public struct Templates: Sendable {
  private let library: MustacheLibrary
  private let kits: [Kit: Parts]
  /// Colours, fonts and sizes of charts and pages.
  public let theme: ReportTheme
  /// The words of each language by its code.
  private let catalogues: [String: ReportWords]
  /// The RELAX NG schema of report documents.
  let reportSchema: String
  /// The RELAX NG schema of what `check` says.
  let checkSchema: String

  /// What a kind of page has for style and script.
  enum Kit: CaseIterable {
    /// Reports, their index, findings and checks.
    case report
    /// Trees that unfold.
    case tree

    /// The files of its style, one after another, and that of its script.
    var files: (styles: [String], script: String) {
      switch self {
      case .report: (["html/style.css"], "html/page.js")
      case .tree: (["html/style.css", "html/tree.css"], "html/tree.js")
      }
    }
  }

  /// The style and script of a kind of page, and the policy that allows them and nothing else.
  private struct Parts {
    let style: String
    let script: String
    let policy: String

    init(style: String, script: String) {
      self.style = style
      self.script = script
      policy =
        "default-src 'none'; img-src data:; style-src '\(Templates.hash(style))'; "
        + "script-src '\(Templates.hash(script))'; base-uri 'none'; form-action 'none'"
    }
  }

  /// Names of the files under `templates/`, each of which a project may replace.
  public static var files: [String] {
    BuiltIns.paths(in: "templates").map { String($0.dropFirst("templates/".count)) }
  }

  /// The templates, with those of a project in place of the built-in ones.
  ///
  /// - Parameter overrides: text and path of the project's own files by their place under
  ///   `templates/`, such as `html/table.mustache`.
  /// - Throws: Findings with places about files that do not belong here, templates that do not
  ///   parse, and names that nobody gives.
  public init(
    overrides: [String: (text: String, path: String)] = [:]
  ) throws(FindingsError) {
    var files: [String: (text: String, file: String)] = [:]
    for path in BuiltIns.paths(in: "templates") {
      files[String(path.dropFirst("templates/".count))] = (BuiltIns.text(path) ?? "", path)
    }
    var findings: [Finding] = []
    for (name, override) in overrides.sorted(by: { $0.key < $1.key }) {
      guard files[name] != nil || Templates.language(of: name) != nil, !name.hasPrefix("xml/")
      else {
        let known = files.keys.filter { !$0.hasPrefix("xml/") }.sorted()
        findings.append(
          Finding(
            code: "template-file", severity: .error, at: SourcePosition(file: override.path),
            what: "no template is called \"\(name)\"", done: "nothing was rendered",
            suggestion: Suggestion.sentence(
              for: name, in: known,
              otherwise: "the templates are \(Suggestion.list(known, conjunction: "and"))")))
        continue
      }
      files[name] = (override.text, override.path)
    }

    var templates: [String: (text: String, file: String)] = [:]
    for (name, file) in files where name.hasSuffix(".mustache") {
      // Those of pages go by their bare names, those of mails by mail/ and their name.
      let bare = name.hasPrefix("html/") ? name.dropFirst("html/".count) : name[...]
      templates[String(bare.dropLast(".mustache".count))] = file
    }
    for page in PageShape.pages {
      findings += TemplateCheck.findings(of: page.name, given: page.shape, templates: templates)
    }
    var library = MustacheLibrary()
    for (name, template) in templates.sorted(by: { $0.key < $1.key }) {
      do {
        // Values come escaped; the pragma keeps swift-mustache from doing it a second time.
        try library.register("{{% CONTENT_TYPE:TEXT}}" + template.text, named: name)
      } catch {
        findings.append(
          Finding(
            code: "template-syntax", severity: .error, at: SourcePosition(file: template.file),
            what: "the template does not parse: \(error)", done: "nothing was rendered",
            suggestion: "close every tag and section"))
      }
    }
    var theme = ReportTheme.builtIn
    if let file = files[ReportTheme.fileName] {
      do {
        theme = try ReportTheme(text: file.text, file: file.file)
      } catch {
        findings += error.findings
      }
    }
    var catalogues: [String: ReportWords] = [:]
    for (name, file) in files.sorted(by: { $0.key < $1.key }) {
      guard let language = Templates.language(of: name) else { continue }
      do {
        catalogues[language] = try ReportWords(
          text: file.text, file: file.file, language: language, like: .english)
      } catch {
        findings += error.findings
      }
    }
    var seen: Set<Finding> = []
    findings = findings.filter { seen.insert($0).inserted }
    guard findings.isEmpty else { throw FindingsError(findings) }

    self.library = library
    self.theme = theme
    self.catalogues = catalogues
    kits = Dictionary(
      uniqueKeysWithValues: Kit.allCases.map { kit in
        let styles = kit.files.styles.map { files[$0]?.text ?? "" }
        return (
          kit,
          Parts(
            style: theme.style + styles.joined(separator: "\n"),
            script: files[kit.files.script]?.text ?? "")
        )
      })
    self.reportSchema = files["xml/report.rng"]?.text ?? ""
    self.checkSchema = files["xml/check.rng"]?.text ?? ""
  }

  /// The words of a locale's language; English where it has no catalogue.
  public func words(for locale: ReportLocale) -> ReportWords {
    catalogues[locale.language] ?? catalogues["en"] ?? .english
  }

  /// The tag of a page's language: one in words of another language than its numbers is of the
  /// language of the words.
  private func language(of locale: ReportLocale) -> String {
    let words = words(for: locale)
    return words.language == locale.language ? locale.languageTag : words.language
  }

  /// The language of a catalogue of words by its place under `templates/`, nil for another file.
  private static func language(of name: String) -> String? {
    name.wholeMatch(of: /words\/([a-z]{2,3})\.yaml/).map { String($0.1) }
  }

  /// Renders a page; what all pages have is added to what it is given.
  func render(
    _ name: String, _ fields: [String: TemplateValue], title: String, locale: ReportLocale,
    kit: Kit = .report
  ) -> String {
    let page = TemplateValue.object(self.fields(fields, title: title, locale: locale, kit: kit))
    return library.render(page.mustache, withTemplate: name) ?? ""
  }

  /// Renders the HTML of a mail, which has no style sheet and no script.
  func renderMail(
    _ fields: [String: TemplateValue], title: String, locale: ReportLocale
  ) -> String {
    let page = TemplateValue.object(mailFields(fields, title: title, locale: locale))
    return library.render(page.mustache, withTemplate: "mail/message") ?? ""
  }

  /// What a mail is given, its language and title among them.
  func mailFields(
    _ fields: [String: TemplateValue], title: String, locale: ReportLocale
  ) -> [String: TemplateValue] {
    fields.merging([
      "language": .text(language(of: locale)), "documentTitle": .text(title),
      "words": .object(words(for: locale).fields),
    ]) { first, _ in first }
  }

  /// What a page is given, the parts of its head among them.
  func fields(
    _ fields: [String: TemplateValue], title: String, locale: ReportLocale, kit: Kit = .report
  ) -> [String: TemplateValue] {
    let parts = kits[kit]
    let head: [String: TemplateValue] = [
      "language": .text(language(of: locale)), "words": .object(words(for: locale).fields),
      "documentTitle": .text(title),
      "style": .markup(parts?.style ?? ""), "script": .markup(parts?.script ?? ""),
      "policy": .markup(parts?.policy ?? ""),
    ]
    return fields.merging(head) { first, _ in first }
  }

  private static func hash(_ text: String) -> String {
    "sha256-" + Data(SHA256.digest(text.utf8)).base64EncodedString()
  }
}

extension Templates {
  /// The templates of a project's folder over the built-in ones.
  ///
  /// - Parameter folder: a folder laid out like `templates/`; one that is not there has no files.
  /// - Throws: Findings about files that cannot be read, and those of `init(overrides:)`.
  public init(folder: String) throws(FindingsError) {
    var overrides: [String: (text: String, path: String)] = [:]
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    // The schemas under xml/ are no project's to change; what else is there must be known.
    for name in names.sorted()
    where name.hasPrefix("html/") || name.hasPrefix("mail/") || name.hasSuffix(".yaml")
      || name.hasSuffix(".yml")
    {
      let path = folder + "/" + name
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      do {
        overrides[name] = (try String(contentsOfFile: path, encoding: .utf8), path)
      } catch {
        throw FindingsError([
          Finding(
            code: "template-unreadable", severity: .error, at: SourcePosition(file: path),
            what: "the template cannot be read as UTF-8 text", done: "nothing was rendered",
            suggestion: "save it as UTF-8, or remove it to use the built-in one")
        ])
      }
    }
    try self.init(overrides: overrides)
  }
}
