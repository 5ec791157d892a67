import Foundation
import TestKit
import Testing

@Suite("An edition of the sample says the same in every format")
struct AgreementOfEditionTests {
  @Test(
    "The company's weekly report, each format read by another tool than wrote it",
    .needs(.python, .pdftotext), .needs(python: "openpyxl"))
  func weekly() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      try await Program.run(
        "report", "weekly-territory", "--edition", "company", "--format",
        "html,mail,text,pdf,xlsx,csv,json,xml", "--quiet", in: folder)
      let stem = Program.output(folder).appending(path: "weekly-territory/company").path
      let script = Repository.root.appending(path: "scripts/check-agreement.py").path
      let finished = try await TestKit.run(Tool.python.require(), [script, stem])
      #expect(finished.output == "", "\(finished.errors)")
      #expect(finished.status == 0)
    }
  }
}
