import Ground
import Pictures

/// What a model is made of: all that its weights' shapes, and what they do not tell, say of it.
///
/// ```swift
/// model.architecture.image.blocks.width      // 768
/// model.architecture.text?.merges            // 48894
/// ```
public struct Architecture: Equatable, Sendable {
  /// The family, as `models show --json` has it: `vit`.
  public var kind: String
  public var image: Image
  /// Nil for models of pictures alone.
  public var text: Text?
  /// The width of an embedding: of the space that pictures and words share.
  public var embedding: Int
  /// What its blocks apply between their two products; of a network for pictures that has no such
  /// blocks, those for texts.
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

  /// A stack of transformer blocks; of a ResNet, the attention that pools its last pixels.
  public struct Blocks: Equatable, Sendable {
    public var width: Int
    public var layers: Int
    public var heads: Int
    /// The width between the two products of a block.
    public var mlp: Int
    public var activation: Activation
    /// Added to the variance by every norm.
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
    /// Of the pictures that the positions belong to, in pixels.
    public var size: Grid
    /// The side of the square that becomes a token.
    public var patch: Int
    public var blocks: Blocks
    /// Tokens beside the class and the patches, which no position belongs to.
    public var registers = 0
    /// Whether each branch of a block is scaled, channel by channel.
    public var hasLayerScale = false
    /// Whether something is added to queries, keys and values.
    public var hasAttentionBias = true
    /// Whether blocks multiply one half of their inner width by the other.
    public var hasSwiGLU = false
    /// The blocks of a ResNet's four stages; none for transformers.
    public var stages: [Int] = []
    /// What a ResNet's first stage is wide.
    public var stemWidth = 0
    public var pooling = Pooling.classToken

    /// Patches across and down.
    public var grid: Grid { size.divided(by: patch) }

    package init(size: Grid, patch: Int, blocks: Blocks) {
      self.size = size
      self.patch = patch
      self.blocks = blocks
    }
  }

  public struct Text: Equatable, Sendable {
    public var blocks: Blocks
    /// Tokens of the longest text.
    public var context: Int
    /// The tokens that the model has positions for, which are stretched where the context is another.
    public var positions: Int
    /// Rows of the table of tokens.
    public var vocabulary: Int
    public var pooling: Pooling
    /// Whether each branch of a block is scaled, channel by channel.
    public var hasLayerScale = false
    /// Whether something is added behind the projection.
    public var hasProjectionBias = false
    /// Whether something is added to every logit, as a loss of sigmoids needs it.
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

    /// The tokens that texts can have: rows beyond CLIP's own are never met.
    public var tokens: Int { min(vocabulary, Self.largestVocabulary) }

    /// The merges that the tokens come from: the rest are 256 bytes, each also as the end of a
    /// word, and the marks for start and end.
    public var merges: Int { tokens - Self.withoutMerges }

    static let withoutMerges = 514
    /// OpenAI's whole vocabulary, which is the only one that is read.
    static let largestVocabulary = 49408
  }

  /// Whose output stands for the whole.
  public enum Pooling: Equatable, Sendable {
    case classToken
    /// A ResNet's: the mean of the last pixels looks at all of them.
    case attention
    /// The token with the highest number, the first of them: the end of the text, as a rule.
    case highestNumber
    /// The first token of this number.
    case first(Int)
  }
}

/// What is applied between the two products of a block.
public enum Activation: String, CaseIterable, Sendable {
  /// x * sigmoid(1.702 x): OpenAI's.
  case quickGELU = "quickgelu"
  /// x * Φ(x), exactly.
  case gelu = "gelu"
  /// The same by way of a hyperbolic tangent.
  case geluTanh = "gelu-tanh"
  /// x * sigmoid(x), of the first half, in SwiGLU.
  case silu = "silu"

}

extension Activation: Named {
  public static let kind = "an activation"
  /// Those that may be chosen for a model: the last belongs to SwiGLU and to nothing else.
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
