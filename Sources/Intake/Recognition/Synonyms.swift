import Records
import Settings

/// Names under which the files and columns of an unknown CRM are looked for, as data.
public struct Synonyms: Sendable {
  /// The names of one kind of record.
  struct Names: Sendable {
    var files: [String]
    /// Header names of each field, the surest first.
    var fields: [(field: String, names: [String])]
  }

  var entities: [Entity: Names] = [:]
  /// Names of a column that names a territory.
  var territories: [String]
  /// Names of a column of deals that names a product.
  var products: [String]
  /// Words in a stage that say that a deal was won.
  var won: [String]
  /// Words in a stage that say that a deal was lost.
  var lost: [String]

  /// Reads the list.
  ///
  /// - Parameters:
  ///   - text: the YAML.
  ///   - file: its name, for the places of errors.
  /// - Throws: everything that is wrong with it.
  public init(text: String, file: String) throws(FindingsError) {
    let document = try Document(text: text, file: file)
    let findings = Findings()
    let read = document.root.read(findings) { Synonyms($0) }
    try findings.throwIfAny()
    guard let read else { throw FindingsError(findings.all) }
    self = read
  }

  private init(_ keys: KeyReader) {
    territories = keys.strings("territories")
    products = keys.strings("products")
    won = keys.strings("won")
    lost = keys.strings("lost")
    for entry in keys.entries("entities") {
      guard let entity = Entity(rawValue: entry.key) else {
        entry.value.refuse("the names of an entity", keys.findings)
        continue
      }
      entities[entity] = entry.value.read(keys.findings) { keys in
        Names(
          files: keys.strings("files"),
          fields: keys.entries("fields").map { ($0.key, $0.value.strings(keys.findings)) })
      }
    }
  }

  /// Whether a stage says that its deals are won or lost; nil where no word of it does.
  func outcome(of stage: String) -> Mapping.Outcome? {
    let words = Synonyms.words(stage)
    let folded = words.joined(separator: " ")
    func says(_ list: [String]) -> Bool {
      list.contains { $0 == folded || words.contains($0) }
    }
    // "Lost" before "won": "Closed lost to a competitor that won".
    return says(lost) ? .lost : says(won) ? .won : nil
  }

  /// The words of a name, in small letters: `sales_pipeline`, `SalesPipeline` and `Sales pipeline` alike.
  static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasSmall = false
    for character in name {
      let isWord = character.isLetter || character.isNumber
      if !isWord || wasSmall && character.isUppercase {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if isWord { word += character.lowercased() }
      wasSmall = character.isLowercase
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// A name without case, spaces and signs.
  static func folded(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
