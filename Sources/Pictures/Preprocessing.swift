import Ground

/// What is done to a picture before a model sees it: resizing, cropping and scaling its colors.
///
/// ```swift
/// let preprocessing = Preprocessing.openAI(224)
/// preprocessing.pixels(of: bird)      // 224 x 224, as Pillow and torchvision give them
/// preprocessing.tensor(of: bird)      // 3 x 224 x 224 numbers, each (x / 255 - mean) / deviation
/// preprocessing.region(of: bird)      // the part of the picture that the model sees
/// ```
public struct Preprocessing: Equatable, Sendable {
  /// How a picture of any shape is fitted to the shape that a model takes.
  public enum Fit: Equatable, Sendable {
    /// The shortest side gets this length, and then the middle is cut out. CLIP was trained with
    /// this.
    case crop(shortest: Int)
    /// The picture is resized until it just covers the model's shape, and then the middle is cut
    /// out. open_clip does this for models that are not square.
    case cover
    /// Both sides are made to fit, however that distorts the shapes in the picture.
    case squash
    /// The whole picture is shown, with a color around it. open_clip calls this `longest`.
    case pad(Color)
    /// The picture keeps its size, rounded up to whole patches of so many pixels; see `NativeSize`.
    case native(patch: Int)
  }

  /// Where the middle is when it falls between two pixels.
  public enum Rounding: Equatable, Sendable {
    /// Half to even, as Python rounds. torchvision does this, and so do OpenAI's code and
    /// open_clip.
    case halfToEven
    /// Down, as Hugging Face's processors do.
    case down
  }

  /// How a picture that is transparent or has inks is converted to red, green and blue. Each
  /// library does it in its own way.
  public enum Conversion: Equatable, Sendable {
    /// It is resized as it is, with colors weighed by alpha, and then alpha is dropped. OpenAI's
    /// code and open_clip do this.
    case last
    /// It is converted to red, green and blue before resizing, which shows the colors under its
    /// alpha. The code of DINOv2's authors and timm do this.
    case first
    /// It is laid on a color before resizing; the processors of transformers take white.
    case firstOn(Color)
  }

  /// The size of the pictures that the model takes, in pixels.
  public let width: Int
  public let height: Int
  public let fit: Fit
  public let filter: Filter
  public let rounding: Rounding
  public let transparency: Conversion
  /// The mean of red, green and blue, which is subtracted from numbers between 0 and 1.
  public let mean: SIMD3<Float>
  /// The deviation, by which the difference is divided.
  public let deviation: SIMD3<Float>

  /// The lengths that a side may have, with room above those that models take.
  public static let sides = 1...8192

  /// Creates a preprocessing such as config files describe, and refuses what cannot be.
  public init(
    width: Int, height: Int, fit: Fit, filter: Filter = .bicubic,
    rounding: Rounding = .halfToEven, transparency: Conversion = .last, mean: SIMD3<Float>,
    deviation: SIMD3<Float>
  ) throws {
    let shortest = if case .crop(let shortest) = fit { shortest } else { height }
    for side in [width, height, shortest] where !Preprocessing.sides.contains(side) {
      throw InputError(
        "preprocessing",
        expected: "a side of \(Preprocessing.sides.lowerBound) to \(Preprocessing.sides.upperBound)"
          + " pixels", found: "\(side)")
    }
    for index in 0..<3 where !(mean[index].isFinite && deviation[index].isNormal) {
      throw InputError(
        "preprocessing", expected: "a mean and a deviation to divide by",
        found: "\(mean[index]) and \(deviation[index])")
    }
    self.init(
      known: width, height, fit: fit, filter: filter, rounding: rounding,
      transparency: transparency, mean: mean, deviation: deviation)
  }

  /// Creates the preprocessing of a family of models, whose numbers are known to be right.
  init(
    known width: Int, _ height: Int, fit: Fit, filter: Filter, rounding: Rounding = .halfToEven,
    transparency: Conversion = .last, mean: SIMD3<Float>, deviation: SIMD3<Float>
  ) {
    self.width = width
    self.height = height
    self.fit = fit
    self.filter = filter
    self.rounding = rounding
    self.transparency = transparency
    self.mean = mean
    self.deviation = deviation
  }
}

