/// Published weights that are known by an architecture and a tag, with what their shapes and files
/// do not tell.
///
/// ```swift
/// Pretrained("ViT-B/16", tag: "openai")?.repository      // timm/vit_base_patch16_clip_224.openai
/// ```
///
/// They are from open_clip 3.3, `pretrained.py`: every ViT and ResNet that Fieldmark reads.
public struct Pretrained: Equatable, Sendable {
  /// The architecture, such as `ViT-B-16`.
  public let model: String
  /// The tag, such as `openai`.
  public let tag: String
  /// The repository of the hub that has the weights.
  public let repository: String
  /// The name of the file in clip's and open_clip's cache, for weights that were published as such
  /// a file.
  public let file: String?
  /// Whether the weights were trained with QuickGELU rather than the exact GELU.
  public let hasQuickGELU: Bool
  /// Whether pictures are scaled to -1...1, and not by OpenAI's mean and deviation.
  public let hasHalfMean: Bool
  /// Whether pictures are squashed to a square, and not cropped to one.
  public let isSquashed: Bool

  public var name: String { "\(model):\(tag)" }

  /// Finds the weights of a name as open_clip or OpenAI write it: `ViT-B/16` is `ViT-B-16`, and
  /// tags are found in any case and with `-` for `_`.
  public init?(_ model: String, tag: String) {
    let model = Pretrained.architecture(model)
    let tag = tag.lowercased().replacing("-", with: "_")
    guard let found = Pretrained.all.first(where: { $0.model == model && $0.tag == tag }) else {
      return nil
    }
    self = found
  }

  /// Returns the architecture's own name. It has no `-quickgelu`, which names a way to run it, and
  /// it has `-` where OpenAI writes `/` and `@`.
  static func architecture(_ name: String) -> String {
    let name = name.replacing("@", with: "-").replacing("/", with: "-").replacing(
      "336px", with: "336")
    return name.hasSuffix(quickGELUSuffix) ? String(name.dropLast(quickGELUSuffix.count)) : name
  }

  static let quickGELUSuffix = "-quickgelu"

  /// All weights that are known, in open_clip's order.
  public static let all: [Pretrained] = table.split(separator: "\n").map { line in
    Pretrained(words: line.split(separator: " ").map(String.init))
  }

  private init(words: [String]) {
    precondition(words.count >= 4, "A line of the table of tags has four words.")
    model = words[0]
    tag = words[1]
    repository = words[2]
    file = words[3] == "-" ? nil : words[3]
    hasQuickGELU = words.contains("quickgelu")
    hasHalfMean = words.contains("half")
    isSquashed = words.contains("squash")
  }

