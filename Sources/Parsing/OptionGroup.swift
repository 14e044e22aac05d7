/// Options that belong together. Its properties are the options, and there is no list beside them:
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
/// A property may also be an option of another group, or a group. A command names one group, its own,
/// and so has every option that can be reached from it.
@dynamicMemberLookup
package protocol OptionGroup: Sendable {
  init()
}

extension OptionGroup {
  /// What it declares, in the order in which help lists it.
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

/// Of a command without options.
package struct NoOptions: OptionGroup { package init() {} }

/// Any option, whatever the type of its value, and whatever stands for options that are made at run time.
package protocol DeclaringOptions {
  var declarations: [Declaration] { get }
}

extension Option: DeclaringOptions {
  package var declarations: [Declaration] { [declaration] }
}
