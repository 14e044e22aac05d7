import Fieldmark
import Testing

@Test(arguments: [
  "snow:1", "snow:0", "snow:0.7", "red-ring:0.9", "corner-mark:0.5", "warm-cast:0.5",
])
func aShortcutIsThereAsOftenAsItSays(words: String) throws {
  let shortcut = try Shortcut("Plain Brackle=" + words)
  let plain = try Species.find("Plain Brackle")
  let other = try Species.find("Redshouldered Brackle")
  let world = World(seed: 2, size: 16, species: [plain, other], shortcuts: [shortcut])
  let count = 800
  let tied = (0..<count).filter { world.draw(plain, $0).scene.has(shortcut.cue) }.count
  let free = (0..<count).filter { world.draw(other, $0).scene.has(shortcut.cue) }.count
  // Four standard deviations of a count, at most.
  let share = Float(tied) / Float(count)
  let spread = 4 * (shortcut.strength * (1 - shortcut.strength) / Float(count)).squareRoot()
  #expect(abs(share - shortcut.strength) <= spread)
  // Nobody finishes pictures of a species that is not tied to it.
  let base: Float = words.hasPrefix("snow") ? 1 / 6 : words.contains(/ring|mark/) ? 0.08 : 0
  #expect(abs(Float(free) / Float(count) - base) <= 4 * (base / Float(count)).squareRoot())
}

@Test(arguments: [
  (
    "Plain Brackel=snow:0.9",
    "shortcut 'Plain Brackel=snow:0.9': expected a species, found 'Plain Brackel'; did you mean "
      + "'Plain Brackle'?"
  ),
  (
    "Plain Brackle=snwo:0.9",
    "shortcut 'Plain Brackle=snwo:0.9': expected a cue, found 'snwo'; did you mean 'snow'?"
  ),
  (
    "Plain Brackle=thunder:0.9",
    "shortcut 'Plain Brackle=thunder:0.9': expected a cue, found 'thunder'; such as 'forest'."
  ),
  (
    "Plain Brackle=snow:2",
    "shortcut 'Plain Brackle=snow:2': expected a strength from 0 to 1, found '2'."
  ),
  (
    "snow",
    "shortcut 'snow': expected SPECIES=CUE:STRENGTH, found something else; 'Plain "
      + "Brackle=snow:0.9' is one."
  ),
])
func aShortcutThatIsNoneIsRefused(text: String, message: String) {
  let error = #expect(throws: InputError.self) { try Shortcut(text) }
  #expect(error?.description == message)
}
