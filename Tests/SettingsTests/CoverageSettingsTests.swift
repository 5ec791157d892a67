import Records
import Settings
import Testing

@Suite("What cadastre.yaml says about conflicts and neglect")
struct CoverageSettingsTests {
  @Test("Every key becomes a typed value with its place")
  func keys() throws {
    let settings = try Configuration(
      text: """
        deals: {classes: {new: "Type = 'New'", renewal: "Type = 'Renewal'"}}
        conflicts:
          ancestors_are_insiders: false
          min_amount: 1000.50
          exempt_users: [ann@acme.example]
          exempt_roles: House Accounts
          exempt_classes: renewal
          overlay_types: [Strategic]
        neglected_after: 60 days
        coverage_policy:
          rules:
            - {where: "Type = 'Key'", after: 1 day}
          exempt_users: [bob]
          exempt_types: [Partner]
        catch_all_territories: [World]
        """)
    let conflicts = settings.conflicts
    #expect(!conflicts.ancestorsAreInsiders)
    #expect(conflicts.minAmount == 10_005_000)
    #expect(conflicts.exemptUsers.map(\.value) == ["ann@acme.example"])
    #expect(conflicts.exemptUsers.map(\.at.description) == ["cadastre.yaml:5:18"])
    #expect(conflicts.exemptRoles.map(\.value) == ["House Accounts"])
    #expect(conflicts.exemptClasses == ["renewal"])
    #expect(conflicts.overlayTypes.map(\.value) == ["Strategic"])
    #expect(settings.neglect.after == 60)
    #expect(settings.neglect.rules.map(\.condition.value) == ["Type = 'Key'"])
    #expect(settings.neglect.rules.map(\.condition.at.description) == ["cadastre.yaml:12:16"])
    #expect(settings.neglect.rules.map(\.after) == [1])
    #expect(settings.neglect.exemptUsers.map(\.value) == ["bob"])
    #expect(settings.neglect.exemptTypes.map(\.value) == ["Partner"])
    #expect(settings.catchAllTerritories.map(\.value) == ["World"])
  }

  @Test("Without the keys the defaults of the manual hold")
  func defaults() throws {
    let settings = try Configuration(text: "organisation: Acme\n")
    #expect(settings.conflicts.ancestorsAreInsiders)
    #expect(settings.conflicts.minAmount == 0)
    #expect(settings.neglect.after == 90)
    #expect(settings.neglect.rules.isEmpty)
  }

  @Test(
    "Each mistake has its sentence",
    arguments: [
      (
        "conflicts: {ancestor_are_insiders: true}",
        "1:13: error: unknown key \"ancestor_are_insiders\"; nothing was read; "
          + "did you mean \"ancestors_are_insiders\"?"
      ),
      (
        "conflicts: {min_amount: much}",
        "1:25: error: \"min_amount\" must be a number with at most four decimal places, "
          + "found \"much\"; nothing was read; write a number with at most four decimal places."
      ),
      (
        "deals: {classes: {renewal: \"Type = 'R'\"}}\nconflicts: {exempt_classes: [renewel]}",
        "2:30: error: \"exempt_classes\" names the class \"renewel\", which is not defined; "
          + "nothing was read; did you mean \"renewal\"?"
      ),
      (
        "neglected_after: 90",
        "1:18: error: \"neglected_after\" must be a number of days such as 4 days, found \"90\"; "
          + "nothing was read; write a number of days such as 4 days."
      ),
      (
        "coverage_policy: {rules: [{where: Type = 'A'}]}",
        "1:27: error: item 1 of \"rules\" has no key \"after\"; nothing was read; add after."
      ),
      (
        "neglected_after: 90 days\ncoverage_polici: {}",
        "2:1: error: unknown key \"coverage_polici\"; nothing was read; "
          + "did you mean \"coverage_policy\"?"
      ),
    ])
  func mistakes(text: String, sentence: String) {
    do {
      _ = try Configuration(text: text)
      Issue.record("nothing was wrong")
    } catch {
      #expect(error.findings.map(\.description) == ["cadastre.yaml:" + sentence])
    }
  }
}
