import Auditing
import Datasets
import Ground
import Pictures
import Studies

extension RunFile {
  /// The dataset that the run looked at, where it was when the run was written or in another folder. Throws
  /// if other pictures are there now.
  package func dataset(in folder: Path, as format: DatasetFormat? = nil) throws -> Dataset {
    let dataset = try single(folder) ?? Dataset(folder, as: format)
    guard try dataset.fingerprint == inputs().pictures else {
      throw InputError(
        folder.description, expected: "the pictures that the run looked at",
        found: "other pictures")
    }
    return dataset
  }

  /// The single picture of a run that has only one.
  private func single(_ path: Path) throws -> Dataset? {
    guard path.isFile, let record = try picture(0), let label = record.label,
      path.lastComponent.description == record.path
    else { return nil }
    return Dataset(picture: path, of: label, classes: try AuditPlan(self).classes)
  }
}
