extension AuditPage {
  /// Beside the rules of every page. Colors come from the reader's scheme, light or dark; the matrix
  /// has every seventeenth of viridis's 256 colors, with the text that stands out more from each.
  static let style: StaticString = """

    .part { margin-top: 2.5em; max-width: 100% }
    nav ul { display: flex; flex-wrap: wrap; gap: 0.2em 1.5em; padding: 0; list-style: none }
    .scrolling { overflow: auto; border: 1px solid color-mix(in srgb, currentColor 20%, transparent) }
    #pairs .scrolling, #matrix .scrolling { max-height: 80vh }
    caption { text-align: left; white-space: nowrap; padding: 0.3em 0.5em; font-size: 0.9em; opacity: 0.8 }
    table { border-collapse: collapse; border-spacing: 0 }
    th, td { padding: 0.25em 0.6em }
    .rows tbody tr:nth-child(even) { background: color-mix(in srgb, currentColor 6%, transparent) }
    .rows thead th { position: sticky; top: 0; background: Canvas; z-index: 1 }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
    th button { font: inherit; padding: 0 0.3em; cursor: pointer }
    th button span::before { content: "\\2195" }
    th[aria-sort=ascending] button span::before { content: "\\2191" }
    th[aria-sort=descending] button span::before { content: "\\2193" }
    .filter { margin: 0.5em 0 } .filter input, .filter select { font: inherit }
    .alarm { font-weight: bold }
    .rows .verdict, .rows .alarm { display: inline-block; min-width: 11em; max-width: 22em }
    .rows td, .rows tbody th { vertical-align: top }
    .verdicts th { font-weight: normal; padding-right: 1em }
    .bar { width: min(12em, 25vw); vertical-align: middle } .bar span { display: block; height: 0.8em; background: #0072b2 }
    .matrix { font-size: 12px; font-variant-numeric: tabular-nums }
    .matrix td { padding: 0.1em 0.3em; text-align: right; white-space: nowrap }
    :where(.matrix) td { color: #fff }
    .matrix td:not([class]) { color: inherit; opacity: 0.6 }
    .matrix th { position: sticky; background: Canvas; font-weight: normal; padding: 0.2em 0.4em }
    .matrix thead th { top: 0; z-index: 1 } .matrix tbody th { left: 0; white-space: nowrap }
    .matrix thead th:first-child { left: 0; z-index: 2 }
    .matrix th div { writing-mode: vertical-rl; max-height: 14em; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
    .matrix .l { outline: 2px solid currentColor; outline-offset: -2px }
    .swatches span { display: inline-block; width: 0.8em; height: 1em; vertical-align: middle }
    .v0 { background: #440154 } .v1 { background: #48196b } .v2 { background: #462f7d }
    .v3 { background: #414387 } .v4 { background: #39578c } .v5 { background: #31688e }
    .v6 { background: #2a788e } .v7 { background: #23888e; color: #000 }
    .v8 { background: #1f988b; color: #000 } .v9 { background: #23a884; color: #000 }
    .v10 { background: #35b779; color: #000 } .v11 { background: #54c668; color: #000 }
    .v12 { background: #7ad151; color: #000 } .v13 { background: #a5db35; color: #000 }
    .v14 { background: #d2e21b; color: #000 } .v15 { background: #fde725; color: #000 }
    .of-pair { border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding: 0.5em 0 }
    summary { cursor: pointer } summary h3 { display: inline; font-size: 1.1em }
    .of-picture { margin: 1em 0 1.5em; break-inside: avoid } h4 { margin: 0.5em 0; overflow-wrap: anywhere }
    .maps { display: flex; flex-wrap: wrap; gap: 0.8em; margin: 0.5em 0 }
    .maps figure { width: 160px; break-inside: avoid } .maps figcaption { font-size: 0.9em }
    .maps svg { display: block; max-width: 100%; height: auto }
    .opening { max-width: none } .maps figcaption { max-width: 100% } .opening .maps figure { flex: 1 1 220px; max-width: 320px } .opening svg { width: 100% }
    .opening > figcaption { max-width: 60em; font-size: 1.1em } figcaption p { margin: 0.4em 0 }
    .part > p, .part > ul, .of-pair > p, .of-picture > p, dl { max-width: 60em }
    .reliance { display: block } .reliance text { font-size: 11px; fill: currentColor }
    .bar-traits { fill: #009e73 } .bar-decides { fill: #d55e00 } .bar-other { fill: #56b4e9 }
    .reliance path { stroke: currentColor; fill: none } .reliance .half { stroke-dasharray: 2 2 }
    .reliance .whisker { stroke-width: 1.5 }
    dt { font-weight: bold; margin-top: 0.8em } dd { margin-left: 1.5em }
    .settings td, .settings th { overflow-wrap: anywhere; vertical-align: top }
    dt:target, details:target > summary { outline: 3px solid #e69f00; outline-offset: 2px }
    @media print {
      .filter, th button, nav { display: none }
      .part .scrolling { overflow: visible; max-height: none !important; border: 0 }
      .rows thead th, .matrix th { position: static }
      tr, figure, .of-picture { break-inside: avoid; page-break-inside: avoid }
      details > * { display: revert } summary { list-style: none }
      details::details-content { content-visibility: visible; display: block; block-size: auto }
      .matrix td, .reliance, .bar span, .swatches span { print-color-adjust: exact }
    }

    """
}
