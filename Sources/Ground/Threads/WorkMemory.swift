import CFieldmark

/// Returns the calling thread's scratch memory, cut into parts of so many bytes, each of which
/// begins on a cache line. What they hold lasts until the thread asks again.
package func workMemory(_ sizes: [Int]) -> [UnsafeMutableRawPointer] {
  let sizes = sizes.map { ($0 + 127) / 64 * 64 }
  guard let start = fm_work_memory(sizes.reduce(0, +)) else {
    MemoryCheck.end(without: sizes.reduce(0, +))
  }
  var next = start
  return sizes.map { size in
    defer { next += size }
    return next
  }
}
