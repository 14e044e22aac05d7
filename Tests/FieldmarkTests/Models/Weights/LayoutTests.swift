import Fieldmark
import Testing

/// What safetensors and PyTorch read from the same files: how many tensors, and a digest of their
/// names, shapes and numbers.
///
///     python3 References/make_stores.py Tests/References/stores ../shared/goldens
@Test(
  .enabled(if: ReferenceData.present, "needs FIELDMARK_REFERENCES"),
  arguments: [
    (
      "tiny1/huggingface/model.safetensors", 78,
      "77f44bfced89b85519888cb14477cef8546259a47dafe0bf578713c62c077cf0"
    ),
    (
      "tiny1/open_clip/open_clip_model.safetensors", 62,
      "feb9cc402baccfd3d5194a1f0a44178c8d5b041fa65146e2e7d67af533570b90"
    ),
    (
      "tiny1/pytorch/checkpoint.pt", 62,
      "feb9cc402baccfd3d5194a1f0a44178c8d5b041fa65146e2e7d67af533570b90"
    ),
    (
      "tiny1/pytorch/torchscript.pt", 65,
      "3c0f866d8f55e879f6e41e08ab5e732378b88acb91a4104505a1a563394ee2e2"
    ),
    (
      "tiny2/huggingface/model.safetensors", 94,
      "74467db0668698e2942ec20fa00dc9429210563fea0b1f6b1125898fb7b4ee33"
    ),
    (
      "tiny2/open_clip/open_clip_model.safetensors", 74,
      "5614595d5235b56d9a20061c4dd32039d0d86cc7c8849a1bfd4a99e155159177"
    ),
    (
      "tiny2/pytorch/checkpoint.pt", 74,
      "5614595d5235b56d9a20061c4dd32039d0d86cc7c8849a1bfd4a99e155159177"
    ),
  ])
func everyLayoutHasTheNumbersThatItsOwnReaderGives(
  file: String, count: Int, expected: String
) throws {
  let checkpoint = try Checkpoint(ReferenceData.path("goldens/" + file))
  var digest = Digest.sha256
  for name in checkpoint.names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
    let tensor = try checkpoint.tensor(name)
    let shape = tensor.shape.map(String.init).joined(separator: ", ")
    digest.add(Array("\(name) [\(shape)]\n".utf8))
    try tensor.finiteFloats().withUnsafeBytes { digest.add($0) }
  }
  #expect(checkpoint.names.count == count)
  #expect(digest.hexadecimal == expected)
}
