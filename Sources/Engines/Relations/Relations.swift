import Metrics
import Records

/// The named rows of a script, each defined once and after those it is made from.
///
/// A class, because whatever prints a query asks it for the relations that the query reads.
final class Relations {
  let dialect: any Dialect
  let schema: ExportSchema
  let settings: MetricSettings
  /// Statements with the comment above each, in order.
  private(set) var statements: [SQLScript.Statement] = []
  private var made: Set<String> = []
  /// The files that have been read so far, by path.
  private var sourceFiles: [String: SourceFile] = [:]
  /// Derived fields that something reads, by entity, in lower case.
  private(set) var derived: [Entity: Set<String>] = [:]

  /// What can only be defined once it is known which derived fields are read.
  var later: [(Relations) throws -> Void] = []

  init(dialect: any Dialect, schema: ExportSchema, settings: MetricSettings) {
    self.dialect = dialect
    self.schema = schema
    self.settings = settings
  }

  /// Notes that something reads a derived field.
  func note(_ name: String, of entity: Entity) {
    derived[entity, default: []].insert(name.lowercased())
  }

  func reads(_ name: String, of entity: Entity) -> Bool {
    derived[entity]?.contains(name.lowercased()) == true
  }

  /// Defines a relation unless it is; the body may ask for others, which come before it.
  func define(
    _ name: String, _ comment: String, _ body: () throws -> String
  ) throws {
    guard made.insert(name).inserted else { return }
    let select = try body()
    statements.append(
      SQLScript.Statement(comment: comment, sql: dialect.define(name, as: select), name: name))
  }

  /// The rows of files whose cells stand alike, after what gives each file a name.
  func rows(of files: [String], delimiter: Character) -> String {
    dialect.rows(
      of: files.map { path in
        if let known = sourceFiles[path] { return known }
        let last = path.split(separator: "/").last.map(String.init) ?? path
        let isTaken = sourceFiles.values.contains { $0.name == last }
        let file = SourceFile(
          path: path, delimiter: delimiter, headers: schema.headers[path],
          isRagged: schema.ragged.contains(path),
          name: isTaken ? "\(last) \(sourceFiles.count)" : last)
        sourceFiles[path] = file
        if let statement = dialect.source(of: file) {
          statements.append(SQLScript.Statement(comment: "The file \(path).", sql: statement))
        }
        return file
      })
  }

  /// Whether a fact's relation is still to be made.
  func lacks(_ fact: Fact) -> Bool { !made.contains(fact.rawValue) }

  /// The name of the relation that holds an entity's records: with what is derived, where a fact has
  /// them.
  func name(of entity: Entity) -> String {
    dialect.identifier(entity.fact?.rawValue ?? entity.rawValue)
  }

  /// Defines the relation of an entity's records.
  func require(_ entity: Entity) throws {
    guard let fact = entity.fact else { return try exported(entity) }
    switch fact {
    case .opportunities: try opportunities()
    case .accounts: try accounts()
    case .lineItems: try lineItems()
    case .quotas: try quotas()
    case .revenueMovements: try revenueMovements(ofFamilies: false)
    case .familyRevenueMovements: try revenueMovements(ofFamilies: true)
    case .costs: try costs()
    case .dueDeals: try dueDeals()
    case .activities: try activities()
    case .leads: try leads()
    case .splits: try credits()
    }
  }
}
