import CXLSX
import Foundation
import Graphics
import Records

/// A workbook in the making, through libxlsxwriter, in memory.
///
/// One is used by one thread and then finished. What fails in between is kept and thrown at the end.
/// The same calls give the same bytes: the library dates the parts of its zip 1980, and `created` is
/// the given day.
final class Spreadsheet {
  let limits: SheetLimits
  /// How numbers look.
  var numberFormats: NumberFormats
  // libxlsxwriter owns what these point to; all of it is freed when the workbook is closed, or in
  // deinit where it never was. None leaves this room.
  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private var formats: [CellStyle: UnsafeMutablePointer<lxw_format>] = [:]
  private let colours: ReportTheme.Colouring
  private let file: Int32
  private let day: Int
  private var isClosed = false
  private var failure: lxw_error?

  /// An empty workbook.
  ///
  /// - Parameters:
  ///   - title: what its properties call it.
  ///   - company: whose it is.
  ///   - day: the day on which its properties say it was made.
  ///   - locale: how numbers look.
  ///   - colours: those of headings and links.
  ///   - limits: what a sheet holds.
  /// - Throws: `WorkbookFailure.noRoom` where the system gives no file.
  init(
    title: String, company: String, day: Day?, locale: ReportLocale,
    colours: ReportTheme.Colouring,
    limits: SheetLimits = SheetLimits()
  ) throws(WorkbookFailure) {
    var path = [CChar](repeating: 0, count: 64)
    file = cxlsx_memory_file(&path, UInt(path.count))
    guard file >= 0 else { throw .noRoom }
    guard let workbook = workbook_new(path) else {
      close(file)
      throw .noRoom
    }
    self.workbook = workbook
    self.colours = colours
    self.limits = limits
    numberFormats = NumberFormats(locale: locale)
    // A day of 0 would be the present one to libxlsxwriter.
    self.day = max(Int(day?.number ?? 0), 1)
    var properties = lxw_doc_properties()
    properties.created = self.day * 86_400
    // The library copies both texts before it returns and changes neither.
    note(
      String(title.prefix(128)).withCString { title in
        String(company.prefix(128)).withCString { company in
          properties.title = UnsafeMutablePointer(mutating: title)
          properties.company = UnsafeMutablePointer(mutating: company)
          return workbook_set_properties(workbook, &properties)
        }
      })
  }

  deinit {
    if !isClosed { lxw_workbook_free(workbook) }
    close(file)
  }

  /// A new sheet behind the others.
  func sheet(named name: String) throws(WorkbookFailure) -> Sheet {
    guard let sheet = workbook_add_worksheet(workbook, name) else { throw .noRoom }
    return Sheet(sheet, name: name, of: self)
  }

  /// The bytes of the workbook, which takes no more calls.
  func finished() throws(WorkbookFailure) -> [UInt8] {
    isClosed = true
    note(OneDayAtATime.shared.pack(day) { workbook_close(workbook) })
    if let failure {
      guard failure != LXW_ERROR_MEMORY_MALLOC_FAILED else { throw .noRoom }
      throw .refused(Int(failure.rawValue), String(cString: lxw_strerror(failure)))
    }
    let size = Int(lseek(file, 0, SEEK_END))
    guard size > 0 else { throw .noRoom }
    var isWhole = true
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size, isWhole {
        let read = pread(file, buffer.baseAddress.map { $0 + count }, size - count, off_t(count))
        isWhole = read > 0
        count += max(read, 0)
      }
    }
    guard isWhole else { throw .noRoom }
    return bytes
  }

  /// Keeps the first failure.
  func note(_ result: lxw_error) {
    if result != LXW_NO_ERROR, failure == nil { failure = result }
  }

  /// The library's format of a style, made once.
  func format(_ style: CellStyle) -> UnsafeMutablePointer<lxw_format>? {
    if style == CellStyle() { return nil }
    if let format = formats[style] { return format }
    guard let format = workbook_add_format(workbook) else {
      note(LXW_ERROR_MEMORY_MALLOC_FAILED)
      return nil
    }
    apply(style, to: format)
    formats[style] = format
    return format
  }

  private func apply(_ style: CellStyle, to format: UnsafeMutablePointer<lxw_format>) {
    func align(_ alignment: lxw_format_alignments) {
      format_set_align(format, UInt8(alignment.rawValue))
    }
    func number(_ colour: Colour) -> lxw_color_t {
      lxw_color_t(colour.red) << 16 | lxw_color_t(colour.green) << 8 | lxw_color_t(colour.blue)
    }
    if !style.numberFormat.isEmpty { format_set_num_format(format, style.numberFormat) }
    if style.isWeak { format_set_italic(format) }
    if style.isLink { format_set_font_color(format, number(colours.link)) }
    if style.isLink { format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue)) }
    switch style.tone {
    case .neutral: break
    case .good: format_set_font_color(format, number(colours.goodText))
    case .bad: format_set_font_color(format, number(colours.badText))
    }
    if style.isWrapped { format_set_text_wrap(format) }
    if style.isWrapped { align(LXW_ALIGN_VERTICAL_TOP) }
    switch style.alignment {
    case .natural: break
    case .left: align(LXW_ALIGN_LEFT)
    case .right: align(LXW_ALIGN_RIGHT)
    }
    if style.level > 0 { format_set_indent(format, UInt8(min(style.level, 15))) }
    switch style.role {
    case .plain: break
    case .title:
      format_set_bold(format)
      format_set_font_size(format, 16)
    case .heading:
      format_set_bold(format)
      format_set_font_size(format, 12)
    case .head:
      format_set_bold(format)
      format_set_bg_color(format, number(colours.wash))
      format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_bottom_color(format, number(colours.chart.axis))
      format_set_text_wrap(format)
      align(LXW_ALIGN_VERTICAL_TOP)
    case .total:
      format_set_bold(format)
      format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_top_color(format, number(colours.chart.axis))
    case .remark: format_set_font_color(format, number(colours.chart.mutedInk))
    }
  }
}

/// Lets workbooks of one day be packed side by side, and those of another day after them.
///
/// libxlsxwriter writes `created` through `gmtime`, whose answer lies in one place for the whole
/// process. All workbooks of a run are of one day, so none waits there.
final class OneDayAtATime: @unchecked Sendable {
  static let shared = OneDayAtATime()

  // Both under the condition's lock.
  private let condition = NSCondition()
  private var day = 0
  private var count = 0

  /// Runs a body while no other day is packed.
  func pack<Result>(_ day: Int, _ body: () -> Result) -> Result {
    condition.lock()
    while count > 0, self.day != day { condition.wait() }
    self.day = day
    count += 1
    condition.unlock()
    defer {
      condition.lock()
      count -= 1
      if count == 0 { condition.broadcast() }
      condition.unlock()
    }
    return body()
  }
}
