import Ground
import Pictures

/// The reading of how a model wants its pictures. It comes from settings of transformers, open_clip
/// or timm, then from what is known of the tag, then from the family.
extension ArchitectureReading {
  mutating func preprocessing(
    for architecture: Architecture, _ form: ModelForm
  ) throws -> Preprocessing {
    let size = askedSize ?? architecture.image.size
    let preprocessing =
      if settings["processor"] != nil {
        try transformersPreprocessing(size)
      } else if settings["timm.size"] != nil {
        try timmPreprocessing()
      } else {
        try form.preprocessing(&self, size)
      }
    if case .crop = preprocessing.fit,
      let source = findings.sources.last(where: { $0.name == "preprocessing.fit" })
    {
      findings.note(source: source.source, of: "preprocessing.shortest")
    }
    let found = Grid(width: preprocessing.width, height: preprocessing.height)
    if !form.takesAnySize, found != size {
      let place = settings["processor.crop"] ?? settings["processor.size"] ?? settings["timm.size"]
      throw InputError(
        place?.place ?? "preprocessing",
        expected: "\(size.width) x \(size.height), as the positions are for",
        found: "\(found.width) x \(found.height)")
    }
    return preprocessing.converting(conversion())
  }

  /// Returns how transparent pictures and inks are converted. transformers' processors lay a
  /// picture on white (`convert_to_rgb` of 5.23). The authors of DINOv2 and timm open it as red,
  /// green and blue. OpenAI's code and open_clip convert it last.
  private mutating func conversion() -> Preprocessing.Conversion {
    let name = "preprocessing.transparency"
    if let processor = settings["processor"] {
      return findings.take(name, .firstOn(.white), processor.source)
    }
    return findings.take(name, layout.transparency, "layout \(layout.name)")
  }

  private static let filters: [(JSON, Filter)] = [
    ("bicubic", .bicubic), ("bilinear", .bilinear), ("lanczos", .lanczos),
    // The numbers are Pillow's, which transformers' files have.
    (3, .bicubic), (2, .bilinear), (1, .lanczos),
  ]

  private mutating func statistics(
    _ standard: ChannelStatistics, _ source: String
  ) throws -> (mean: SIMD3<Float>, deviation: SIMD3<Float>) {
    let mean = try settings.color("pictures.mean") ?? (standard.mean, source)
    let deviation = try settings.color("pictures.deviation") ?? (standard.deviation, source)
    return (
      findings.take("preprocessing.mean", mean),
      findings.take("preprocessing.deviation", deviation)
    )
  }

  private mutating func filter(_ source: String) throws -> Filter {
    let told = try settings.choice("pictures.filter", Self.filters)
    return findings.take("preprocessing.filter", told ?? (.bicubic, source))
  }

  /// Returns open_clip's preprocessing, which a tag may change. `isSquashed` and `statistics` are
  /// the family's own, and hold unless the tag says otherwise.
  package mutating func openCLIPPreprocessing(
    _ size: Grid, isSquashed: Bool = false, _ statistics: ChannelStatistics = .openAI
  ) throws -> Preprocessing {
    let tag = hints.pretrained
    let source = tag.map { "tag \($0.tag)" } ?? "default of the family \(family)"
    findings.note(
      source: askedSize == nil
        ? "size of the model" : settings["image.size"]?.source ?? "size of the model",
      of: "preprocessing.size")
    let isSquare = size.width == size.height
    let both: JSON = [.integer(size.height), .integer(size.width)]
    if let entry = settings["pictures.size"], entry.value != both,
      !isSquare || entry.value != .integer(size.width)
    {
      throw InputError(
        entry.place,
        expected: "\(isSquare ? "\(size.width)" : both.written()), as the positions are for",
        found: entry.value.written())
    }
    let shortest = isSquare ? Preprocessing.Fit.crop(shortest: size.width) : .cover
    let fits: [(JSON, Preprocessing.Fit)] = [
      ("shortest", shortest), ("squash", .squash), ("longest", .pad(try fill())),
    ]
    let standard = isSquashed || tag?.isSquashed == true ? Preprocessing.Fit.squash : shortest
    let fit = findings.take(
      "preprocessing.fit", try settings.choice("pictures.fit", fits) ?? (standard, source))
    let filter = try filter(source)
    let (mean, deviation) = try self.statistics(
      tag?.hasHalfMean == true ? .half : statistics, source)
    return try Preprocessing(
      width: size.width, height: size.height, fit: fit, filter: filter, mean: mean,
      deviation: deviation)
  }

