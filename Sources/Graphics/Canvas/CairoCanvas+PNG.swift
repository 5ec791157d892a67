import CCairo
import CPNG

extension CairoCanvas {
  /// The most pixels on a side of a PNG; Cairo itself ends at 32,767.
  static let largestSide = 16_384.0

  /// The scene as an opaque PNG without a time stamp.
  ///
  /// A scale of 1 gives the size of the scene in pixels, 2 twice that for sharp screens. Throws
  /// `GraphicsError.tooLarge` beyond 16,384 pixels on a side, `GraphicsError.refused` where memory
  /// does not suffice.
  public func png(_ scene: Scene, scale: Int = 2) throws(GraphicsError) -> [UInt8] {
    let pixels = Size(
      (scene.width * Double(scale)).rounded(.up), (scene.height * Double(scale)).rounded(.up))
    guard pixels.width <= Self.largestSide, pixels.height <= Self.largestSide else {
      throw .tooLarge(width: pixels.width, height: pixels.height, limit: Self.largestSide)
    }
    let (width, height) = (max(1, Int(pixels.width)), max(1, Int(pixels.height)))
    guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    else { throw .refused(format: "PNG", reason: "out of memory") }
    defer { cairo_surface_destroy(surface) }
    // Rounded up, the canvas may end within the last pixel: white paper, not transparent black.
    var whole = scene
    whole.width = Double(width) / Double(scale)
    whole.height = Double(height) / Double(scale)
    let failure = FontLibrary.locked {
      let failure = paint(whole, on: surface, scale: Double(scale), format: "PNG")
      cairo_surface_flush(surface)
      return failure
    }
    if let failure { throw failure }
    // The pixels belong to the surface, which lives until this function returns.
    guard let data = cairo_image_surface_get_data(surface) else {
      throw .refused(format: "PNG", reason: "out of memory")
    }
    let stride = Int(cairo_image_surface_get_stride(surface))
    var rgb = [UInt8](repeating: 0, count: width * height * 3)
    rgb.withUnsafeMutableBufferPointer { out in
      var target = 0
      for y in 0..<height {
        // Cairo keeps a pixel as one native 32-bit number, 0x00RRGGBB; rows are aligned to four.
        let row = UnsafeRawPointer(data + y * stride).assumingMemoryBound(to: UInt32.self)
        for x in 0..<width {
          let pixel = row[x]
          out[target] = UInt8(truncatingIfNeeded: pixel >> 16)
          out[target + 1] = UInt8(truncatingIfNeeded: pixel >> 8)
          out[target + 2] = UInt8(truncatingIfNeeded: pixel)
          target += 3
        }
      }
    }
    return try CairoCanvas.encode(rgb, width: width, height: height)
  }

  /// Compresses rows of red, green and blue through libpng's simplified interface.
  ///
  /// That interface keeps libpng's long jumps inside the library, where Swift needs them to stay.
  /// "Fast" fixes filter and level: flat pictures lose little by it and take half the time.
  private static func encode(_ rgb: [UInt8], width: Int, height: Int) throws(GraphicsError)
    -> [UInt8]
  {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(width)
    image.height = UInt32(height)
    image.format = UInt32(PNG_FORMAT_FLAG_COLOR)
    image.flags = UInt32(PNG_IMAGE_FLAG_FAST)
    // Deflate grows by five bytes a block of 16 KB at worst; the rest is chunks.
    let raw = height * (width * 3 + 1)
    var size = raw + raw / 1000 + 4096
    var bytes = [UInt8](repeating: 0, count: size)
    let written = png_image_write_to_memory(&image, &bytes, &size, 0, rgb, 0, nil)
    defer { png_image_free(&image) }
    guard written != 0 else {
      let message = withUnsafeBytes(of: image.message) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw .refused(format: "PNG", reason: message)
    }
    bytes.removeLast(bytes.count - size)
    return bytes
  }
}
