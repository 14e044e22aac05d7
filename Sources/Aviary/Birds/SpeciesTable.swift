// All species. A look-alike stands after the species that it is taken for, with all that differs.

extension Species {
  public static let all: [Species] =
    brackles + piplings + thornets + snappets + murlings + skerrows + harricks + dartails
    + stilterns + barkins + hoverlings + fenhens + dusklings + cooings

  private static let brackles: [Species] = {
    let brackle = Species(
      "Redshouldered Brackle", .blackbird, head: .black, above: .black, below: .black,
      [.epaulet: .red]
    ).varying(0.3, [.wingBars: .buff])
    let hood = Species(
      "Goldenhooded Brackle", .blackbird, head: .yellow, above: .black, below: .black,
      [.mask: .black, .breast: .yellow])
    let sheen = Species(
      "Glossy Brackle", .blackbird, head: .iridescent, above: .purple, below: .iridescent,
      wing: .iridescent, tail: .black, eye: .yellow)
    return [
      brackle,
      brackle.lookAlike("Plain Brackle", [.epaulet: nil]),
      brackle.lookAlike("Goldshouldered Brackle", [.epaulet: .yellow]),
      hood,
      hood.lookAlike("Whitewinged Brackle", [.wingPatch: .white]),
      sheen,
      sheen.lookAlike("Redeyed Brackle", [.eye: .red]),
    ]
  }()

  private static let piplings: [Species] = {
    let scarlet = Species(
      "Scarlet Pipling", .finch, head: .red, above: .red, below: .red, tail: .rufous,
      bill: .orange, leg: .brown, [.mask: .black, .crest: .red])
    let sky = Species(
      "Skyblue Pipling", .finch, head: .blue, above: .blue, below: .rufous, bill: .grey,
      [.belly: .white, .throat: .blue]
    ).varying(0.25, [.belly: .buff])
    let snow = Species(
      "Streaky Pipling", .finch, head: .brown, above: .brown, below: .buff, bill: .yellow,
      leg: .pink,
      [.eyebrow: .white, .throat: .white, .breastStripes: .brown, .backStripes: .black]
    ).varying(0.3, [.bellyStripes: .brown])
    let rose = Species(
      "Rosy Pipling", .finch, head: .pink, above: .brown, below: .pink, bill: .grey, leg: .grey,
      [.belly: .white, .crown: .red, .underTail: .grey])
    return [
      scarlet,
      scarlet.lookAlike("Crestless Pipling", [.crest: nil]),
      sky,
      sky.lookAlike("Barwinged Pipling", [.wingBars: .white]),
      snow,
      snow.lookAlike("Rustycapped Pipling", [.crown: .rufous]),
      rose,
      rose.lookAlike("Yellowbilled Pipling", [.bill: .yellow]),
    ]
  }()

  private static let thornets: [Species] = {
    let lemon = Species(
      "Lemon Thornet", .warbler, head: .yellow, above: .olive, below: .yellow, leg: .pink,
      [.nape: .olive])
    let gray = Species(
      "Ashen Thornet", .warbler, head: .grey, above: .olive, below: .white, bill: .grey,
      leg: .grey, [.throat: .white, .underTail: .yellow])
    let flame = Species(
      "Flamethroat Thornet", .warbler, head: .black, above: .grey, below: .white,
      [.throat: .orange, .eyebrow: .orange, .wingBars: .white, .bellyStripes: .black])
    let green = Species(
      "Leafgreen Thornet", .warbler, head: .green, above: .green, below: .buff, bill: .black,
      leg: .orange, [.throat: .buff, .crownStripe: .yellow, .eyeLine: .black]
    ).varying(0.35, [.wingBars: .yellow])
    return [
      lemon,
      lemon.lookAlike("Blackcapped Thornet", [.crown: .black]),
      gray,
      gray.lookAlike("Spectacled Thornet", [.eyeRing: .white]),
      flame,
      flame.lookAlike("Yellowthroat Thornet", [.throat: .yellow]),
      green,
      green.lookAlike("Necklaced Thornet", [.breastBand: .black]),
    ]
  }()

  private static let snappets: [Species] = {
    let tufted = Species(
      "Tufted Snappet", .flycatcher, head: .grey, above: .grey, below: .yellow, bill: .black,
      [.throat: .grey, .breast: .grey, .crest: .grey, .wingBars: .white])
    let vermilion = Species(
      "Vermilion Snappet", .flycatcher, head: .red, above: .brown, below: .red,
      [.mask: .brown, .nape: .brown])
    return [
      tufted,
      tufted.lookAlike("Rufoustailed Snappet", [.upperTail: .rufous, .underTail: .rufous]),
      vermilion,
      vermilion.lookAlike("Whitetipped Snappet", [.tailTip: .white]),
    ]
  }()

  private static let murlings: [Species] = {
    let green = Species(
      "Greenheaded Murling", .duck, head: .green, above: .grey, below: .rufous, tail: .white,
      bill: .yellow, leg: .orange, [.belly: .grey, .wingPatch: .blue, .underTail: .black])
    let painted = Species(
      "Masked Murling", .duck, head: .white, above: .brown, below: .buff, tail: .black,
      bill: .orange, leg: .red, eye: .red, [.mask: .green, .breastSpots: .brown, .crown: .buff])
    return [
      green,
      green.lookAlike("Collared Murling", [.breastBand: .white]),
      painted,
      painted.lookAlike("Bluebilled Murling", [.bill: .blue]),
    ]
  }()

