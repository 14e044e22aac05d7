import Fieldmark
import Testing

@Test(arguments: [
  (["HOME": "/h"], "/h/.cache/huggingface/hub"),
  (["HOME": "/h", "XDG_CACHE_HOME": "/x"], "/x/huggingface/hub"),
  (["HOME": "/h", "XDG_CACHE_HOME": "/x", "HF_HOME": "/f"], "/f/hub"),
  (["HOME": "/h", "HF_HOME": "/f", "HUGGINGFACE_HUB_CACHE": "/old"], "/old"),
  (["HOME": "/h", "HF_HOME": "/f", "HUGGINGFACE_HUB_CACHE": "/old", "HF_HUB_CACHE": "/c"], "/c"),
  (["HOME": "/h", "HF_HOME": "~/f"], "/h/f/hub"),
  (["HOME": "/h", "HF_HOME": "", "XDG_CACHE_HOME": ""], "/h/.cache/huggingface/hub"),
  (["HOME": "/h", "XDG_CACHE_HOME": "x"], "/h/.cache/huggingface/hub"),
  (["HF_HUB_CACHE": "c"], "c"),
])
func theHubsCacheIsWhereHuggingfaceHubHasIt(settings: [String: String], expected: String) {
  #expect(Caches(Environment(settings)).hub == Path(expected))
}

@Test(arguments: [
  (["HOME": "/h"], ["/h/.cache/clip", "/h/.cache/torch/hub/checkpoints"]),
  (["HOME": "/h", "XDG_CACHE_HOME": "/x"], ["/h/.cache/clip", "/x/torch/hub/checkpoints"]),
  (["HOME": "/h", "TORCH_HOME": "/t"], ["/h/.cache/clip", "/t/hub/checkpoints"]),
])
func otherCachesAreWhereTheirProgramsHaveThem(settings: [String: String], expected: [String]) {
  let caches = Caches(Environment(settings))
  #expect([caches.clip, caches.torch] == expected.map { Path($0) })
}

@Test func withoutAHomeNothingIsLookedUp() {
  #expect(Caches(Environment([:])).folders == [])
}

@Test(arguments: [
  ("1", true), ("true", true), ("YES", true), ("On", true), ("0", false), ("", false), ("2", false),
])
func aSettingSaysYesInTheHubsOwnWords(text: String, isOn: Bool) {
  #expect(Environment(["HF_HUB_OFFLINE": text]).isOn("HF_HUB_OFFLINE") == isOn)
}
