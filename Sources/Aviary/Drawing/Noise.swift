/// Returns noise: numbers from -1 to 1 that change smoothly from place to place, about once per
/// unit. The values at whole places are made by hashing the places, and are blended between them.
@inline(__always) package func noise(_ x: Float, _ y: Float, _ seed: UInt32) -> Float {
  let (fx, fy) = (whole(x), whole(y))
  let (ix, iy) = (UInt32(truncatingIfNeeded: Int32(fx)), UInt32(truncatingIfNeeded: Int32(fy)))
  var (tx, ty) = (x - fx, y - fy)
  tx = tx * tx * (3 - 2 * tx)
  ty = ty * ty * (3 - 2 * ty)
  let top = mix(lattice(ix, iy, seed), lattice(ix &+ 1, iy, seed), tx)
  let bottom = mix(lattice(ix, iy &+ 1, seed), lattice(ix &+ 1, iy &+ 1, seed), tx)
  return mix(top, bottom, ty)
}

/// Returns coarse and finer noise together.
@inline(__always) func clouds(_ p: Point, _ frequency: Float, _ seed: UInt32) -> Float {
  let q = p * frequency
  return 0.67 * noise(q.x, q.y, seed) + 0.33 * noise(q.x * 2.3, q.y * 2.3, seed &+ 77)
}

/// Returns a number from -1 to 1 for a whole place, by hashing it.
@inline(__always) func lattice(_ x: UInt32, _ y: UInt32, _ seed: UInt32) -> Float {
  var h = x &* 0x8da6_b343 ^ y &* 0xd816_3841 ^ seed &* 0xcb1a_b31f
  h ^= h >> 15
  h = h &* 0x2c1b_3c6d
  h ^= h >> 13
  return Float(Int32(truncatingIfNeeded: h >> 8)) / Float(1 << 23) - 1
}

/// Returns in which cell of a lattice a place lies, and where in the cell, from -1/2 to 1/2. The
/// lattice is shifted in every second row.
@inline(__always) func cell(_ p: Point, _ size: Point) -> (place: Point, x: UInt32, y: UInt32) {
  var q = p / size
  let row = whole(q.y)
  let half = whole(row * 0.5) * 2 == row
  if half { q.x += 0.5 }
  let column = whole(q.x)
  return (
    Point(q.x - column - 0.5, q.y - row - 0.5), UInt32(truncatingIfNeeded: Int32(column)),
    UInt32(truncatingIfNeeded: Int32(row))
  )
}