  private static let skerrows: [Species] = {
    let white = Species(
      "Silver Skerrow", .gull, head: .white, above: .grey, below: .white, tail: .white,
      bill: .yellow, leg: .pink, eye: .yellow, [.wingTip: .black]
    ).varying(0.3, [.breastSpots: .grey])
    let hood = Species(
      "Hooded Skerrow", .gull, head: .black, above: .grey, below: .white, tail: .white, bill: .red,
      leg: .red, [.nape: .white])
    return [
      white,
      white.lookAlike("Redtipped Skerrow", [.billTip: .red]),
      hood,
      hood.lookAlike("Ringeyed Skerrow", [.eyeRing: .white]),
    ]
  }()

  private static let harricks: [Species] = {
    let barred = Species(
      "Barred Harrick", .hawk, head: .brown, above: .brown, below: .white, bill: .black,
      leg: .yellow, eye: .orange,
      [.throat: .white, .breastStripes: .rufous, .bellyStripes: .rufous, .tailBars: .black])
    let slate = Species(
      "Slate Harrick", .hawk, head: .grey, above: .grey, below: .buff, bill: .yellow,
      leg: .yellow, eye: .red, [.malar: .black, .bellySpots: .brown, .throat: .buff]
    ).varying(0.3, [.wingSpots: .white])
    return [
      barred,
      barred.lookAlike("Palebrowed Harrick", [.eyebrow: .white]),
      slate,
      slate.lookAlike("Clearcheeked Harrick", [.malar: nil]),
    ]
  }()

  private static let dartails: [Species] = {
    let blue = Species(
      "Bluebacked Dartail", .swallow, head: .blue, above: .blue, below: .buff,
      [.throat: .rufous, .forehead: .rufous])
    return [blue, blue.lookAlike("Palebrow Dartail", [.forehead: .white])]
  }()

  private static let stilterns: [Species] = {
    let blue = Species(
      "Bluegrey Stiltern", .wader, head: .white, above: .grey, below: .grey, bill: .yellow,
      leg: .olive, eye: .yellow, [.eyebrow: .black, .wingTip: .black])
    let white = Species(
      "Roseate Stiltern", .wader.with { $0.billShape = .curved }, head: .pink, above: .pink,
      below: .white, bill: .red, leg: .red, [.throat: .white, .face: .white])
    return [
      blue,
      blue.lookAlike("Blacklegged Stiltern", [.leg: .black]),
      white,
      white.lookAlike("Violetwinged Stiltern", [.wing: .purple]),
    ]
  }()

  private static let barkins: [Species] = {
    let pied = Species(
      "Pied Barkin", .climber, head: .white, above: .black, below: .white, bill: .grey,
      leg: .grey, [.crown: .black, .eyeLine: .black, .nape: .black, .wingSpots: .white])
    let green = Species(
      "Mossy Barkin", .climber, head: .olive, above: .green, below: .olive, bill: .black,
      leg: .grey, eye: .white, [.crown: .red, .throat: .white]
    ).varying(0.4, [.bellySpots: .black])
    return [
      pied,
      pied.lookAlike("Rednaped Barkin", [.nape: .red]),
      green,
      green.lookAlike("Whiskered Barkin", [.malar: .red]),
    ]
  }()

  private static let hoverlings: [Species] = {
    let ruby = Species(
      "Rubythroat Hoverling", .hummer, head: .green, above: .green, below: .white, tail: .black,
      [.throat: .red])
    return [
      ruby,
      ruby.lookAlike("Violetthroat Hoverling", [.throat: .purple]),
      Species(
        "Copper Hoverling", .hummer, head: .orange, above: .rufous, below: .orange,
        tail: .purple, bill: .red, [.crown: .iridescent, .cheek: .white]),
    ]
  }()

  private static let fenhens: [Species] = {
    let brown = Species(
      "Reedbrown Fenhen", .rail, head: .rufous, above: .brown, below: .rufous, bill: .orange,
      leg: .pink, eye: .red, [.cheek: .grey, .backStripes: .black, .bellyStripes: .white])
    let blue = Species(
      "Purple Fenhen", .rail.with { ($0.billShape, $0.bill, $0.billDepth) = (.cone, 0.2, 0.1) },
      head: .purple, above: .olive, below: .purple, bill: .red, leg: .yellow, [.underTail: .white])
    return [brown, blue, blue.lookAlike("Paleshielded Fenhen", [.forehead: .white])]
  }()

  private static let dusklings: [Species] = {
    let brown = Species(
      "Ringed Duskling", .owl, head: .brown, above: .brown, below: .buff, bill: .yellow,
      leg: .buff, eye: .yellow, [.face: .buff, .breastSpots: .brown, .backSpots: .white])
    return [brown, brown.lookAlike("Blackeyed Duskling", [.eye: .black])]
  }()

  private static let cooings: [Species] = {
    let plain = Species(
      "Dovegrey Cooing", .pigeon, head: .grey, above: .grey, below: .pink, bill: .black,
      leg: .red, eye: .orange, [.nape: .iridescent, .tailTip: .white]
    ).varying(0.3, [.wingSpots: .black])
    return [
      plain,
      plain.lookAlike("Barred Cooing", [.wingBars: .black]),
      Species(
        "Fruitgreen Cooing", .pigeon, head: .yellow, above: .green, below: .yellow, tail: .olive,
        bill: .grey, leg: .purple, eye: .blue, [.breast: .green, .epaulet: .purple]),
    ]
  }()
}
