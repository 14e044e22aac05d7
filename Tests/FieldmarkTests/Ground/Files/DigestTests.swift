import Fieldmark
import Testing

/// The vectors that NIST publishes with FIPS 180-4 ("Examples with Intermediate Values").
@Test(arguments: [
  ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  (
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
  ),
])
func sha256IsThatOfThePublishedVectors(text: String, expected: String) {
  var digest = Digest.sha256
  digest.add(Array(text.utf8))
  #expect(digest.hexadecimal == expected)
  var plain = Digest.sha256.plain
  plain.add(Array(text.utf8))
  #expect(plain.hexadecimal == expected)
}

@Test(arguments: [
  ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
  ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
  (
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
  ),
])
func sha1IsThatOfThePublishedVectors(text: String, expected: String) {
  var digest = Digest.sha1
  digest.add(Array(text.utf8))
  #expect(digest.hexadecimal == expected)
}

@Test func aMillionLettersGiveThePublishedDigests() {
  let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
  var long = Digest.sha256
  var short = Digest.sha1
  long.add(letters)
  short.add(letters)
  #expect(
    long.hexadecimal == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  #expect(short.hexadecimal == "34aa973cd4c4daa4f61eeb2bdbad27316534016f")
}

/// `printf 'hello\n' | git hash-object --stdin`
@Test func aSmallFileHasTheNameThatGitGivesIt() {
  var digest = Digest.gitBlob(size: 6)
  digest.add(Array("hello\n".utf8))
  #expect(digest.hexadecimal == "ce013625030ba8dba906f756967f9e9ca394464a")
}

@Test func pieceByPieceIsTheSameAsAtOnceAndFastTheSameAsPlain() {
  let bytes = (0..<500).map { UInt8(truncatingIfNeeded: $0 &* 37 ^ $0 >> 3) }
  for count in 0...200 {
    var whole = Digest.sha256
    whole.add(Array(bytes[..<count]))
    var plain = Digest.sha256.plain
    plain.add(Array(bytes[..<count]))
    var pieces = Digest.sha256
    for start in stride(from: 0, to: count, by: 7) {
      pieces.add(Array(bytes[start..<min(start + 7, count)]))
    }
    #expect(whole.hexadecimal == plain.hexadecimal)
    #expect(pieces.hexadecimal == plain.hexadecimal)
  }
}
