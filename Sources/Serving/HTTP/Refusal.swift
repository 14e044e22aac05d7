import Ground

/// An answer that is thrown instead of returned: a status, and one sentence that says what was
/// wrong.
///
/// ```swift
/// throw Refusal(404, "There is no picture 'p9' here.")
/// ```
///
/// An `InputError` that is not caught is answered with the status 422 and its sentence. Where
/// another status says more, it is named:
///
/// ```swift
/// throw Refusal(415, InputError("picture", expected: "a JPEG, PNG or WebP file", found: "text"))
/// ```
public struct Refusal: Error, Equatable, Sendable, CustomStringConvertible {
  public let status: Int
  public let sentence: String
  /// Headers of this answer alone, such as `Retry-After`.
  public let headers: [String: String]

  public init(_ status: Int, _ sentence: String, headers: [String: String] = [:]) {
    (self.status, self.sentence, self.headers) = (status, sentence, headers)
  }

  public init(_ status: Int, _ error: InputError) {
    self.init(status, error.description)
  }

  public var description: String { sentence }

  var response: Response {
    var response = Response.error(status, sentence)
    response.headers = headers
    return response
  }
}
