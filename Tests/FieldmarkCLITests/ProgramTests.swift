import Encoders
import FieldmarkCLI
import Testing

@Test func aVersionNamesEveryLibrary() {
  #expect(versionText.split(separator: "\n").count == 8)
}
