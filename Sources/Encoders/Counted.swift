/// A number with what is counted, for sentences that people read.
///
///     counted(1, "picture")                // 1 picture
///     counted(3, "class", "classes")       // 3 classes
package func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
  "\(count) \(count == 1 ? one : many ?? one + "s")"
}
