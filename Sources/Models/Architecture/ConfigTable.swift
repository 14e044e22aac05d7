import Ground

/// How a library's config describes models of one family.
///
/// ```swift
/// ConfigTable(
///   names: [("image.patch", "vision_config.patch_size")],
///   defaults: [.init("image.heads", 12, "vision_config.num_attention_heads")])
/// ```
package struct ConfigTable: Sendable {
  /// Fieldmark's name and the file's key, for each setting.
  package typealias Names = [(name: String, key: String)]

  /// A value that the library takes if its file does not say it.
  package struct Default: Sendable {
    let name: String
    let value: JSON
    /// The key under which the file would say it.
    let key: String

    package init(_ name: String, _ value: JSON, _ key: String) {
      self.name = name
      self.value = value
      self.key = key
    }
  }

  let names: Names
  let defaults: [Default]
  /// Keys that change what is computed but no shape, each with the values that the family has.
  let unread: [(key: String, allowed: [JSON])]

  package init(
    names: Names, defaults: [Default] = [], unread: [(key: String, allowed: [JSON])] = []
  ) {
    self.names = names
    self.defaults = defaults
    self.unread = unread
  }
}

/// How to read all configs that may belong to a model.
struct ConfigTables: Sendable {
  let openCLIP: ConfigTable
  /// The tables by `model_type`.
  let transformers: [String: ConfigTable]
  /// The usual names of models that are not read yet, by `model_type`.
  let unreadTypes: [String: String]
  let refusal: Refusal
}
