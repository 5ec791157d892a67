import CPNG
import Foundation

/// The pixels of a picture, to be compared with those of another.
struct Picture {
  var width: Int
  var height: Int
  /// Red, green and blue in turn, row by row.
  var pixels: [UInt8]

  /// Reads a PNG; nil where it is none.
  init?(png: [UInt8]) {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    guard png_image_begin_read_from_memory(&image, png, png.count) != 0 else { return nil }
    defer { png_image_free(&image) }
    image.format = UInt32(PNG_FORMAT_FLAG_COLOR)
    width = Int(image.width)
    height = Int(image.height)
    pixels = [UInt8](repeating: 0, count: width * height * 3)
    var white = png_color(red: 255, green: 255, blue: 255)
    guard png_image_finish_read(&image, &white, &pixels, 0, nil) != 0 else { return nil }
  }

  /// Reads a portable pixmap as Poppler writes it; nil where it is none.
  init?(ppm: Data) {
    let words = ppm.prefix(32).split(maxSplits: 4) { $0 == 0x0A || $0 == 0x20 }
    guard words.count == 5, String(decoding: words[0], as: UTF8.self) == "P6",
      let width = Int(String(decoding: words[1], as: UTF8.self)),
      let height = Int(String(decoding: words[2], as: UTF8.self))
    else { return nil }
    self.width = width
    self.height = height
    pixels = Array(ppm.suffix(width * height * 3))
  }

  /// How different two pictures are in blocks of eight by eight pixels, each by its mean colour.
  ///
  /// Blocks, because two renderers blur the edge of a letter differently; a mark that is absent, of
  /// another colour or in another place changes whole blocks.
  ///
  /// - Returns: The mean difference of all blocks and that of the worst, of 255; nil where the
  ///   pictures differ in size.
  func difference(from other: Picture) -> (mean: Double, worst: Double)? {
    guard abs(width - other.width) <= 1, abs(height - other.height) <= 1 else { return nil }
    let (columns, rows) = (min(width, other.width) / 8, min(height, other.height) / 8)
    var (sum, worst) = (0.0, 0.0)
    for row in 0..<rows {
      for column in 0..<columns {
        let (mine, theirs) = (block(row, column), other.block(row, column))
        let difference = zip(mine, theirs).map { abs($0 - $1) }.max() ?? 0
        sum += difference
        worst = max(worst, difference)
      }
    }
    return (sum / Double(max(1, rows * columns)), worst)
  }

  private func block(_ row: Int, _ column: Int) -> [Double] {
    var sums = [0, 0, 0]
    for y in (row * 8)..<(row * 8 + 8) {
      for x in (column * 8)..<(column * 8 + 8) {
        for channel in 0..<3 { sums[channel] += Int(pixels[(y * width + x) * 3 + channel]) }
      }
    }
    return sums.map { Double($0) / 64 }
  }
}
