/// What a run of an audit calls what is no attribute's: no attribute may be called so.
package enum AuditNames {
  package static let map = "classifier"
  package static let mapOfSeveral = "classifier, several"
  package static let sets = "traits"
  package static let attributes = "attributes"
  package static let changes = "changes"
  package static let amounts = "amounts"
  package static let groups = "changed pictures"

  package static let all: Set = [map, mapOfSeveral, sets, attributes, changes, amounts, groups]
}
