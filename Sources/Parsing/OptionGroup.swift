/// Options that belong together. The properties are the options, so no separate list is needed:
///
/// ```swift
/// struct ModelOptions: OptionGroup {
///   let model = Option<Path>("model", short: "m", default: "demo", "The model ...")
///   let threads = Option<Int?>("threads", "How many cores ...")
/// }
///
/// input[ModelOptions.model]
/// ```
///
/// A property may also be an option of another group, or a whole group. A command names one group
/// and has every option that can be reached from it.
@dynamicMemberLookup
package protocol OptionGroup: Sendable {
  init()
}

extension OptionGroup {
  /// The options that the group declares, in the order of help.
  package static var declarations: [Declaration] { Self().declared }

  package static subscript<Value>(
    dynamicMember path: KeyPath<Self, Option<Value>>
  ) -> Option<Value> { Self()[keyPath: path] }

  fileprivate var declared: [Declaration] {
    Mirror(reflecting: self).children.flatMap { child in
      (child.value as? any DeclaringOptions)?.declarations
        ?? (child.value as? [any DeclaringOptions])?.flatMap(\.declarations)
        ?? (child.value as? any OptionGroup)?.declared ?? []
    }
  }
}

/// The group of a command without options.
package struct NoOptions: OptionGroup { package init() {} }

/// An option of any type, or a collection of options that are made at run time.
package protocol DeclaringOptions {
  var declarations: [Declaration] { get }
}

extension Option: DeclaringOptions {
  package var declarations: [Declaration] { [declaration] }
}
