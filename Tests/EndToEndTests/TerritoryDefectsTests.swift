import Foundation
import TestKit
import Testing

/// What is wrong with models is said with file and line, in files as in an export.
@Suite("Territory models with defects, from the outside")
struct TerritoryDefectsTests {
  /// The fixture territory-changes, some of its texts replaced.
  private func project(
    _ replaced: [(file: String, old: String, new: String)] = [], more: String = "",
    _ body: (URL) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let source = Repository.fixture("territory-changes").appending(path: "export")
      for name in try FileManager.default.contentsOfDirectory(atPath: source.path) {
        var text = try String(contentsOf: source.appending(path: name), encoding: .utf8)
        for change in replaced where change.file + ".csv" == name {
          #expect(text.contains(change.old))
          text = text.replacing(change.old, with: change.new)
        }
        try folder.write(files: ["export/\(name)": text])
      }
      try folder.write(files: ["cadastre.yaml": "export: export\nas_of: 2026-06-15\n" + more])
      try await body(folder)
    }
  }

  @Test("Each defect of an export's models is a sentence with file and line")
  func export() async throws {
    try await project([
      ("Territory2Model", "FY28,FY28,Planning", "FY28,FY28,Active"),
      (
        "Territory2", "0MI5e00000t0011GAA,World,World,,",
        "0MI5e00000t0011GAA,World,World,0MI5e00000t0012GAA,"
      ),
      (
        "ObjectTerritory2AssignmentRule", "West_by_state,0MA5e00000m0002GAA,Account,,",
        "West_by_state,0MA5e00000m0002GAA,Account,1 AND 3,"
      ),
      ("ObjectTerritory2AssignmentRuleItem", "1,BillingState,equals,NY", "1,BilingState,equals,NY"),
      ("UserTerritory2Association", "0MI5e00000t001", "0MI5e00000t009"),
    ]) { folder in
      let found = try await CadastreBinary.run(
        ["territories", "changes", "--from", "FY27", "--to", "FY28"], in: folder)
      #expect(found.status == 0)
      let lines = found.errors.split(separator: "\n").map(String.init)
      for expected in [
        "Territory2Model.csv:2: warning: 2 territory models are in state Active, of which there can "
          + "be one; the first of them was taken; export Territory2Model again.",
        "Territory2.csv:6: warning: by Territory2.ParentTerritory2Id a record stands above itself; "
          + "the cycle is cut at the record with the smallest Id, which stands at the top; correct "
          + "ParentTerritory2Id of one of them.",
        "ObjectTerritory2AssignmentRule.csv:3: error: the boolean filter of rule \"West_by_state\" "
          + "cannot be read: at its character 7 it names item 3, and the rule has 1 item; the rule "
          + "cannot be run; write one such as (1 AND 2) OR 3, with the items numbered from 1.",
        "Territory2Model.csv:3: warning: no user works in any territory of model \"FY28\"; all its "
          + "territories count as vacant; assign users to its territories, in the CRM or in the file "
          + "of planned users.",
        "ObjectTerritory2AssignmentRuleItem.csv:2: warning: rule \"East_by_state\" compares the "
          + "field BilingState, which the export of Account does not hold; the rule is run where "
          + "its other items decide; other accounts are undecided; did you mean \"BillingState\"?",
      ] {
        #expect(lines.contains(expected), "\(expected)")
      }
    }
  }

  @Test("Each defect of a model in files is a sentence with file and line")
  func files() async throws {
    try await project { folder in
      try await Program.run("territories", "copy", "FY28", "plan", "--quiet", in: folder)
      let model = "plan/metadata/territory2Models/plan"
      for (file, old, new) in [
        (
          "territories/World.territory2", "<name>World</name>",
          "<name>World</name>\n    <parentTerritory>East</parentTerritory>"
        ),
        (
          "rules/West_by_state.territory2Rule", "<active>true</active>",
          "<active>true</active>\n    <booleanFilter>1 AND 3</booleanFilter>"
        ),
        ("rules/East_by_state.territory2Rule", "BillingState", "BilingState"),
      ] {
        let text = try folder.text("\(model)/\(file)")
        #expect(text.contains(old))
        try folder.write(files: ["\(model)/\(file)": text.replacing(old, with: new)])
      }
      try FileManager.default.removeItem(at: folder.appending(path: "plan/planned_users.csv"))
      let all = try await CadastreBinary.run(["territories", "preview", "plan/"], in: folder)
      #expect(all.status == 0)
      let lines = all.errors.split(separator: "\n").map(String.init)
      for expected in [
        "\(model)/territories/East.territory2:2: error: territories stand under each other in a "
          + "circle: East under World under East; \"East\" was taken as a territory at the top; "
          + "correct <parentTerritory> of one of them.",
        "\(model)/rules/West_by_state.territory2Rule:4: error: the boolean filter of rule "
          + "\"West_by_state\" cannot be read: at its character 7 it names item 3, and the rule has "
          + "1 item; the rule cannot be run; write one such as (1 AND 2) OR 3, with the items "
          + "numbered from 1.",
        "\(model)/plan.territory2Model:2: warning: no user works in any territory of model "
          + "\"plan\"; all its territories count as vacant; name a file of planned users under "
          + "territory_model: users.",
        "\(model)/rules/East_by_state.territory2Rule:6: warning: rule \"East_by_state\" compares "
          + "the field BilingState, which the export of Account does not hold; the rule is run "
          + "where its other items decide; other accounts are undecided; did you mean "
          + "\"BillingState\"?",
      ] {
        #expect(lines.contains(expected), "\(expected) is none of \(lines)")
      }
    }
  }

  @Test("Types that only files have make conflicts C4, and may be named as overlays")
  func typesOfFiles() async throws {
    // By hand: Fir, A6, comes to East and to Twin Cities, which are of one type.
    for (overlay, expected) in [("", ["Fir"]), ("conflicts: {overlay_types: [Specialist]}\n", [])] {
      try await project(more: overlay) { folder in
        try await Program.run("territories", "copy", "FY28", "plan", "--quiet", in: folder)
        let metadata = folder.appending(path: "plan/metadata")
        let type = try #require(
          metadata.contents().keys.sorted().first { $0.hasPrefix("territory2Types/") })
        let text = String(decoding: try #require(metadata.contents()[type]), as: UTF8.self)
        try folder.write(files: [
          "plan/metadata/territory2Types/Specialists_2028.territory2Type":
            text.replacing(/<name>[^<]*<\/name>/, with: "<name>Specialist</name>")
        ])
        for name in ["East", "Twin"] {
          let file = "plan/metadata/territory2Models/plan/territories/\(name).territory2"
          try folder.write(files: [
            file: try folder.text(file).replacing(
              /<territory2Type>[^<]*</, with: "<territory2Type>Specialists_2028<")
          ])
        }
        try await Program.run(
          "territories", "changes", "--to", "plan/", "--out", "out", "--quiet", in: folder)
        func accounts(_ file: String, _ column: String, _ kind: String) throws -> [String] {
          let rows = try CSVReader.rows(try folder.text("out/\(file).csv"))
          let header = try #require(rows.first)
          let (at, name) = (
            try #require(header.firstIndex(of: column)),
            try #require(header.firstIndex(of: "account"))
          )
          return rows.filter { $0[at] == kind }.map { $0[name] }
        }
        #expect(try accounts("conflicts", "kind", "C4") == expected)
        #expect(try accounts("exceptions", "kind", "two_territories_of_one_type") == expected)
      }
    }
  }
}
