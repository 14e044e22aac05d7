import Ground

/// The files of settings that lie beside weights. They are recognized by what is in them:
///
///     open_clip_config.json        "model_cfg", "preprocess_cfg"
///     config.json                  transformers' "model_type", or timm's "pretrained_cfg"
///     preprocessor_config.json     transformers' "image_mean"
extension Settings {
  /// Adds what a file says.
  mutating func add(_ json: JSON, from path: Path, _ tables: ConfigTables) throws {
    let source = path.lastComponent.description
    if json["model_cfg"] != nil || json["vision_cfg"] != nil {
      let prefix = json["model_cfg"] == nil ? "" : "model_cfg."
      try add(tables.openCLIP, from: json["model_cfg"] ?? json, source, prefix: prefix)
      if let preprocessing = json["preprocess_cfg"] {
        try add(Self.openCLIPPictures, from: preprocessing, source, prefix: "preprocess_cfg.")
      }
      add(tables.openCLIP.defaults, source)
    } else if let type = json["model_type"]?.string {
      guard let table = tables.transformers[type] else {
        let name = tables.unreadTypes[type] ?? "a model of type '\(printable(type.utf8))'"
        throw Refusal(expected: tables.refusal.expected, another: nil)(source, name)
      }
      try add(table, from: json, source, prefix: "")
      add(table.defaults, source)
    } else if let pretrained = json["pretrained_cfg"] {
      try add(Self.timmPictures, from: pretrained, source, prefix: "pretrained_cfg.")
    } else if json["image_mean"] != nil || json["do_resize"] != nil {
      try add(Self.processor, from: json, source, prefix: "")
      add("processor", true, source: source, key: "image_mean")
    } else {
      throw InputError(
        source, expected: "settings of open_clip, transformers or timm",
        found: "none that are known")
    }
  }

  private mutating func add(_ defaults: [ConfigTable.Default], _ source: String) {
    for entry in defaults { add(entry.name, entry.value, source: source, key: entry.key) }
  }

  private mutating func add(
    _ table: ConfigTable, from json: JSON, _ source: String, prefix: String
  ) throws {
    try add(table.names, from: json, source, prefix: prefix)
    for (key, allowed) in table.unread {
      guard let value = Self.value(key, in: json), value != .null, !allowed.contains(value),
        value.members?.isEmpty != true
      else { continue }
      let expected = allowed.map { $0.written() }.joined(separator: " or ")
      throw InputError(
        "\(source) '\(key)'", expected: expected.isEmpty ? "nothing" : expected,
        found: value.summary, hint: "Fieldmark does not read such models yet")
    }
  }

  private mutating func add(
    _ names: ConfigTable.Names, from json: JSON, _ source: String, prefix: String
  ) throws {
    guard json.members != nil else {
      throw InputError(source, expected: "an object", found: json.summary)
    }
    for (name, key) in names {
      if let value = Self.value(key, in: json), value != .null {
        add(name, value, source: source, key: prefix + key)
      }
    }
  }

  /// Returns the value at a key such as `text_cfg.width`.
  private static func value(_ key: String, in json: JSON) -> JSON? {
    key.split(separator: ".").reduce(Optional(json)) { $0?[String($1)] }
  }

  private static let openCLIPPictures: ConfigTable.Names = [
    ("pictures.mean", "mean"), ("pictures.deviation", "std"),
    ("pictures.filter", "interpolation"), ("pictures.fit", "resize_mode"),
    ("pictures.size", "size"), ("pictures.fill", "fill_color"),
  ]

  private static let timmPictures: ConfigTable.Names = [
    ("pictures.mean", "mean"), ("pictures.deviation", "std"),
    ("pictures.filter", "interpolation"), ("timm.size", "input_size"), ("timm.share", "crop_pct"),
    ("timm.fit", "crop_mode"),
  ]

  private static let processor: ConfigTable.Names = [
    ("pictures.mean", "image_mean"), ("pictures.deviation", "image_std"),
    ("pictures.filter", "resample"), ("processor.resizes", "do_resize"),
    ("processor.crops", "do_center_crop"), ("processor.size", "size"),
    ("processor.crop", "crop_size"),
  ]
}
