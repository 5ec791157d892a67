import Foundation
import Metadata
import Records
import TestKit
import Testing

@Suite("Territory models as metadata files, written and read again")
struct RoundTripTests {
  /// A plan without places, which files elsewhere have elsewhere.
  private func placeless(_ plan: TerritoryPlan) -> TerritoryPlan {
    var plan = plan
    plan.at = nil
    for at in plan.territories.indices { plan.territories[at].at = nil }
    for at in plan.types.indices { plan.types[at].at = nil }
    for at in plan.rules.indices {
      plan.rules[at].at = nil
      for item in plan.rules[at].items.indices { plan.rules[at].items[item].at = nil }
    }
    return plan
  }

  private func read(_ files: [WrittenMetadata.File]) -> TerritoryMetadata {
    let bytes = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.bytes) })
    return TerritoryMetadata(
      reading: MetadataFiles(root: "", names: Array(bytes.keys)) { bytes[$0] ?? [] })
  }

  @Test(
    "The real models of the Salesforce field come back byte for byte",
    .needsRealData("sf-territory2-xml"))
  func real() throws {
    let root = try RealData.require("sf-territory2-xml")
    for folder in ["tm1-transform", "tm2-export/unpackaged"] {
      let url = root.appending(path: folder)
      let metadata = TerritoryMetadata(reading: try MetadataFiles(folder: url, shownAs: folder))
      #expect(!metadata.plans.isEmpty)
      var written: [String: [UInt8]] = [:]
      for plan in metadata.plans {
        for file in try WrittenMetadata(plan, layout: .metadata).files {
          written[file.name] = file.bytes
        }
      }
      #expect(Set(written.keys.map { "\(folder)/\($0)" }) == Set(metadata.files))
      for (name, bytes) in written.sorted(by: { $0.key < $1.key }) {
        let before = Array(try Data(contentsOf: url.appending(path: name)))
        #expect(
          String(decoding: bytes, as: UTF8.self).trimmed
            == String(decoding: before, as: UTF8.self).trimmed, "\(name)")
      }
      let again = read(written.map { WrittenMetadata.File(name: $0.key, bytes: $0.value) })
      #expect(again.plans.map(placeless) == metadata.plans.map(placeless))
    }
  }

  @Test("Files of a DX project keep their endings, others have none")
  func layouts() throws {
    let plan = try #require(Written.read().plan())
    #expect(WrittenMetadata.Layout(of: plan) == .metadata)
    let files = try WrittenMetadata(plan, layout: .source).files
    #expect(
      files.map(\.name) == [
        "territory2Models/FY27/FY27.territory2Model-meta.xml",
        "territory2Models/FY27/rules/Oregon.territory2Rule-meta.xml",
        "territory2Models/FY27/territories/Oregon.territory2-meta.xml",
        "territory2Models/FY27/territories/West.territory2-meta.xml",
        "territory2Types/Region.territory2Type-meta.xml",
      ])
    let again = try #require(read(files).plan())
    #expect(WrittenMetadata.Layout(of: again) == .source)
    #expect(placeless(again) == placeless(plan))
  }

  @Test("A file is written as the CRM writes it, elements in the order of their names")
  func form() throws {
    var plan = TerritoryPlan(developerName: "FY28", name: "Fiscal 28")
    plan.description = "Two lines\nand <more> & \"all\""
    var west = TerritoryPlan.Territory(developerName: "West", name: "West")
    west.type = "Region"
    west.accessLevels = [.init(name: "opportunityAccessLevel", level: "None")]
    west.rules = [.init(rule: "Oregon", isInherited: true)]
    west.customFields = [.init(name: "Cost__c", value: " 7 ", type: "xsd:double")]
    plan.territories = [west]
    let texts = Dictionary(
      uniqueKeysWithValues: try WrittenMetadata(plan, layout: .metadata).files.map {
        ($0.name, String(decoding: $0.bytes, as: UTF8.self))
      })
    #expect(
      texts["territory2Models/FY28/FY28.territory2Model"] == """
        <?xml version="1.0" encoding="UTF-8"?>
        <Territory2Model xmlns="http://soap.sforce.com/2006/04/metadata">
            <description>Two lines
        and &lt;more&gt; &amp; &quot;all&quot;</description>
            <name>Fiscal 28</name>
        </Territory2Model>

        """)
    #expect(
      texts["territory2Models/FY28/territories/West.territory2"] == """
        <?xml version="1.0" encoding="UTF-8"?>
        <Territory2 xmlns="http://soap.sforce.com/2006/04/metadata" \
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
        xmlns:xsd="http://www.w3.org/2001/XMLSchema">
            <customFields>
                <name>Cost__c</name>
                <value xsi:type="xsd:double"> 7 </value>
            </customFields>
            <name>West</name>
            <opportunityAccessLevel>None</opportunityAccessLevel>
            <ruleAssociations>
                <inherited>true</inherited>
                <ruleName>Oregon</ruleName>
            </ruleAssociations>
            <territory2Type>Region</territory2Type>
        </Territory2>

        """)
  }

  @Test("package.xml asks for all four kinds of a territory model")
  func package() throws {
    let file = try WrittenMetadata.package()
    #expect(file.name == "package.xml")
    let text = String(decoding: file.bytes, as: UTF8.self)
    #expect(
      text.matches(of: /<name>(\w+)<\/name>/).map { String($0.1) } == [
        "Territory2", "Territory2Model", "Territory2Rule", "Territory2Type",
      ])
    #expect(text.contains("    <version>60.0</version>\n</Package>\n"))
  }

  @Test("Random models come back as they were", arguments: 0..<40)
  func random(seed: Int) throws {
    var source = RandomPlans(seed: UInt64(seed))
    let plan = source.plan()
    let layout: WrittenMetadata.Layout = seed % 2 == 0 ? .metadata : .source
    let files = try WrittenMetadata(plan, layout: layout).files
    let again = try #require(read(files).plan())
    #expect(placeless(again) == plan)
    // The same model gives the same bytes, whichever way it came.
    let bytes = try WrittenMetadata(again, layout: layout).files.map(\.bytes)
    #expect(bytes == files.map(\.bytes))
  }

  // MARK: What cannot be written

  private func failure(_ change: (inout TerritoryPlan) -> Void) -> String {
    var plan = TerritoryPlan(developerName: "FY28", name: "Fiscal 28")
    change(&plan)
    do throws(WrittenMetadata.Failure) {
      _ = try WrittenMetadata(plan, layout: .metadata)
      return "written"
    } catch {
      return error.description
    }
  }

  @Test("A developer name that leads out of the folder is refused")
  func hostileName() {
    #expect(
      failure { $0.territories = [.init(developerName: "../../etc/passwd", name: "x")] }
        == "the developer name \"../../etc/passwd\" of a territory cannot be the name of a file; "
        + "no file was written; use letters, digits and underscores, beginning with a letter.")
    #expect(failure { $0.developerName = "" }.hasPrefix("the developer name \"\" of a model"))
    #expect(
      failure { $0.developerName = String(repeating: "x", count: 300) }.contains("cannot be the"))
  }

  @Test("Two territories of one name are refused, whatever their case")
  func repeatedName() {
    #expect(
      failure {
        $0.territories = [
          .init(developerName: "West", name: "a"), .init(developerName: "WEST", name: "b"),
        ]
      } == "two territories of the model have the developer name \"WEST\"; no file was written; "
        + "give one of them another.")
  }

  @Test("A character that XML has no way to write is refused by its number")
  func hostileCharacter() {
    #expect(
      failure { $0.rules = [.init(developerName: "R", name: "bell \u{7}", isActive: true)] }
        == "a text of the rule \"R\" holds the character U+0007, which XML has no way to write; "
        + "no file was written; remove it in the CRM.")
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