  /// The color around a picture that is shown whole. A single number is a gray.
  private func fill() throws -> Color {
    guard let entry = settings["pictures.fill"] else { return .black }
    let numbers = entry.value.array.map { $0.map(\.integer) } ?? [entry.value.integer]
    let bytes = numbers.compactMap { $0.flatMap { UInt8(exactly: $0) } }
    guard bytes.count == numbers.count, [1, 3].contains(bytes.count) else {
      throw InputError(
        entry.place, expected: "one or three numbers of 0 to 255", found: entry.value.summary)
    }
    return Color(red: bytes[0], green: bytes[bytes.count / 2], blue: bytes[bytes.count - 1])
  }

  /// Returns the preprocessing that all models of a family want, whatever size their positions are
  /// for, and records where it comes from.
  package mutating func familyPreprocessing(_ preprocessing: Preprocessing) -> Preprocessing {
    for part in ["size", "fit", "filter", "mean", "deviation"] {
      findings.note(source: "default of the family \(family)", of: "preprocessing.\(part)")
    }
    return preprocessing
  }

  /// Reads `preprocessor_config.json`: a picture is scaled by its shortest side and cropped, or
  /// squashed.
  private mutating func transformersPreprocessing(_ size: Grid) throws -> Preprocessing {
    let source = settings["processor"]?.source ?? ""
    let flag = { (settings: Settings, name: String) in
      try settings.choice(name, [(true, true), (false, false)])?.value ?? true
    }
    guard try flag(settings, "processor.resizes") else {
      throw InputError(
        source, expected: "pictures that are resized", found: "do_resize false")
    }
    let crops = try flag(settings, "processor.crops")
    let scaled = try side("processor.size", standard: size)
    let cropped = crops ? try side("processor.crop", standard: size) : scaled
    let fit: Preprocessing.Fit
    switch (scaled.shortest, crops) {
    case (let shortest?, true): fit = .crop(shortest: shortest)
    case (nil, _) where (scaled.width, scaled.height) == (cropped.width, cropped.height):
      fit = .squash
    default:
      throw InputError(
        source, expected: "pictures that are cropped or squeezed to one size",
        found: "other settings of 'size' and 'crop_size'")
    }
    let width = findings.take("preprocessing.size", cropped.width, source)
    let taken = findings.take("preprocessing.fit", fit, source)
    let filter = try filter(source)
    let (mean, deviation) = try statistics(.openAI, source)
    return try Preprocessing(
      width: width, height: cropped.height, fit: taken, filter: filter, rounding: .down,
      mean: mean, deviation: deviation)
  }

  /// Returns a size that is written as a number, `{"shortest_edge": 224}` or `{"height": 224,
  /// "width": 224}`.
  private func side(
    _ name: String, standard: Grid
  ) throws -> (width: Int, height: Int, shortest: Int?) {
    guard let entry = settings[name] else {
      let shortest = standard.width == standard.height ? standard.width : nil
      return (standard.width, standard.height, shortest)
    }
    let sides = ["shortest_edge", "width", "height"].map { entry.value[$0]?.integer }
    let numbers = (entry.value.integer.map { [$0, $0, $0] } ?? [])
    if let side = numbers.first ?? sides[0], Preprocessing.sides.contains(side) {
      return (side, side, side)
    }
    if let width = sides[1], let height = sides[2] { return (width, height, nil) }
    throw InputError(
      entry.place, expected: "a size in pixels", found: entry.value.written())
  }

  /// Reads timm's settings: a picture is scaled so that the crop is a given share of it.
  private mutating func timmPreprocessing() throws -> Preprocessing {
    guard let entry = settings["timm.size"], entry.value.array?.count == 3,
      let height = entry.value.array?[1].integer, let width = entry.value.array?[2].integer,
      width == height, Preprocessing.sides.contains(width)
    else {
      throw InputError(
        settings["timm.size"]?.place ?? "input_size", expected: "3, and a square in pixels",
        found: settings["timm.size"]?.value.written() ?? "none")
    }
    let share = try settings.number("timm.share")?.value ?? 1
    guard (0.1...1).contains(share) else {
      throw InputError(
        settings["timm.share"]?.place ?? "crop_pct", expected: "a share of 0.1 to 1",
        found: "\(share)")
    }
    let fits: [(JSON, Preprocessing.Fit)] = [
      ("center", .crop(shortest: Int((Float(width) / share).rounded(.down)))),
      ("squash", .squash),
    ]
    let size = findings.take("preprocessing.size", width, entry.source)
    let fit = findings.take(
      "preprocessing.fit", try settings.choice("timm.fit", fits) ?? (fits[0].1, entry.source))
    let filter = try filter(entry.source)
    let (mean, deviation) = try statistics(.imageNet, entry.source)
    return try Preprocessing(
      width: size, height: size, fit: fit, filter: filter, mean: mean, deviation: deviation)
  }
}
