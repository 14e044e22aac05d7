// Makes what the plates show out of a state and the answers to it.

import { variantsOf } from "./answers.js";
import { clipped, combined, gridAt, otsu, peakOf, rangeOf, resized, scaledToUnit } from "./numbers.js";
import { number, questionText } from "./words.js";

/** The size of a picture, where it is known. */
const sizeOf = (listed) => (listed?.width ? { width: listed.width, height: listed.height } : {});

/** The map of nothing: what is drawn while an answer is awaited, and where nothing is asked. */
function blank({ width, height }) {
  return { isBlank: true, width, height, region: { x: 0, y: 0, width, height }, rows: 1, columns: 1, values: [0], notes: [] };
}

/**
 * @param {{about: object, pictures: object, pixels: Map, answers: object, likeness: object | undefined,
 *   presenceOf: Function, boxesOf: Function}} parts
 */
export function makePlates(parts) {
  const computed = new Map();

  /** The numbers of a map at a strength; the last ones of each plate are kept. */
  function numbers(key, map, strength) {
    const before = computed.get(key);
    if (before?.map === map && before.strength === strength) return before;
    const linear = map.is_linear && map.own;
    const values = linear ? combined(map.own, map.references, strength) : Float32Array.from(map.values);
    const made = { map, strength, values, clipped: clipped(values), peak: peakOf(values, map) };
    computed.set(key, made);
    return made;
  }

  /** The pixels of a map, made again only when its scale or size changes. */
  function unitOf(made, range, { width, height }) {
    const key = [range.least, range.most, width, height].join();
    if (made.unitKey !== key) {
      const grid = gridAt(made.map, width, height);
      made.unit = resized(scaledToUnit(made.clipped, range), grid, width, height);
      made.unitKey = key;
      made.otsu = undefined;
    }
    return made.unit;
  }

  function asked(state) {
    if (state.kind === "pictures") return likenessPlates(state);
    const variants = variantsOf(state);
    return state.concepts.flatMap((concept) => variants.map((variant, side) => {
      const answer = parts.answers.find(state, variant, concept);
      const { picture = state.picture, against = state.against } = variant;
      return {
        key: `${concept} ${side}`, concept, against, asked: variant, pictureId: picture,
        title: concept, variant: variantName(state, variant, side, variants.length),
        question: questionText(concept, against, state.strength), answer, isWaiting: !answer && parts.answers.isAsking,
        presence: parts.presenceOf(state, variant, concept),
        boxes: state.boxes ? parts.boxesOf(state, variant, concept) : undefined,
      };
    }));
  }

  function likenessPlates(state) {
    const { answer, isWaiting } = parts.likenessOf(state);
    return (answer?.maps ?? []).map((map, k) => ({
      key: `likeness ${k}`, against: [], pictureId: map.picture, isWaiting, variant: "",
      title: parts.pictures.name(map.picture), question: parts.pictures.name(map.picture),
      answer: { map, command: answer.command },
    }));
  }

  function variantName(state, variant, side, count) {
    if (count < 2) return "";
    if (state.beside === "alone") return side ? "alone" : `against ${state.against.join(", ") || "nothing"}`;
    const { about, pictures } = parts;
    const own = { method: state.method || about.default_method, model: state.model || about.model, picture: pictures.name(state.picture) };
    if (side === 0) return own[state.beside];
    return state.beside === "picture" ? pictures.name(state.besideValue) : state.besideValue;
  }

  /** The plates whose pictures are there. */
  function make(state) {
    let plates = asked(state);
    if (!plates.length && state.picture) {
      const name = parts.pictures.name(state.picture);
      plates = [{ key: "picture", pictureId: state.picture, title: name, variant: "", question: name, against: [], answer: undefined, isWaiting: parts.likenessOf(state).isWaiting }];
    }
    const made = plates.map((plate) => {
      const picture = parts.pixels.get(plate.pictureId);
      if (!picture) return undefined;
      // While a new answer is awaited, the last map of this plate stays, unless its picture is another.
      const last = computed.get(plate.key);
      const stays = plate.isWaiting && last && !last.map.isBlank && last.pictureId === plate.pictureId && plate.concept !== undefined;
      const map = plate.answer?.map ?? (stays ? last.map : blank({ ...picture, ...sizeOf(parts.pictures.find(plate.pictureId)) }));
      const found = numbers(plate.key, map, plate.against.length ? state.strength : 0);
      found.pictureId = plate.pictureId;
      return { ...plate, picture, map, found, values: found.values, clipped: found.clipped, peak: plate.answer || stays ? found.peak : undefined };
    }).filter(Boolean);
    const all = rangeOf(...made.map((plate) => plate.clipped));
    return made.map((plate) => finished(plate, state, state.scale === "shared" && made.length > 1 ? all : rangeOf(plate.clipped)));
  }

  function finished(plate, state, range) {
    const { found, map, answer, presence } = plate;
    const unit = unitOf(found, range, plate.picture);
    const threshold = state.otsu ? (found.otsu ??= otsu(unit.values)) : state.threshold;
    let above = 0;
    for (const value of unit.values) if (value > threshold) above += 1;
    const score = answer && (map.is_linear && map.concept_score !== undefined
      ? map.concept_score - (plate.against.length ? state.strength * (map.reference_score ?? 0) : 0) : map.score);
    const isFaint = state.faint && presence?.verdict === "probably not there";
    return {
      ...plate, unit, range, threshold, score, strength: state.strength, isFaint, command: answer?.command,
      shareAbove: above / (unit.width * unit.height), description: described(plate, score, isFaint),
    };
  }

  return { make };
}

/** What a screen reader says of a plate. */
function described({ question, peak, answer, variant }, score, isFaint) {
  if (!answer) return `The picture ${question}, without a map.`;
  const by = variant ? ` by ${variant}` : "";
  return `The map of ${question}${by}: highest at ${Math.round(peak.x)}, ${Math.round(peak.y)}${score === undefined ? "" : `, score ${number(score)}`}.`
    + `${isFaint ? " Probably not there." : ""} Arrow keys move a cursor over it.`;
}
