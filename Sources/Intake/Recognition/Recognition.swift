import Records

/// What an export is recognised as: a CRM that is built in, or a mapping that is proposed for it.
public struct Recognition: Sendable {
  /// Name of the preset that fits as it stands; nil where a mapping file is to be written.
  public let preset: String?
  public let mapping: Mapping
  /// Text of the mapping file, with a comment wherever something is unsure; nil with a preset.
  public let mappingText: String?
  /// Why it was recognised as what it is, a sentence each.
  public let reasons: [String]
  /// What is unsure, a sentence each.
  public let doubts: [String]
  /// How the export writes dates and numbers.
  public let forms: CellForms
  /// Files that are read as nothing.
  public let unread: [String]

  /// Recognises an export from its files' names and first rows.
  ///
  /// A preset is taken where the names of files and columns fit one best and it finds accounts or
  /// deals; where only the columns fit, its mapping is written with the names of these files; else a
  /// mapping is proposed from the names and values of the columns.
  ///
  /// - Throws: `FindingsError` where no file looks like accounts or deals.
  public init(
    of files: [SampledFile], presets: [Mapping], synonyms: Synonyms
  ) throws(FindingsError) {
    if let fit = PresetFit.best(of: presets, for: files, byName: true) {
      self.init(fit: fit, files: files, adapted: false)
    } else if let fit = PresetFit.best(of: presets, for: files, byName: false) {
      self.init(fit: fit, files: files, adapted: true)
    } else {
      var proposer = MappingProposer(files: files, synonyms: synonyms)
      try proposer.propose()
      self.init(proposer: proposer, files: files)
    }
  }

  private init(fit: PresetFit, files: [SampledFile], adapted: Bool) {
    let name = fit.preset.name
    mapping = adapted ? fit.adapted : fit.preset
    preset = adapted ? nil : name
    mappingText =
      adapted
      ? MappingWriter(
        mapping: mapping,
        title:
          "The columns are those of \(name), the names of the files are not: this is its mapping "
          + "with the names of these files."
      ).text : nil
    reasons = fit.reasons
    let read = fit.matches.map(\.file)
    let evidence = FormProposal(read)
    forms = evidence.forms
    doubts = fit.doubts + evidence.doubts
    let mapping = mapping
    unread = files.filter { file in !mapping.reads(file.names) }.map(\.name)
  }

  private init(proposer: MappingProposer, files: [SampledFile]) {
    preset = nil
    mapping = proposer.mapping
    let evidence = FormProposal(
      proposer.roles.values.sorted { $0.file.name < $1.file.name }.map(\.file))
    forms = evidence.forms
    reasons = proposer.reasons
    doubts = proposer.doubts + evidence.doubts
    let mapping = mapping
    unread = files.filter { file in !mapping.reads(file.names) }.map(\.name)
    mappingText =
      MappingWriter(
        mapping: mapping,
        title:
          "Proposed from the names and values of the columns; what is marked unsure is worth a look.",
        remarks: proposer.remarks
      ).text
  }
}

extension Mapping {
  /// The first entity that a file is read as; nil where there is none.
  public func entity(of file: SampledFile) -> Entity? {
    Entity.allCases.first { entity in
      (sources[entity] ?? []).contains { $0.reads(file.names) }
    }
  }

  /// Whether any entity or lookup reads the files of a name.
  func reads(_ names: [String]) -> Bool {
    sources.values.joined().contains { source in
      source.reads(names)
        || (source.fields ?? [:]).values.joined().contains {
          $0.lookup.map { lookup in names.contains { Mapping.matches($0, pattern: lookup.file) } }
            ?? false
        }
    }
  }
}

/// What the first rows of an export say about its dates and numbers.
struct FormProposal {
  let forms: CellForms
  let doubts: [String]

  init(_ files: [SampledFile]) {
    var dates = DateEvidence()
    var numbers: [CellForms.NumberForm: Int] = [:]
    for file in files {
      for column in file.header.names.indices {
        let look = file.look(column)
        if look.kind == .otherDate { dates.add(look.dates) }
        for form in look.numbers { numbers[form, default: 0] += 1 }
      }
    }
    let number = numbers.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key
    forms = CellForms(dates: dates.order, numbers: number)
    var doubts: [String] = []
    if let doubt = dates.doubt, let order = dates.order {
      doubts.append("dates are read as \(order.rawValue): \(doubt)")
    }
    if numbers.count > 1, let number {
      doubts.append(
        "numbers are read as \(number.rawValue): columns differ in how they are written")
    }
    self.doubts = doubts
  }
}
