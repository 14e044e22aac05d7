import Fieldmark

/// The part of JSON Schema that the description of the interface uses.
struct InterfaceSchema {
  /// The whole description, in which references are looked up.
  let root: JSON

  func schema(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }

  /// What is wrong with a value, each as the place and a word; empty if nothing is.
  func faults(_ value: JSON, _ schema: JSON, at place: String = "$") -> [String] {
    if let reference = schema["$ref"]?.string {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      guard let found = root["components"]?["schemas"]?[name] else {
        return ["\(place): no \(name)"]
      }
      return faults(value, found, at: place)
    }
    if let choices = schema["oneOf"]?.array {
      let fitting = choices.count { faults(value, $0, at: place).isEmpty }
      return fitting == 1 ? [] : ["\(place): \(fitting) choices fit"]
    }
    var found: [String] = []
    if let type = schema["type"]?.string, !isOf(type, value) {
      found.append("\(place): no \(type)")
    }
    if let all = schema["enum"]?.array, !all.contains(value) { found.append("\(place): no choice") }
    if let least = schema["minItems"]?.integer, (value.array?.count ?? least) < least {
      found.append("\(place): too few")
    }
    if let most = schema["maxItems"]?.integer, (value.array?.count ?? most) > most {
      found.append("\(place): too many")
    }
    if let items = schema["items"] {
      for (index, element) in (value.array ?? []).enumerated() {
        found += faults(element, items, at: "\(place)[\(index)]")
      }
    }
    for name in schema["required"]?.array?.compactMap(\.string) ?? [] where value[name] == nil {
      found.append("\(place).\(name): missing")
    }
    for member in value.members ?? [] {
      if let own = schema["properties"]?[member.key] {
        found += faults(member.value, own, at: "\(place).\(member.key)")
      } else if schema["additionalProperties"] == false {
        found.append("\(place).\(member.key): unknown")
      }
    }
    return found
  }

  private func isOf(_ type: String, _ value: JSON) -> Bool {
    switch type {
    case "object": value.members != nil
    case "array": value.array != nil
    case "string": value.string != nil
    case "boolean": value.bool != nil
    case "integer": value.integer != nil
    case "number": value.number != nil
    default: false
    }
  }
}
