/// The bytes that files of a format begin with.
package enum Signature {
  package static let png: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  package static let npy: [UInt8] = [0x93] + "NUMPY".utf8
}
