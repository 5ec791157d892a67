import Metadata
import Records
import Testing

@Suite("Findings of territory metadata")
struct MetadataFindingTests {
  private let folder = "territory2Models/FY27"

  @Test("A parent, type or rule that there is not is named with the nearest that there is")
  func references() {
    let metadata = Written.read([
      Written.path("Oregon"): Written.territory(
        "Oregon", under: "Wst", type: "Regio", more: Written.uses("Nevada")),
      Written.rulePath("Oregon"): Written.rule(
        "Oregon", items: [("BillingState", "equals", "OR")], active: false),
    ])
    let at = "\(folder)/territories/Oregon.territory2:2"
    #expect(
      metadata.said == [
        "\(at): error: territory \"Oregon\" stands under \"Wst\", which its model does not have; "
          + "it was taken as a territory at the top; did you mean \"West\"?",
        "\(at): error: territory \"Oregon\" uses rule \"Nevada\", which its model does not have; "
          + "the territory was read without it; correct <ruleName>, or add the rule.",
        "\(at): warning: territory \"Oregon\" is of type \"Regio\", of which there is no file; "
          + "its priority was taken as the lowest; did you mean \"Region\"?",
      ])
    #expect(metadata.plan()?.parents == [-1, -1])
  }

  @Test("A circle of territories is named from its first")
  func cycle() {
    let metadata = Written.read([
      Written.path("West"): Written.territory("West", under: "Oregon")
    ])
    #expect(
      metadata.said == [
        "\(folder)/territories/Oregon.territory2:2: error: territories stand under each other in a "
          + "circle: Oregon under West under Oregon; \"Oregon\" was taken as a territory at the "
          + "top; correct <parentTerritory> of one of them."
      ])
  }

  @Test("A territory that is its own parent is a circle of one")
  func ownParent() {
    let metadata = Written.read([Written.path("West"): Written.territory("West", under: "West")])
    #expect(metadata.findings.map(\.code) == ["territory-parent-cycle"])
  }

  @Test("Of two files with one developer name the first is taken")
  func repeated() {
    let metadata = Written.read([
      Written.path("West") + "-meta.xml": Written.territory("Other West")
    ])
    #expect(
      metadata.said == [
        "\(folder)/territories/West.territory2-meta.xml:2: error: there is a second territory with "
          + "the developer name \"West\"; the first was taken; remove one of the files, or rename "
          + "one of the two."
      ])
    #expect(metadata.plan()?.territories.map(\.name) == ["Oregon", "West"])
  }

  @Test("A model without its own file is named after its folder")
  func modelFile() {
    let metadata = Written.read(without: [Written.model])
    #expect(
      metadata.said == [
        "\(folder): warning: model \"FY27\" has territories or rules but no .territory2Model file; "
          + "the model was named after its folder; retrieve Territory2Model together with "
          + "Territory2."
      ])
    #expect(metadata.plan()?.name == "FY27")
  }

  @Test("A folder without any model says what to retrieve")
  func noModel() {
    let metadata = TerritoryMetadata(reading: Written.files([:], root: "metadata"))
    #expect(
      metadata.said == [
        "metadata: error: there is no territory model below this folder; no model was read; name "
          + "the folder of the project or retrieve that holds territory2Models; retrieving models "
          + "that are not active takes the permission Manage Territories."
      ])
  }

  @Test("An operation that is none is an error, a distance is not supported by name")
  func operations() {
    let metadata = Written.read([
      Written.rulePath("Oregon"): Written.rule(
        "Oregon",
        items: [("Account.Name", "contain", "A"), ("Account.BillingAddress", "within", "5mi")])
    ])
    let at = "\(folder)/rules/Oregon.territory2Rule"
    #expect(
      metadata.said == [
        "\(at):4: error: rule \"Oregon\" compares with \"contain\", which is no operation; the rule "
          + "cannot be run; did you mean \"contains\"?",
        "\(at):5: warning: rule \"Oregon\" compares with \"within\", a distance from a place; the "
          + "rule cannot be run, because distances are not supported; expect its accounts among "
          + "the differences that a simulation lists.",
      ])
  }

  @Test("A boolean filter that does not parse names the character")
  func filters() {
    let items = [("Name", "equals", "A"), ("Name", "equals", "B")]
    let metadata = Written.read([
      Written.rulePath("Oregon"): Written.rule("Oregon", filter: "(1 AND 3) OR 2", items: items),
      Written.rulePath("West"): Written.rule("West", filter: "1 XOR 2", items: items),
      Written.rulePath("Part"): Written.rule("Part", filter: "2", items: items, active: false),
      Written.rulePath("None"): Written.rule("None", items: [], active: false),
    ])
    let at = "\(folder)/rules"
    #expect(
      metadata.said == [
        "\(at)/None.territory2Rule:2: warning: rule \"None\" has no items; it decides about no "
          + "account; add <ruleItems>, or remove the rule.",
        "\(at)/Oregon.territory2Rule:3: error: the boolean filter of rule \"Oregon\" cannot be "
          + "read: at its character 8 it names item 3, and the rule has 2 items; the rule cannot "
          + "be run; write one such as (1 AND 2) OR 3, with the items numbered from 1.",
        "\(at)/Part.territory2Rule:2: warning: the boolean filter of rule \"Part\" does not use "
          + "item 1; the rule is run as its filter says; name every item in the filter, or remove "
          + "those that are not meant.",
        "\(at)/West.territory2Rule:2: notice: no territory uses the active rule \"West\"; it "
          + "decides about no account; associate it with a territory, or make it inactive.",
        "\(at)/West.territory2Rule:3: error: the boolean filter of rule \"West\" cannot be read: at "
          + "its character 3 \"XOR\" stands where AND, OR or the end was expected; the rule cannot "
          + "be run; write one such as (1 AND 2) OR 3, with the items numbered from 1.",
      ])
  }

  @Test("An element that is missing, doubled or of the wrong kind is named with what was taken")
  func elements() {
    let metadata = Written.read([
      Written.rulePath("Oregon"): Written.file(
        "Territory2Rule",
        "<active>maybe</active>\n<name>A</name><name>B</name>\n"
          + "<ruleItems><field>Name</field></ruleItems>"),
      Written.type: Written.file("Territory2Type", "<name>Region</name><priority>1.5</priority>"),
      Written.path("West"): Written.file(
        "Territory2", "<name> </name><territory2Type>Region</territory2Type>"),
    ])
    let rule = "\(folder)/rules/Oregon.territory2Rule"
    #expect(
      metadata.said == [
        "\(rule):2: warning: <Territory2Rule> has no <objectType>; it was read without one; "
          + "retrieve the file again, or add the element.",
        "\(rule):3: warning: <active> is neither true nor false; it was taken as false; correct the "
          + "file.",
        "\(rule):4: warning: <name> stands 2 times; the first was taken; correct the file.",
        "\(rule):5: warning: <ruleItems> has no <operation>; it was read without one; retrieve the "
          + "file again, or add the element.",
        "\(folder)/territories/West.territory2:2: warning: <Territory2> has no <name>; it was read "
          + "without one; retrieve the file again, or add the element.",
        "territory2Types/Region.territory2Type:3: warning: <priority> is no whole number; it was "
          + "taken as none; correct the file.",
      ])
  }
}
