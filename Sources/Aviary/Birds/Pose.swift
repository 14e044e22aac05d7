import Ground

/// How a bird holds itself, and where in the picture.
public struct Pose: Sendable {
  public var looksRight: Bool
  public var hasLiftedWings: Bool
  public var stance: Stance
  /// Degrees that are added to those of the form, for the body and for the head.
  var tilt: Float
  var nod: Float
  /// How steeply the wings are lifted.
  var lift: Float
  /// The middle of the body, and its length, in the picture's sides.
  var place: Point = [0.5, 0.5]
  var scale: Float = 0.4

  public enum Stance: String, Sendable { case standing, sitting, swimming, clinging, hovering }

  /// Converts a point from the bird's own lengths to the picture's sides.
  @inline(__always) func outer(_ p: Point) -> Point {
    place + scale * Point(looksRight ? p.x : -p.x, p.y)
  }

  @inline(__always) func local(_ p: Point) -> Point {
    let q = (p - place) / scale
    return Point(looksRight ? q.x : -q.x, q.y)
  }

  /// Draws a pose. The number and the order of draws are always the same, whatever comes of them,
  /// so that two species with the same draws have the same pose.
  init(_ habits: Form.Habits, isOnWater: Bool, _ draws: inout SplitMix) {
    let (side, wings, rest) = (draws.unit(), draws.unit(), draws.unit())
    tilt = -9 + 18 * draws.unit()
    nod = -12 + 26 * draws.unit()
    lift = 108 + 34 * draws.unit()
    looksRight = side < 0.5
    stance =
      switch habits {
      case .perches: rest < 0.3 ? .sitting : .standing
      case .swims: isOnWater ? .swimming : rest < 0.2 ? .sitting : .standing
      case .walks: .standing
      case .clings: .clinging
      case .hovers: .hovering
      }
    hasLiftedWings = habits == .hovers || wings < 0.2
  }
}

/// Where the parts of a posed bird are, in lengths of its body, whose middle is at 0, 0.
struct Skeleton: Sendable {
  let form: Form
  /// The axis leads from the middle of the body forward; down is toward the belly.
  let torso: Frame
  let head: Frame
  let tail: Frame
  let wing: Frame
  let farWing: Frame
  let shoulder: Point
  let rump: Point
  let middle: Point
  let chest: Point
  let hip: Point
  let foot: Point
  let farFoot: Point
  let girth: Float

  init(_ form: Form, _ pose: Pose) {
    self.form = form
    girth = 0.3 * form.plumpness
    let tilt = form.tilt + pose.tilt * (form.habits == .perches ? 1 : 0.5)
    torso = Frame(origin: .zero, axis: direction(degrees: tilt))
    rump = torso.outer([-0.40, -0.03])
    middle = torso.outer([-0.04, 0.02])
    chest = torso.outer([0.2, 0])
    shoulder = torso.outer([0.26, -0.08])
    let rise = form.neckRise + 0.3 * pose.tilt
    head = Frame(
      origin: shoulder + form.neck * direction(degrees: rise),
      axis: direction(degrees: pose.nod - (form.habits == .clings ? -12 : 0)))
    let droop: Float = form.habits == .clings ? 0 : form.tilt > 55 ? 8 : -6
    tail = Frame(
      origin: torso.outer([-0.40, -0.03]), axis: -1 * direction(degrees: tilt + droop))
    let folded = Frame(
      origin: torso.outer([0.3, -0.02]), axis: -1 * direction(degrees: tilt - 3))
    // Birds that sit upright lift their wings farther back, beside their heads.
    let lift = pose.lift + (tilt > 40 ? 0.6 * (tilt - 40) : 0)
    let raised = direction(degrees: lift)
    wing =
      pose.hasLiftedWings
      ? Frame(origin: torso.outer([0.1, -0.1]), axis: raised) : folded
    farWing = Frame(
      origin: torso.outer([0.2, -0.14]), axis: direction(degrees: lift - 24))
    hip = [torso.outer([-0.08, 0.12 * form.plumpness]).x, torso.outer([-0.08, girth * 0.72]).y]
    let length = pose.stance == .standing ? form.leg : pose.stance == .sitting ? 0.03 : form.leg
    let ground = middle.y + girth * 0.92 + length
    foot = [hip.x + 0.09, ground]
    farFoot = [hip.x - 0.05, ground]
  }

  var headRadius: Float { form.headRadius }

  /// The box around the points that reach farthest.
  func box(_ pose: Pose) -> Box {
    var points = [
      rump, middle - girth, middle + girth, chest + girth * 0.9,
      head.origin - headRadius * 1.3, head.origin + headRadius,
      head.outer([headRadius * 0.8 + form.bill, 0.05]), tail.outer([form.tail, 0]),
    ]
    if pose.stance == .standing || pose.stance == .sitting { points.append(foot + [0.1, 0.05]) }
    if pose.hasLiftedWings { points += [wing.outer([form.wing, 0]), farWing.outer([0.8, 0])] }
    return Box(points, margin: 0.02)
  }
}
