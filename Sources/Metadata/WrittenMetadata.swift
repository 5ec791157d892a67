import Records

/// A territory model as the files in which the CRM's own tools keep it.
///
/// Reading them again gives the same model: territories, rules, types, access levels, custom fields
/// and what nothing here interprets. Only places and attributes other than `xsi:type` are not kept.
public struct WrittenMetadata: Sendable {
  /// How files are named.
  public enum Layout: String, CaseIterable, Sendable {
    /// As the Metadata API retrieves and deploys them.
    case metadata
    /// As a Salesforce DX project keeps them: every name ends in `-meta.xml`.
    case source

    /// The layout of the files that a plan was read from; the Metadata API's where there were none.
    public init(of plan: TerritoryPlan) {
      let places = [plan.at] + plan.territories.map(\.at) + plan.rules.map(\.at)
      let isSource = places.contains { $0?.file.hasSuffix(Layout.suffix) == true }
      self = isSource ? .source : .metadata
    }

    static let suffix = "-meta.xml"
  }

  /// A file, named relative to the folder that holds `territory2Models` and `territory2Types`.
  public struct File: Sendable {
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// Why a model cannot be written as files.
  public enum Failure: Error, Hashable, CustomStringConvertible {
    case outOfMemory
    /// A developer name that cannot be a file's name, and the kind of part that has it.
    case name(kind: String, String)
    /// Two parts of a kind whose developer names differ at most by case.
    case repeated(kind: String, String)
    /// The part of a kind whose texts hold a character that XML has no way to write.
    case character(UInt32, kind: String, String)

    /// What keeps the model from being written, as a clause.
    public var what: String {
      switch self {
      case .outOfMemory: "libxml2 ran out of memory"
      case .name(let kind, let name):
        "the developer name \"\(name)\" of a \(kind) cannot be the name of a file"
      case .repeated(let kind, let name):
        "two \(kind == "territory" ? "territories" : kind + "s") of the model have the developer "
          + "name \"\(name)\""
      case .character(let value, let kind, let name):
        "a text of the \(kind) \"\(name)\" holds the character U+"
          + String(value, radix: 16, uppercase: true).leftPadded(to: 4)
          + ", which XML has no way to write"
      }
    }

    /// What to do about it, as a clause.
    public var suggestion: String {
      switch self {
      case .outOfMemory: "free memory and run again"
      case .name: "use letters, digits and underscores, beginning with a letter"
      case .repeated: "give one of them another"
      case .character: "remove it in the CRM"
      }
    }

    /// What happened, what was done, and what to do.
    public var description: String { "\(what); no file was written; \(suggestion)." }
  }

  /// In the order of their names.
  public let files: [File]

  /// The version of the Metadata API that `package.xml` asks for.
  public static let version = "60.0"

  /// - Parameters:
  ///   - plan: what is written; its types all, whether it uses them or not.
  ///   - layout: how the files are named.
  /// - Throws: what keeps a part from being a file; then nothing of the model is written.
  public init(_ plan: TerritoryPlan, layout: Layout) throws(Failure) {
    var files: [File] = []
    let end = layout == .source ? Layout.suffix : ""
    try Self.checkNames("model", [plan.developerName])
    try Self.checkNames("territory", plan.territories.map(\.developerName))
    try Self.checkNames("rule", plan.rules.map(\.developerName))
    try Self.checkNames("type", plan.types.map(\.developerName))
    func add(
      _ path: String, _ kind: String, _ name: String, _ element: MetadataElement
    ) throws(Failure) {
      do {
        files.append(File(name: path, bytes: try MetadataMarkup.bytes(of: element)))
      } catch {
        switch error {
        case .outOfMemory: throw Failure.outOfMemory
        case .character(let value): throw Failure.character(value, kind: kind, name)
        }
      }
    }
    let folder = "territory2Models/\(plan.developerName)"
    try add(
      "\(folder)/\(plan.developerName).territory2Model\(end)", "model", plan.developerName,
      PlanElements.model(plan))
    for territory in plan.territories {
      let name = territory.developerName
      try add(
        "\(folder)/territories/\(name).territory2\(end)", "territory", name,
        PlanElements.territory(territory))
    }
    for rule in plan.rules {
      let name = rule.developerName
      try add(
        "\(folder)/rules/\(name).territory2Rule\(end)", "rule", name, PlanElements.rule(rule))
    }
    for type in plan.types {
      let name = type.developerName
      try add("territory2Types/\(name).territory2Type\(end)", "type", name, PlanElements.type(type))
    }
    self.files = files.sorted { $0.name < $1.name }
  }

  /// `package.xml`, by which the CRM's tools deploy and retrieve the folder.
  public static func package() throws(Failure) -> File {
    do {
      return File(
        name: "package.xml",
        bytes: try MetadataMarkup.bytes(of: PlanElements.package(version: version)))
    } catch {
      throw .outOfMemory
    }
  }

  private static func checkNames(_ kind: String, _ names: [String]) throws(Failure) {
    var seen: Set<String> = []
    for name in names {
      guard isFileName(name) else { throw .name(kind: kind, name) }
      guard seen.insert(name.lowercased()).inserted else { throw .repeated(kind: kind, name) }
    }
  }

  /// Whether a name can be a file's on every system, whatever a model calls its parts.
  private static func isFileName(_ name: String) -> Bool {
    let isPlain = name.utf8.allSatisfy { byte in
      byte >= 0x20 && !"/\\:*?\"<>|".utf8.contains(byte) && byte != 0x7F
    }
    // File systems hold 255 bytes; the ending takes some of them.
    return isPlain && !name.isEmpty && name.utf8.count <= 200 && name.utf8.first != 46
  }
}

extension String {
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}