extension Preprocessing {
  /// Returns the same preprocessing for another size. A middle that is cut out keeps its share of
  /// the picture. If the new size is not square, the picture just covers it.
  public func resized(width: Int, height: Int) throws -> Preprocessing {
    var fit = fit
    if case .crop(let shortest) = fit {
      let side = Double(shortest) * Double(width) / Double(self.width)
      fit = width == height ? .crop(shortest: Int(side.rounded())) : .cover
    }
    return try Preprocessing(
      width: width, height: height, fit: fit, filter: filter, rounding: rounding,
      transparency: transparency, mean: mean, deviation: deviation)
  }

  /// Returns the same preprocessing with another fit.
  public func fitting(_ fit: Fit) throws -> Preprocessing {
    try Preprocessing(
      width: width, height: height, fit: fit, filter: filter, rounding: rounding,
      transparency: transparency, mean: mean, deviation: deviation)
  }

  /// Returns the same preprocessing with another conversion.
  package func converting(_ transparency: Conversion) -> Preprocessing {
    Preprocessing(
      known: width, height, fit: fit, filter: filter, rounding: rounding,
      transparency: transparency, mean: mean, deviation: deviation)
  }

  /// Returns what the model sees, still in bytes.
  public func pixels(of picture: Picture) -> Picture {
    let picture = converted(picture)
    if case .native = fit { return NativeSize.pixels(of: picture, width, height, filter) }
    let placement = placement(width: picture.width, height: picture.height)
    let columns = placement.columns(width)
    let rows = placement.rows(height)
    let window = picture.resized(
      width: placement.width, height: placement.height, columns: columns, rows: rows, filter)
    if columns.count == width && rows.count == height { return window }
    return window.framed(
      width: width, height: height, left: max(0, -placement.x), top: max(0, -placement.y),
      color: fill)
  }

  /// Returns what the model sees, as numbers: all of red, then green, then blue, each row by row.
  public func tensor(of picture: Picture) -> [Float] { tensor(ofPixels: pixels(of: picture)) }

  /// Returns (x / 255 - mean) / deviation of each byte x, in PyTorch's order of operations and with
  /// its rounding. Each channel has only 256 different results, which are looked up in a table.
  package func tensor(ofPixels picture: Picture) -> [Float] {
    let size = picture.width * picture.height
    return [Float](unsafeUninitializedCapacity: 3 * size) { numbers, count in
      picture.pixels.withUnsafeBufferPointer { pixels in
        for channel in 0..<3 {
          let answers = (0..<256).map { (Float($0) / 255 - mean[channel]) / deviation[channel] }
          answers.withUnsafeBufferPointer { answers in
            for place in 0..<size {
              numbers.initializeElement(
                at: channel * size + place, to: answers[Int(pixels[place * 3 + channel])])
            }
          }
        }
      }
      count = 3 * size
    }
  }

  private var fill: Color {
    if case .pad(let color) = fit { color } else { .black }
  }
}

extension Preprocessing {
  /// Returns the same preprocessing for pictures that keep their size.
  package func native(patch: Int) throws -> Preprocessing {
    try Preprocessing(
      width: width, height: height, fit: .native(patch: patch), filter: .bicubic,
      rounding: rounding, mean: mean, deviation: deviation)
  }

  /// Returns the preprocessing at the size of a picture if pictures keep their size, and otherwise
  /// itself.
  package func fitted(to picture: Picture) -> Preprocessing {
    guard case .native(let patch) = fit else { return self }
    let (width, height) = NativeSize.shrunk(picture.width, picture.height)
    return Preprocessing(
      known: NativeSize.upToPatches(width, patch), NativeSize.upToPatches(height, patch), fit: fit,
      filter: filter, rounding: rounding, mean: mean, deviation: deviation)
  }
}

extension Picture {
  /// Returns the picture within a larger one of one color.
  fileprivate func framed(width: Int, height: Int, left: Int, top: Int, color: Color) -> Picture {
    var framed: [UInt8] = []
    framed.reserveCapacity(width * height * 3)
    for _ in 0..<width * height { framed += [color.red, color.green, color.blue] }
    for row in 0..<self.height {
      let start = ((top + row) * width + left) * 3
      framed.replaceSubrange(
        start..<start + self.width * 3,
        with: pixels[row * self.width * 3..<(row + 1) * self.width * 3])
    }
    return Picture(
      width: width, height: height, pixels: framed, orientation: orientation, notes: notes)
  }
}
