import Fieldmark
import Testing

/// Files of the system's, below a folder of the test's.
private func granted(
  _ files: [String: String], _ settings: [String: String] = [:]
) throws -> Int {
  var granted = 0
  try inTemporaryFolder { root in
    for (name, text) in files {
      let path = root / Path(name)
      try path.folder.createFolder()
      try write(Array(text.utf8), to: path)
    }
    granted = Cores.granted(Environment(settings), root: root)
  }
  return granted
}

private let machine = Cores.granted(Environment([:]), root: "/nowhere")

@Test func theMachineGrantsAllThatItHas() throws {
  #expect(machine >= 1)
  #expect(try granted([:]) == machine)
}

@Test func aControlGroupGrantsItsShareRoundedUp() throws {
  let group = ["proc/self/cgroup": "0::/job/step\n"]
  let limits = { (text: String) in ["sys/fs/cgroup/job/step/cpu.max": text] }
  #expect(try granted(group.merging(limits("50000 100000\n")) { $1 }) == 1)
  #expect(try granted(group.merging(limits("max 100000\n")) { $1 }) == machine)
  #expect(try granted(group.merging(limits("6400000 100000\n")) { $1 }) == min(64, machine))
  #expect(
    try granted(group.merging(["sys/fs/cgroup/job/cpu.max": "100000 100000\n"]) { $1 }) == 1,
    "the groups above count too")
  #expect(
    try granted([
      "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "100000\n",
      "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
    ]) == 1, "version 1")
}

@Test func slurmAndOpenMPGrantWhatTheySay() throws {
  #expect(try granted([:], ["SLURM_CPUS_PER_TASK": "1"]) == 1)
  #expect(try granted([:], ["OMP_NUM_THREADS": "1"]) == 1)
  #expect(try granted([:], ["SLURM_CPUS_PER_TASK": "many", "OMP_NUM_THREADS": "0"]) == machine)
}
