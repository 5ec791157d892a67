import Graphics
import Testing

@testable import Reports

@Suite("Putting pieces on paper")
struct PaperTests {
  private let format = PaperFormat(locale: .enUS)

  private func piece(
    _ height: Double, keeps: Bool = false, isLandscape: Bool = false, head: Int? = nil
  ) -> PaperPiece {
    PaperPiece(
      height: height,
      marks: [.rect(RectMark(Rect(x: 0, y: 0, width: 1, height: height)))],
      before: 10, keepsWithNext: keeps, isLandscape: isLandscape, head: head)
  }

  private func tops(_ page: PaperPage) -> [Double] {
    page.marks.compactMap { if case .rect(let mark) = $0 { mark.rect.y } else { nil } }
  }

  @Test("A heading goes to the next page with the block that it leads")
  func headings() {
    // Letter has 792 - 42 - 52 = 698 points between its borders.
    let flow = PaperFlow(pieces: [piece(600), piece(20, keeps: true), piece(100)])
    let pages = Pagination(flow, on: format).pages
    #expect(pages.map(tops) == [[42], [42, 72]])
  }

  @Test("Pieces that fit exactly stay on the page")
  func exact() {
    let flow = PaperFlow(pieces: [piece(600), piece(88), piece(1)])
    #expect(Pagination(flow, on: format).pages.map(tops) == [[42, 652], [42]])
  }

  @Test("A page that begins within a table repeats its head")
  func heads() {
    var flow = PaperFlow(
      pieces: [piece(600), piece(80, head: 0), piece(80, head: 0), piece(80, head: 0)])
    flow.heads = [piece(20)]
    let pages = Pagination(flow, on: format).pages
    #expect(pages.map(tops) == [[42, 652], [42, 72, 162]])
  }

  @Test("What must lie on its long side turns the page, with the heading that leads it")
  func landscape() {
    let flow = PaperFlow(
      pieces: [
        piece(50), piece(20, keeps: true), piece(100, isLandscape: true), piece(30),
      ])
    let pages = Pagination(flow, on: format).pages
    #expect(pages.map(tops) == [[42], [42, 72], [42]])
    #expect(pages.map(\.size) == [Size(612, 792), Size(792, 612), Size(612, 792)])
  }

  @Test("Without pieces there is one empty page")
  func none() {
    #expect(Pagination(PaperFlow(), on: format).pages.count == 1)
  }

  @Test("Columns that lack little get all of it, the others share the rest alike")
  func shares() {
    #expect(ColumnNeeds.shares(of: 100, among: [10, 200, 20, 200]) == [10, 35, 20, 35])
    #expect(ColumnNeeds.shares(of: 90, among: [50, 60]) == [45, 45])
    #expect(ColumnNeeds.shares(of: 5, among: []) == [])
  }

  @Test("A picture is cut between its boxes, through one only where it is longer than half a page")
  func cuts() {
    let boxes = [0.0...40, 50...90, 100...140, 150...190]
    #expect(PaperPicture.cuts(190, room: 100, around: boxes) == [0...100, 100...190])
    #expect(PaperPicture.cuts(190, room: 120, around: boxes) == [0...99, 99...190])
    #expect(PaperPicture.cuts(190, room: 100, around: [0...190]) == [0...100, 100...190])
    #expect(PaperPicture.cuts(80, room: 100, around: boxes) == [0...80])
  }
}
