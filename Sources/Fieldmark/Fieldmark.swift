/// The whole library under one name: `import Fieldmark` imports all of its targets.
@_exported import Auditing
@_exported import Aviary
@_exported import Calibrating
@_exported import Datasets
@_exported import Encoders
@_exported import Explaining
@_exported import Ground
@_exported import Measures
@_exported import Models
@_exported import Nuisances
@_exported import Pictures
@_exported import Reports
@_exported import Serving
@_exported import Studies
@_exported import Traits
@_exported import Words
