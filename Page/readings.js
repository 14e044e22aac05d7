// What the maps say, in words and numbers: scores, whether a thing is there, boxes.

import { byId, element, refill } from "./elements.js";
import { counted, number } from "./words.js";

/** @param {{onAsk: (phrase: string) => void}} parts told a phrase that fits better */
export function makeReadings({ onAsk }) {
  const host = byId("readings");

  function card(plate, isAlone, said) {
    const before = host.querySelector(`[data-plate="${CSS.escape(plate.key)}"] .ranks-more`);
    const open = before ? before.open : isAlone;
    return element("article", { class: `card${plate.presence?.verdict === "probably not there" ? " doubtful" : ""}`, "data-plate": plate.key },
      element("h3", { class: "card-title" }, plate.title, plate.variant && element("small", {}, plate.variant)),
      said !== plate.presence && presenceOf(plate.presence, open),
      scoreOf(plate),
      plate.boxes && boxesOf(plate));
  }

  function presenceOf(presence, open) {
    if (!presence) return undefined;
    const name = { there: "there", "probably not there": "not-there" }[presence.verdict] ?? "unknown";
    const words = { there: "There", "not-there": "Probably not there", unknown: "Cannot be told" }[name];
    const rank = presence.rank && element("span", { class: "rank" }, ` ${presence.rank} of ${presence.of}`);
    const best = presence.best ?? [];
    return element("div", { class: `presence ${name}` },
      element("p", {}, element("strong", { class: "verdict" }, words), rank && element("span", { class: "rank" }, "rank", rank)),
      presence.sentence && element("p", { class: "presence-sentence" }, presence.sentence),
      best.length > 0 && element("details", { class: "more ranks-more", open },
        element("summary", {}, "Phrases of the same kind"), rankTable(presence, best)));
  }

  function rankTable({ concept, plain }, best) {
    const all = [...best, plain && { ...plain, isPlain: true }].filter(Boolean);
    const scores = all.map(({ score }) => score);
    const [least, most] = [Math.min(0, ...scores), Math.max(...scores, 0)];
    return element("ol", { class: "ranks" }, all.map(({ phrase, score, isPlain }) => {
      const bar = element("span", { class: "share", "aria-hidden": true });
      bar.style.setProperty("--share", most > least ? (score - least) / (most - least) : 0);
      const own = phrase === concept;
      return element("li", { class: own ? "own" : isPlain ? "plain" : "" }, bar,
        own ? element("span", {}, phrase) : element("button", { type: "button", class: "link", "data-key": `ask ${phrase}`, title: "Ask for this, too", on: { click: () => onAsk(phrase) } }, phrase),
        isPlain && element("small", {}, " the plain phrase"),
        element("span", { class: "rank-score" }, number(score)));
    }));
  }

  function scoreOf({ map, score, strength, against, peak, shareAbove }) {
    if (score === undefined) return undefined;
    const opposed = against.length > 0 && map.reference_score !== undefined && map.reference_score !== null;
    return element("dl", { class: "numbers" },
      element("div", {}, element("dt", {}, "Score"), element("dd", {}, element("strong", {}, number(score)),
        opposed && element("small", {}, `= ${number(map.concept_score)} ${strength < 0 ? "+" : "−"} ${number(Math.abs(strength), 3)} × ${number(map.reference_score)}`))),
      element("div", {}, element("dt", {}, "Highest at"), element("dd", {}, `${Math.round(peak.x)}, ${Math.round(peak.y)}`)),
      element("div", {}, element("dt", {}, "Above threshold"), element("dd", {}, `${number(shareAbove * 100, 2)} %`)));
  }

  function boxesOf({ boxes }) {
    if (!boxes.length) return element("p", { class: "hint" }, "No part is above the threshold.");
    return element("details", { class: "more", open: boxes.length <= 4 },
      element("summary", {}, counted(boxes.length, "box", "boxes")),
      element("div", { class: "table-frame" }, element("table", {},
        element("thead", {}, element("tr", {}, ["x, y", "width × height", "area", "mean"].map((name) => element("th", { scope: "col" }, name)))),
        element("tbody", {}, boxes.slice(0, 12).map((box) => element("tr", {},
          element("td", {}, `${Math.round(box.x)}, ${Math.round(box.y)}`),
          element("td", {}, `${Math.round(box.width)} × ${Math.round(box.height)}`),
          element("td", {}, number(box.area)), element("td", {}, number(box.mean, 2))))))));
  }

  return {
    show(plates) {
      if (!plates.length) {
        refill(host, element("p", { class: "hint" }, "Scores and findings appear here once something is asked."));
        return;
      }
      // Whether a thing is there does not depend on the method, and is said once for both sides. A note that holds for all maps is said once.
      const notes = [...new Set(plates.flatMap((plate) => plate.map.notes ?? []))];
      refill(host, plates.map((plate, k) => card(plate, plates.length === 1, plates[k - 1]?.presence)), notes.map((note) => element("p", { class: "note" }, note)));
    },
  };
}
