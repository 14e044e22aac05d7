import CFieldmark

/// The cores that this program may use.
///
/// ```swift
/// Cores.granted(.process)      // 2: of the machine's 64, what the cluster's job was given
/// ```
public enum Cores {
  /// The number of cores that the machine, its control group, Slurm and OpenMP's own setting grant.
  /// The smallest number counts.
  public static func granted(_ environment: Environment, root: Path = "/") -> Int {
    let slurm = ["SLURM_CPUS_PER_TASK", "OMP_NUM_THREADS"].compactMap {
      environment.text($0).flatMap { Int($0) }
    }
    let quotas = [quota(root: root)].compactMap { $0 }
    return max(1, ([Int(fm_processors())] + slurm + quotas).filter { $0 > 0 }.min() ?? 1)
  }

  /// The number of threads that the calling thread may use from now on: all of them for one
  /// picture, or one for each of several pictures.
  public static var allowed: Int {
    get { Int(fm_threads()) }
    set { fm_set_threads(Int32(clamping: max(1, newValue))) }
  }

  /// How many of the allowed threads a product of so many multiplications is worth. A small product
  /// is done before other threads have started, and it would wait long for threads that are busy
  /// with something else.
  package static func worth(_ multiplications: Int) -> Int {
    multiplications < 1 << 22 ? 1 : allowed
  }

  /// The number of cores whose time a control group may use, rounded up; nil if there is no limit.
  private static func quota(root: Path) -> Int? {
    // Version 2 says `max 100000`, or `150000 100000` for one and a half cores. A container sees
    // its own control group as the root; elsewhere each group above may have set a limit too.
    for line in text(root / "proc/self/cgroup").split(separator: "\n") where line.hasPrefix("0::") {
      var group = root / "sys/fs/cgroup" / Path(String(line.dropFirst(4)))
      var least: Int?
      for _ in 0..<32 {
        let numbers = text(group / "cpu.max").split { $0 == " " || $0 == "\n" }
        if numbers.count == 2, let time = Int(numbers[0]), let period = Int(numbers[1]), period > 0
        {
          least = min(least ?? .max, (time + period - 1) / period)
        }
        if group.lastComponent == "cgroup" || group.folder == group { break }
        group = group.folder
      }
      if let least { return least }
    }
    let time = Int(text(root / "sys/fs/cgroup/cpu/cpu.cfs_quota_us").filter { $0 != "\n" }) ?? -1
    let period = Int(text(root / "sys/fs/cgroup/cpu/cpu.cfs_period_us").filter { $0 != "\n" }) ?? 0
    return time > 0 && period > 0 ? (time + period - 1) / period : nil
  }

  /// Reads a small file of the system, which cannot be mapped. The text is empty if there is no
  /// such file.
  private static func text(_ path: Path) -> String {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = path.withCString { fm_read_small_file($0, &bytes, bytes.count) }
    return String(decoding: bytes.prefix(max(0, Int(count))), as: UTF8.self)
  }
}
