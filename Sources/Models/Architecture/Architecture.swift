import Ground
import Pictures

/// What a model is made of: all that the shapes of its weights tell, and also what they do not,
/// such as the number of heads.
///
/// ```swift
/// model.architecture.image.blocks.width      // 768
/// model.architecture.text?.merges            // 48894
/// ```
public struct Architecture: Equatable, Sendable {
  /// The family, as `models show --json` prints it: `vit`.
  public var kind: String
  public var image: Image
  /// The text encoder; nil for models of pictures alone.
  public var text: Text?
  /// The width of an embedding, that is, of the space that pictures and words share.
  public var embedding: Int
  /// The function that blocks apply between their two products. If the picture encoder has no such
  /// blocks, it is the one of the text encoder.
  public var activation: Activation

  package init(
    kind: String, image: Image, text: Text?, embedding: Int, activation: Activation? = nil
  ) {
    self.kind = kind
    self.image = image
    self.text = text
    self.embedding = embedding
    self.activation = activation ?? image.blocks.activation
  }

  /// A stack of transformer blocks. For a ResNet it is the attention that pools its last pixels.
  public struct Blocks: Equatable, Sendable {
    public var width: Int
    public var layers: Int
    public var heads: Int
    /// The width between the two products of a block.
    public var mlp: Int
    public var activation: Activation
    /// What every norm adds to the variance.
    public var epsilon: Float

    public var headWidth: Int { width / heads }

    package init(
      width: Int, layers: Int, heads: Int, mlp: Int, activation: Activation, epsilon: Float
    ) {
      self.width = width
      self.layers = layers
      self.heads = heads
      self.mlp = mlp
      self.activation = activation
      self.epsilon = epsilon
    }
  }

  public struct Image: Equatable, Sendable {
    /// The size in pixels of the pictures that the positions belong to.
    public var size: Grid
    /// The side of the square that becomes a token.
    public var patch: Int
    public var blocks: Blocks
    /// The number of tokens besides the class token and the patches. They have no positions.
    public var registers = 0
    /// Whether each branch of a block is scaled, channel by channel.
    public var hasLayerScale = false
    /// Whether queries, keys and values have a bias.
    public var hasAttentionBias = true
    /// Whether blocks multiply one half of their inner width by the other.
    public var hasSwiGLU = false
    /// The number of blocks in each of a ResNet's four stages; empty for transformers.
    public var stages: [Int] = []
    /// The width of a ResNet's first stage.
    public var stemWidth = 0
    public var pooling = Pooling.classToken

    /// The number of patches across and down.
    public var grid: Grid { size.divided(by: patch) }

    package init(size: Grid, patch: Int, blocks: Blocks) {
      self.size = size
      self.patch = patch
      self.blocks = blocks
    }
  }

  public struct Text: Equatable, Sendable {
    public var blocks: Blocks
    /// The number of tokens in the longest text.
    public var context: Int
    /// The number of tokens that the model has positions for. They are stretched if the context is
    /// another.
    public var positions: Int
    /// The number of rows in the table of tokens.
    public var vocabulary: Int
    public var pooling: Pooling
    /// Whether each branch of a block is scaled, channel by channel.
    public var hasLayerScale = false
    /// Whether the projection has a bias.
    public var hasProjectionBias = false
    /// Whether a bias is added to every logit, as a sigmoid loss needs it.
    public var hasLogitBias = false

    package init(
      blocks: Blocks, context: Int, positions: Int, vocabulary: Int, pooling: Pooling
    ) {
      self.blocks = blocks
      self.context = context
      self.positions = positions
      self.vocabulary = vocabulary
      self.pooling = pooling
    }

    /// The number of tokens that texts can have. Rows beyond CLIP's own vocabulary are never used.
    public var tokens: Int { min(vocabulary, Self.largestVocabulary) }

    /// The number of merges that the tokens come from. The other tokens are 256 bytes, each also as
    /// the end of a word, and the marks for start and end.
    public var merges: Int { tokens - Self.withoutMerges }

    static let withoutMerges = 514
    /// The size of OpenAI's whole vocabulary, which is the only one that is read.
    static let largestVocabulary = 49408
  }

  /// Whose output stands for the whole picture or text.
  public enum Pooling: Equatable, Sendable {
    case classToken
    /// The attention at the end of a ResNet, in which the mean of the last pixels looks at all of
    /// them.
    case attention
    /// The token with the highest number, or the first of several. This usually is the end of the
    /// text.
    case highestNumber
    /// The first token with this number.
    case first(Int)
  }
}

/// The function that is applied between the two products of a block.
public enum Activation: String, CaseIterable, Sendable {
  /// x * sigmoid(1.702 x), as in OpenAI's models.
  case quickGELU = "quickgelu"
  /// x * Φ(x), exactly.
  case gelu = "gelu"
  /// x * Φ(x), approximated by a hyperbolic tangent.
  case geluTanh = "gelu-tanh"
  /// x * sigmoid(x), applied to the first half of SwiGLU.
  case silu = "silu"

}

extension Activation: Named {
  public static let kind = "an activation"
  /// The activations that may be chosen for a model. The last one belongs to SwiGLU and to nothing
  /// else.
  public static let all: [Activation] = [.quickGELU, .gelu, .geluTanh]
}

extension Architecture.Pooling: CustomStringConvertible {
  public var description: String {
    switch self {
    case .classToken: "class token"
    case .attention: "attention"
    case .highestNumber: "highest token number"
    case .first(let number): "first token \(number)"
    }
  }
}
