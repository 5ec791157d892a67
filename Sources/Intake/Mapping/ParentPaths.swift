import Records

/// Columns of a query that say something of the parent, such as `Owner.Name` beside OwnerId.
///
/// They count where the export has no file of the parent's own. Only users are made from references
/// so far, hence only their texts are read.
struct ParentPaths {
  private let entity: Entity
  /// References to users, where the export holds no users.
  private let references: [Field]

  init(of entity: Entity, mapping: Mapping, files: ExportFiles) {
    self.entity = entity
    let hasUsers = (mapping.sources[.user] ?? []).contains { source in
      files.files.contains { source.reads($0.names) }
    }
    references = hasUsers ? [] : entity.fields.filter { $0.kind == .reference(.user) }
  }

  /// The paths that any of several headers has, as `Owner.Name`.
  func names(in headers: [Header]) -> Set<String> {
    Set(all.map(\.name).filter { name in headers.contains { $0.position(of: name) != nil } })
  }

  /// What a path holds, nil where the name is none.
  func field(_ name: String) -> Field? { all.first { $0.name == name } }

  private var all: [Field] {
    references.flatMap { reference in
      ParentPaths.texts.map { Field(ParentPaths.path(reference.name, $0.name), $0.kind) }
    }
  }

  private static var texts: [Field] { Entity.user.fields.filter { $0.kind == .text } }

  private static func path(_ reference: String, _ field: String) -> String {
    (reference.hasSuffix("Id") ? String(reference.dropLast(2)) : reference) + "." + field
  }

  /// Gives users the texts that a table of records has beside its references to them; what an
  /// earlier row says stays.
  ///
  /// - Parameters:
  ///   - users: the users, made from references.
  ///   - rows: the user of each row of the table.
  ///   - reference: the field that names them.
  ///   - table: the records.
  static func fill(_ users: inout Table, _ rows: [Int32], _ reference: String, _ table: Table) {
    for field in texts {
      guard case .texts(let given) = table.columns[path(reference, field.name)] else { continue }
      let known = users.texts(field.name)
      var texts = (0..<users.count).map { known.bytes[known.range($0)] }
      for (row, user) in rows.enumerated() where user >= 0 && texts[Int(user)].isEmpty {
        texts[Int(user)] = given.bytes[given.range(row)]
      }
      var filled = Texts()
      for text in texts { filled.append(text) }
      users.columns[field.name] = .texts(filled)
    }
  }
}
