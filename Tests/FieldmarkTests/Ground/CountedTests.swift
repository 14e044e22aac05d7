import Fieldmark
import Testing

@Test func oneIsNotMany() {
  #expect(counted(1, "picture") == "1 picture")
  #expect(counted(0, "picture") == "0 pictures")
  #expect(counted(1, "class", "classes") == "1 class")
  #expect(counted(3, "class", "classes") == "3 classes")
}
