import Graphics
import Records
import Testing

@testable import Reports

@Suite struct ThemeFileTests {
  private func theme(_ text: String) throws -> ReportTheme {
    try ReportTheme(text: text, file: "templates/theme.yaml")
  }

  private func findings(_ text: String) -> [String] {
    do {
      _ = try theme(text)
      return []
    } catch {
      let findings = (error as? FindingsError)?.findings ?? []
      return findings.map {
        "\($0.at?.description ?? ""): \($0.code): \($0.what); \($0.suggestion)"
      }
    }
  }

  @Test("The file that ships says what the code says")
  func builtIn() throws {
    let templates = try Templates()
    #expect(templates.theme == ReportTheme.builtIn)
  }

  @Test("A file of one key changes that key alone")
  func partial() throws {
    let own = try theme("light:\n  link: \"#005577\"\n")
    var wanted = ReportTheme.builtIn
    wanted.light.link = Colour(0x005577)
    #expect(own == wanted)
    #expect(try theme("") == .builtIn)
  }

  @Test("Fonts and sizes hold for both themes")
  func fonts() throws {
    let own = try theme("fonts: [Source Sans 3, DejaVu Sans]\nsizes:\n  small: 10.5\n  margin: 8\n")
    for chart in [own.light.chart, own.dark.chart] {
      #expect(chart.fontFamilies == ["Source Sans 3", "DejaVu Sans"])
      #expect(chart.small == TextStyle(10.5))
      #expect(chart.margin == 8)
    }
  }

  @Test("A misspelt key is named with the one that was meant")
  func unknown() {
    #expect(
      findings("light:\n  backgruond: FFFFFF\n") == [
        "templates/theme.yaml:2:3: settings-unknown-key: unknown key \"backgruond\"; "
          + "did you mean \"background\"?"
      ])
  }

  @Test("What is no colour is refused where it stands")
  func noColour() {
    #expect(
      findings("dark:\n  series: [56B4E9, orange]\n") == [
        "templates/theme.yaml:2:20: settings-value: item 2 of \"series\" must be a colour of six "
          + "hexadecimal digits such as 0072B2, found \"orange\"; write six digits from 0 to 9 and "
          + "A to F: two for red, two for green, two for blue"
      ])
  }

  @Test("A ramp has the ends that it needs, and sizes can be read")
  func counts() {
    #expect(
      findings("light:\n  diverging: [000000, FFFFFF]\nsizes:\n  label: 4\n") == [
        "templates/theme.yaml:2:14: settings-value: \"diverging\" must be a list of 3 colours, "
          + "found 2; write 3 colours in square brackets",
        "templates/theme.yaml:4:10: settings-value: \"label\" must be a number from 8 to 40, "
          + "found \"4\"; write a number from 8 to 40",
      ])
  }

  @Test("Text too pale to read is refused, with the nearest colour that is not")
  func contrast() throws {
    let found = findings("light:\n  muted_ink: 999999\n")
    #expect(
      found == [
        "templates/theme.yaml:2:14: theme-contrast: \"muted_ink\" #999999 stands out from "
          + "\"surface\" #F7F8FA of the light theme by 2.6 to 1; text must reach 4.5 to 1; "
          + "write 727272, the nearest that does"
      ])
    #expect(findings("light:\n  muted_ink: 727272\n").isEmpty)
  }

  @Test("A background changed alone is blamed for what can no longer be read on it")
  func background() {
    let found = findings("light:\n  background: 0072B2\n")
    #expect(found.count > 3)
    #expect(found.allSatisfy { $0.hasPrefix("templates/theme.yaml:2:15: theme-contrast: ") })
  }

  @Test("Series that colour-blind readers cannot tell apart are refused")
  func alike() {
    #expect(
      findings("light:\n  series: [0072B2, 3D9440, B86A2B]\n") == [
        "templates/theme.yaml:2:11: theme-alike: colours 2 and 3 of \"series\" of the light theme, "
          + "#3D9440 and #B86A2B, look alike to readers with deuteranopia; "
          + "make one of them clearly lighter or darker, or of another hue"
      ])
  }

  @Test("Pages take their colours from the theme, before a style of the project's own")
  func style() throws {
    let templates = try Templates(overrides: [
      "theme.yaml": ("dark:\n  wash: 101820\n", "templates/theme.yaml"),
      "html/style.css": ("p { color: var(--ink); }", "templates/html/style.css"),
    ])
    let style = templates.theme.style
    #expect(style.contains("--paper: #FFFFFF; --surface: #F7F8FA; --ink: #1B1E23;"))
    #expect(style.contains("--wash: #101820;"))
    // Groups of trees have a class each: four plain, three outlined, and the rest.
    #expect(style.contains("--g0: #0072B2;") && style.contains("--g7: #6F757F;"))
    #expect(style.contains(".g3 { --colour: var(--g3); }"))
    #expect(style.contains(".g4 { --colour: var(--g4); --edge: var(--ink); }"))
    #expect(style.contains(".g7 { --colour: var(--g7); }"))
    let page = templates.fields([:], title: "T", locale: .enUS)["style"]
    guard case .markup(let text) = page else {
      Issue.record("the style is no markup")
      return
    }
    #expect(text.hasPrefix(":root {") && text.hasSuffix("p { color: var(--ink); }"))
  }

  @Test("A theme under another name is no theme")
  func misnamed() {
    do {
      _ = try Templates(overrides: ["themes.yaml": ("", "templates/themes.yaml")])
      Issue.record("a file that nobody reads was accepted")
    } catch {
      #expect(error.findings.map(\.what) == ["no template is called \"themes.yaml\""])
      #expect(error.findings.map(\.suggestion) == ["did you mean \"theme.yaml\"?"])
    }
  }
}
