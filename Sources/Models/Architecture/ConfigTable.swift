import Ground

/// What a library's config says of models of one family.
///
/// ```swift
/// ConfigTable(
///   names: [("image.patch", "vision_config.patch_size")],
///   defaults: [.init("image.heads", 12, "vision_config.num_attention_heads")])
/// ```
package struct ConfigTable: Sendable {
  /// Fieldmark's name and the file's, for each setting.
  package typealias Names = [(name: String, key: String)]

  /// What the library takes where its file is silent.
  package struct Default: Sendable {
    let name: String
    let value: JSON
    /// Where the file would say it.
    let key: String

    package init(_ name: String, _ value: JSON, _ key: String) {
      self.name = name
      self.value = value
      self.key = key
    }
  }

  let names: Names
  let defaults: [Default]
  /// Settings that change what is computed but no shape, and the values that the family has.
  let unread: [(key: String, allowed: [JSON])]

  package init(
    names: Names, defaults: [Default] = [], unread: [(key: String, allowed: [JSON])] = []
  ) {
    self.names = names
    self.defaults = defaults
    self.unread = unread
  }
}

/// How all configs are read that may belong to a model.
struct ConfigTables: Sendable {
  let openCLIP: ConfigTable
  /// By `model_type`.
  let transformers: [String: ConfigTable]
  /// What people call models that are not read yet, by `model_type`.
  let unreadTypes: [String: String]
  let refusal: Refusal
}
