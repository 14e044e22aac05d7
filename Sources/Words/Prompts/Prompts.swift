import CFieldmark

/// The templates and phrases of the folder `Prompts/`, which are part of the program.
///
/// ```swift
/// Prompts.templates[0]                                       // a photo of a {}.
/// Prompts.attributes[9].phrase                               // blue wings
/// Prompts.parts(of: Prompts.attributes[9])                   // ["left wing", "right wing"]
/// ```
public enum Prompts {
  /// The templates: sentences that a prompt is put into, at `{}`.
  public static let templates = lines(of: fm_embedded_templates()).map { $0[0] }

  /// A phrase for each of CUB-200-2011's 312 attributes, in its order.
  public static let attributes = lines(of: fm_embedded_attributes()).map {
    AttributePhrase(name: $0[0], phrase: $0[1], base: $0[2])
  }

  /// Returns the parts of the bird, by CUB-200-2011's names, on which an attribute is seen. There
  /// are none if it is a property of the whole bird.
  public static func parts(of attribute: AttributePhrase) -> [String] {
    partsOfGroups[attribute.group] ?? []
  }

  static let partsOfGroups = Dictionary(
    uniqueKeysWithValues: lines(of: fm_embedded_parts()).map { ($0[0], names(in: $0)) })

  /// CUB-200-2011's parts in its order, each with the groups of attributes by which classes are
  /// said to differ on it.
  public static let discriminantParts = lines(of: fm_embedded_discriminant_parts()).map {
    PartGroups(part: $0[0], groups: names(in: $0))
  }

  /// The marks that a bird may have in any color: "eye ring", "epaulets".
  public static let marks = lines(of: fm_embedded_marks()).map { $0[0] }

  /// Returns a prompt put into each template.
  ///
  /// ```swift
  /// Prompts.sentences(about: "red bird")[0]      // a photo of a red bird.
  /// ```
  public static func sentences(about prompt: String, templates: [String] = templates) -> [String] {
    templates.map { template in
      guard let place = template.firstRange(of: "{}") else { return template }
      return template.replacingCharacters(in: place, with: prompt)
    }
  }

  /// Returns the names in the second column, between commas; none if there is no such column.
  private static func names(in columns: [String]) -> [String] {
    (columns.count > 1 ? columns[1].split(separator: ",") : []).map {
      String($0.drop { $0 == " " })
    }
  }

  /// Returns the columns of each line that is neither empty nor a comment.
  private static func lines(of file: fm_embedded) -> [[String]] {
    String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
      .split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t").map(String.init) }
  }
}

/// An attribute of CUB-200-2011 and how to say it.
public struct AttributePhrase: Equatable, Sendable {
  /// The dataset's own name: `has_wing_color::blue`.
  public let name: String
  /// What to look for: "blue wings".
  public let phrase: String
  /// What to compare it with: "bird wings".
  public let base: String

  public init(name: String, phrase: String, base: String) {
    self.name = name
    self.phrase = phrase
    self.base = base
  }

  /// What the attribute is about: `wing_color`.
  public var group: String {
    String(name.dropFirst("has_".count).prefix { $0 != ":" })
  }
}

/// A part of the bird and the groups of attributes that describe it.
public struct PartGroups: Equatable, Sendable {
  public let part: String
  public let groups: [String]

  public init(part: String, groups: [String]) {
    self.part = part
    self.groups = groups
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + self[range.upperBound...]
  }
}
