import Foundation
import TestKit
import Testing

/// Charts of `query` as a person at a terminal asks for them.
@Suite("Charts from the command line")
struct ChartCommandTests {
  private func refusal(_ arguments: String..., in folder: URL) async throws -> String {
    let finished = try await CadastreBinary.run(["query"] + arguments + ["--quiet"], in: folder)
    #expect(finished.status == 64)
    return finished.errors.components(separatedBy: "\nUsage: ")[0]
  }

  @Test("What is wrong with the options of a chart is said before anything is read")
  func options() async throws {
    try await withTemporaryFolder { folder in
      #expect(
        try await refusal("won_amount", "--by", "owner", "--chart", "bar", in: folder)
          == "Error: --chart needs a file: add --out NAME that ends in .svg, .png or .pdf")
      #expect(
        try await refusal(
          "won_amount", "--by", "owner", "--chart", "bar", "--out", "won.gif", in: folder)
          == "Error: --out won.gif: no chart is written as .gif: write .svg, .png or .pdf")
      #expect(
        try await refusal(
          "won_amount", "--by", "owner", "--chart", "bar", "--out", "won", in: folder)
          == "Error: --out won has no ending: a chart is written as .svg, .png or .pdf")
      #expect(
        try await refusal(
          "won_amount", "--by", "owner", "--chart", "bra", "--out", "won.svg", in: folder)
          == "Error: there is no chart \"bra\": did you mean \"bar\"?")
      #expect(
        try await refusal(
          "won_amount", "--by", "owner", "--chart", "pie", "--out", "won.svg", in: folder)
          == "Error: there is no chart \"pie\", because angles are hard to compare: write --chart bar"
      )
      #expect(
        try await refusal("won_amount", "--by", "owner", "--dark", in: folder)
          == "Error: --dark is about pictures: add --chart")
      #expect(
        try await refusal(
          "won_amount", "--by", "owner", "--chart", "bar", "--out", "won.svg", "--scale", "2",
          in: folder)
          == "Error: --scale 2 is about PNG; a .svg is sharp at any size: leave it out")
    }
  }

  /// A question for every kind, on a sample.
  private static let questions: [[String]] = [
    ["bar", "won_amount", "--by", "territory", "--period", "fiscal_year"],
    ["column", "won_amount", "--by", "fiscal_quarter"],
    ["stacked", "won_amount", "--by", "fiscal_year,class"],
    ["bullet", "won_amount", "owner_quota", "--by", "owner", "--period", "fiscal_year"],
    [
      "waterfall", "won_amount", "--by", "industry", "--period", "fiscal_year_to_date",
      "--compare", "year_before",
    ],
    ["funnel", "created_count", "created_won_count"],
    ["pareto", "open_amount", "--by", "account"],
    ["lorenz", "open_amount", "--by", "owner"],
    ["histogram", "open_amount", "--by", "account"],
    ["line", "win_rate_count", "--by", "fiscal_quarter"],
    ["area", "won_amount", "--by", "fiscal_quarter,segment"],
    ["sparkline", "won_count", "--by", "month", "--period", "last_12_months"],
    ["multiples", "won_amount", "--by", "fiscal_quarter,territory"],
    [
      "slope", "won_amount", "--by", "industry", "--period", "fiscal_year_to_date", "--compare",
      "year_before",
    ],
    ["scatter", "won_amount", "median_days", "--by", "owner"],
    ["heatmap", "open_count", "--by", "stage,segment"],
    ["treemap", "won_amount", "--by", "family"],
    ["map", "won_amount", "--by", "country"],
    ["auto", "won_amount", "--by", "fiscal_year,class", "--dark", "--width", "390"],
  ]

  @Test("Every kind draws a sample's answer, and twice the same bytes")
  func kinds() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      for question in Self.questions {
        let (kind, rest) = (question[0], Array(question.dropFirst()))
        for name in ["first", "second"] {
          let finished = try await CadastreBinary.run(
            ["query"] + rest + ["--chart", kind, "--out", "\(name)/\(kind).svg", "--quiet"],
            in: folder)
          #expect(finished.status == 0, "\(kind): \(finished.errors)")
        }
        let svg = try folder.text("first/\(kind).svg")
        #expect(svg.contains("<title>") && svg.contains("</svg>"), "\(kind)")
        #expect(try folder.text("second/\(kind).svg") == svg, "\(kind)")
      }
      for name in ["won.png", "won.pdf"] {
        try await Program.run(
          "query", "won_amount", "--by", "owner", "--chart", "bar", "--out", name, "--quiet",
          in: folder)
      }
      #expect(try Data(contentsOf: folder.appending(path: "won.png")).starts(with: [0x89, 0x50]))
      #expect(try Data(contentsOf: folder.appending(path: "won.pdf")).starts(with: "%PDF".utf8))
    }
  }
}