  /// Each line has the architecture, the tag, the repository, the file in the older cache, and what
  /// is out of the ordinary.
  private static let table = """
    RN50 openai timm/resnet50_clip.openai RN50.pt quickgelu
    RN50 yfcc15m timm/resnet50_clip.yfcc15m rn50-quickgelu-yfcc15m-455df137.pt quickgelu
    RN50 cc12m timm/resnet50_clip.cc12m rn50-quickgelu-cc12m-f000538c.pt quickgelu
    RN101 openai timm/resnet101_clip.openai RN101.pt quickgelu
    RN101 yfcc15m timm/resnet101_clip.yfcc15m rn101-quickgelu-yfcc15m-3e04b30e.pt quickgelu
    RN50x4 openai timm/resnet50x4_clip.openai RN50x4.pt quickgelu
    RN50x16 openai timm/resnet50x16_clip.openai RN50x16.pt quickgelu
    RN50x64 openai timm/resnet50x64_clip.openai RN50x64.pt quickgelu
    ViT-B-32 openai timm/vit_base_patch32_clip_224.openai ViT-B-32.pt quickgelu
    ViT-B-32 laion400m_e31 timm/vit_base_patch32_clip_224.laion400m_e31 vit_b_32-quickgelu-laion400m_e31-d867053b.pt quickgelu
    ViT-B-32 laion400m_e32 timm/vit_base_patch32_clip_224.laion400m_e32 vit_b_32-quickgelu-laion400m_e32-46683a32.pt quickgelu
    ViT-B-32 laion2b_e16 timm/vit_base_patch32_clip_224.laion2b_e16 vit_b_32-laion2b_e16-af8dbd0c.pth
    ViT-B-32 laion2b_s34b_b79k laion/CLIP-ViT-B-32-laion2B-s34B-b79K -
    ViT-B-32 datacomp_xl_s13b_b90k laion/CLIP-ViT-B-32-DataComp.XL-s13B-b90K -
    ViT-B-32 datacomp_m_s128m_b4k laion/CLIP-ViT-B-32-DataComp.M-s128M-b4K -
    ViT-B-32 commonpool_m_clip_s128m_b4k laion/CLIP-ViT-B-32-CommonPool.M.clip-s128M-b4K -
    ViT-B-32 commonpool_m_laion_s128m_b4k laion/CLIP-ViT-B-32-CommonPool.M.laion-s128M-b4K -
    ViT-B-32 commonpool_m_image_s128m_b4k laion/CLIP-ViT-B-32-CommonPool.M.image-s128M-b4K -
    ViT-B-32 commonpool_m_text_s128m_b4k laion/CLIP-ViT-B-32-CommonPool.M.text-s128M-b4K -
    ViT-B-32 commonpool_m_basic_s128m_b4k laion/CLIP-ViT-B-32-CommonPool.M.basic-s128M-b4K -
    ViT-B-32 commonpool_m_s128m_b4k laion/CLIP-ViT-B-32-CommonPool.M-s128M-b4K -
    ViT-B-32 datacomp_s_s13m_b4k laion/CLIP-ViT-B-32-DataComp.S-s13M-b4K -
    ViT-B-32 commonpool_s_clip_s13m_b4k laion/CLIP-ViT-B-32-CommonPool.S.clip-s13M-b4K -
    ViT-B-32 commonpool_s_laion_s13m_b4k laion/CLIP-ViT-B-32-CommonPool.S.laion-s13M-b4K -
    ViT-B-32 commonpool_s_image_s13m_b4k laion/CLIP-ViT-B-32-CommonPool.S.image-s13M-b4K -
    ViT-B-32 commonpool_s_text_s13m_b4k laion/CLIP-ViT-B-32-CommonPool.S.text-s13M-b4K -
    ViT-B-32 commonpool_s_basic_s13m_b4k laion/CLIP-ViT-B-32-CommonPool.S.basic-s13M-b4K -
    ViT-B-32 commonpool_s_s13m_b4k laion/CLIP-ViT-B-32-CommonPool.S-s13M-b4K -
    ViT-B-32 metaclip_400m timm/vit_base_patch32_clip_224.metaclip_400m b32_400m.pt quickgelu
    ViT-B-32 metaclip_fullcc timm/vit_base_patch32_clip_224.metaclip_2pt5b b32_fullcc2.5b.pt quickgelu
    ViT-B-32-256 datacomp_s34b_b86k laion/CLIP-ViT-B-32-256x256-DataComp-s34B-b86K -
    ViT-B-16 openai timm/vit_base_patch16_clip_224.openai ViT-B-16.pt quickgelu
    ViT-B-16 laion400m_e31 timm/vit_base_patch16_clip_224.laion400m_e31 vit_b_16-laion400m_e31-00efa78f.pt
    ViT-B-16 laion400m_e32 timm/vit_base_patch16_clip_224.laion400m_e32 vit_b_16-laion400m_e32-55e67d44.pt
    ViT-B-16 laion2b_s34b_b88k laion/CLIP-ViT-B-16-laion2B-s34B-b88K -
    ViT-B-16 datacomp_xl_s13b_b90k laion/CLIP-ViT-B-16-DataComp.XL-s13B-b90K -
    ViT-B-16 datacomp_l_s1b_b8k laion/CLIP-ViT-B-16-DataComp.L-s1B-b8K -
    ViT-B-16 commonpool_l_clip_s1b_b8k laion/CLIP-ViT-B-16-CommonPool.L.clip-s1B-b8K -
    ViT-B-16 commonpool_l_laion_s1b_b8k laion/CLIP-ViT-B-16-CommonPool.L.laion-s1B-b8K -
    ViT-B-16 commonpool_l_image_s1b_b8k laion/CLIP-ViT-B-16-CommonPool.L.image-s1B-b8K -
    ViT-B-16 commonpool_l_text_s1b_b8k laion/CLIP-ViT-B-16-CommonPool.L.text-s1B-b8K -
    ViT-B-16 commonpool_l_basic_s1b_b8k laion/CLIP-ViT-B-16-CommonPool.L.basic-s1B-b8K -
    ViT-B-16 commonpool_l_s1b_b8k laion/CLIP-ViT-B-16-CommonPool.L-s1B-b8K -
    ViT-B-16 dfn2b apple/DFN2B-CLIP-ViT-B-16 - quickgelu
    ViT-B-16 metaclip_400m timm/vit_base_patch16_clip_224.metaclip_400m b16_400m.pt quickgelu
    ViT-B-16 metaclip_fullcc timm/vit_base_patch16_clip_224.metaclip_2pt5b b16_fullcc2.5b.pt quickgelu
    ViT-B-16-plus-240 laion400m_e31 timm/vit_base_patch16_plus_clip_240.laion400m_e31 vit_b_16_plus_240-laion400m_e31-8fb26589.pt
    ViT-B-16-plus-240 laion400m_e32 timm/vit_base_patch16_plus_clip_240.laion400m_e31 vit_b_16_plus_240-laion400m_e32-699c4b84.pt
    ViT-L-14 openai timm/vit_large_patch14_clip_224.openai ViT-L-14.pt quickgelu
    ViT-L-14 laion400m_e31 timm/vit_large_patch14_clip_224.laion400m_e31 vit_l_14-laion400m_e31-69988bb6.pt
    ViT-L-14 laion400m_e32 timm/vit_large_patch14_clip_224.laion400m_e32 vit_l_14-laion400m_e32-3d133497.pt
    ViT-L-14 laion2b_s32b_b82k laion/CLIP-ViT-L-14-laion2B-s32B-b82K - half
    ViT-L-14 datacomp_xl_s13b_b90k laion/CLIP-ViT-L-14-DataComp.XL-s13B-b90K -
    ViT-L-14 commonpool_xl_clip_s13b_b90k laion/CLIP-ViT-L-14-CommonPool.XL.clip-s13B-b90K -
    ViT-L-14 commonpool_xl_laion_s13b_b90k laion/CLIP-ViT-L-14-CommonPool.XL.laion-s13B-b90K -
    ViT-L-14 commonpool_xl_s13b_b90k laion/CLIP-ViT-L-14-CommonPool.XL-s13B-b90K -
    ViT-L-14 metaclip_400m timm/vit_large_patch14_clip_224.metaclip_400m l14_400m.pt quickgelu
    ViT-L-14 metaclip_fullcc timm/vit_large_patch14_clip_224.metaclip_2pt5b l14_fullcc2.5b.pt quickgelu
    ViT-L-14 dfn2b apple/DFN2B-CLIP-ViT-L-14 - quickgelu
    ViT-L-14 dfn2b_s39b apple/DFN2B-CLIP-ViT-L-14-39B -
    ViT-L-14-336 openai timm/vit_large_patch14_clip_336.openai ViT-L-14-336px.pt quickgelu
    ViT-H-14 laion2b_s32b_b79k laion/CLIP-ViT-H-14-laion2B-s32B-b79K -
    ViT-H-14 metaclip_fullcc timm/vit_huge_patch14_clip_224.metaclip_2pt5b h14_fullcc2.5b.pt quickgelu
    ViT-H-14 metaclip_altogether timm/vit_huge_patch14_clip_224.metaclip_altogether h14_v1.2_altogether.pt
    ViT-H-14 dfn5b apple/DFN5B-CLIP-ViT-H-14 - quickgelu squash
    ViT-H-14-378 dfn5b apple/DFN5B-CLIP-ViT-H-14-378 - quickgelu squash
    ViT-g-14 laion2b_s12b_b42k laion/CLIP-ViT-g-14-laion2B-s12B-b42K -
    ViT-g-14 laion2b_s34b_b88k laion/CLIP-ViT-g-14-laion2B-s34B-b88K -
    ViT-bigG-14 laion2b_s39b_b160k laion/CLIP-ViT-bigG-14-laion2B-39B-b160k -
    ViT-bigG-14 metaclip_fullcc timm/vit_gigantic_patch14_clip_224.metaclip_2pt5b G14_fullcc2.5b.pt quickgelu
    """
}
