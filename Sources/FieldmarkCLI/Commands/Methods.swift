import Encoders
import Fieldmark

extension Command {
  /// `fieldmark methods`: what --method takes.
  package static let methods = Command(
    "methods", "Lists the methods, the ways of asking where.", options: [asJSON.declaration]
  ) { input, output in
    let width = Method.all.map(\.name.count).max() ?? 0
    for method in Method.all {
      let object: JSON = [
        "name": .string(method.name), "summary": .string(method.summary),
        "paper": .string(method.paper),
      ]
      try output.print(
        input[asJSON]
          ? object.written()
          : "\(method.name.padded(to: width))  \(method.summary) (\(method.paper))")
    }
    return .done
  }

  private static let asJSON = Option<Bool>("json", "Prints an object on a line for every method.")
}
