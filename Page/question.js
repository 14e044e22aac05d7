// The form with the question: it shows a state, and changes of it go to the store.

import { makeChips } from "./chips.js";
import { makeClasses } from "./classes.js";
import { byId, element, refill } from "./elements.js";
import { makeLikeness } from "./likeness.js";
import { makeSettings } from "./settings.js";
import { makeSlider } from "./slider.js";

/**
 * @param {{about: object, store: object, pictures: object}} parts
 */
export function makeQuestion({ about, store, pictures }) {
  const form = byId("question");
  form.addEventListener("submit", (event) => event.preventDefault());
  const limits = { concepts: 16, references: 16, characters: 2000, ...about.limits };
  const set = (member) => (value) => store.set({ [member]: value });

  const concepts = makeChips(byId("concepts"), {
    name: "Look for", tone: "concept", most: limits.concepts, characters: limits.characters,
    placeholder: "red epaulets", hint: "A part and its color or shape. Press Enter after each phrase.",
    examples: ["red epaulets", "black bill", "yellow crown"], onChange: set("concepts"),
  });
  const references = makeChips(byId("references"), {
    name: "As opposed to", tone: "reference", most: limits.references, characters: limits.characters,
    placeholder: "bird", hint: "What the map should not show: the whole animal, or a similar part.",
    examples: ["bird", "wing"], onChange: set("against"),
  });
  const strength = makeSlider(byId("strength"), {
    name: "Strength", least: -1, most: 2, step: 0.05, ticks: [-1, 0, 0.6, 1, 2],
    onChange: (strength) => store.set({ strength }, { sliding: true }),
  });
  const threshold = makeSlider(byId("threshold"), {
    name: "Threshold", least: 0, most: 1, step: 0.01,
    onChange: (value) => store.set({ threshold: value, otsu: false }, { sliding: true }),
  });
  const opacity = makeSlider(byId("opacity"), {
    name: "Opacity", least: 0, most: 1, step: 0.01,
    onChange: (value) => store.set({ opacity: value }, { sliding: true }),
  });

  const radios = (name, member) => form.querySelectorAll(`input[name=${name}]`).forEach((radio) =>
    radio.addEventListener("change", () => store.set({ [member]: radio.value })));
  form.querySelectorAll("input[name=kind]").forEach((radio) => radio.addEventListener("change", () =>
    // The words of one kind of question mean nothing in another.
    store.set({ kind: radio.value, concepts: [], against: [], beside: "", besideValue: "" })));
  radios("scale", "scale");
  for (const check of ["otsu", "contour", "boxes", "peak", "faint"]) {
    byId(check).addEventListener("change", (event) => store.set({ [check]: event.target.checked }));
  }

  const method = byId("method");
  refill(method, [["Methods", (each) => !each.is_slow], ["Slow methods", (each) => each.is_slow]].map(([label, suits]) =>
    element("optgroup", { label }, about.methods.filter(suits).map(({ name }) => element("option", { value: name }, name)))));
  method.addEventListener("change", () => store.set({ method: method.value === about.default_method ? "" : method.value, settings: {} }));

  const model = byId("model");
  refill(model, about.models.map(({ name }) => element("option", { value: name }, name)));
  model.addEventListener("change", () => store.set({ model: model.value === about.model ? "" : model.value, layer: "", resolution: "" }));
  byId("kind-classes").hidden = !about.classes?.length;

  const beside = byId("beside");
  const besideValue = byId("beside-value");
  if (about.models.length < 2) beside.querySelector("[value=model]").remove();
  beside.addEventListener("change", () => store.set({ beside: beside.value, besideValue: choices(store.state, beside.value)[0]?.[0] ?? "" }));
  besideValue.addEventListener("change", () => store.set({ besideValue: besideValue.value }));

  function choices(state, kind) {
    const others = (list, current) => list.filter(({ name }) => name !== current).map(({ name }) => [name, name]);
    if (kind === "method") return others(about.methods, state.method || about.default_method);
    if (kind === "model") return others(about.models, state.model || about.model);
    if (kind === "picture") return pictures.list.filter(({ id }) => id !== state.picture).map(({ id }) => [id, pictures.name(id)]);
    return [];
  }

  const colorMaps = byId("color-maps");
  about.color_maps.forEach(({ name, colors }) => {
    const swatch = element("canvas", { class: "swatch", width: 64, height: 1, "aria-hidden": true });
    const context = swatch.getContext("2d");
    for (let k = 0; k < 64; k++) {
      context.fillStyle = colors[k * 4];
      context.fillRect(k, 0, 1, 1);
    }
    colorMaps.append(element("label", {}, element("input", {
      type: "radio", name: "colors", value: name, on: { change: () => store.set({ colors: name === about.default_color_map ? "" : name }) },
    }), element("span", {}, swatch, name)));
  });

  const settings = makeSettings({ about, store });
  const classes = makeClasses({ about, store });
  const likeness = makeLikeness({ about, store, pictures });

  /** @param {{threshold: number}} drawn what the drawing found, such as Otsu's threshold */
  function show(state, drawn) {
    const current = about.methods.find(({ name }) => name === (state.method || about.default_method));
    form.querySelectorAll("input[name=kind]").forEach((radio) => (radio.checked = radio.value === state.kind));
    byId("words-block").hidden = state.kind !== "words";
    byId("classes-block").hidden = state.kind !== "classes";
    byId("pictures-block").hidden = state.kind !== "pictures";
    const byPictures = state.kind === "pictures";
    byId("method-block").hidden = byPictures;
    byId("strength-block").hidden = byPictures;
    beside.closest(".block").hidden = byPictures;
    concepts.show(state.concepts);
    references.show(state.against);
    const plain = state.against.length === 0;
    strength.show(state.strength, { disabled: plain, text: strengthWords(state) });
    strength.hint(plain ? "Name something under “As opposed to”, and the strength says how much of it is taken away." : strengthWords(state));
    method.value = current?.name ?? "";
    byId("method-summary").textContent = !current ? "" : current.summary;
    byId("method-summary").title = current?.paper ?? "";
    model.value = state.model || about.model;
    beside.value = state.beside;
    const values = choices(state, state.beside);
    byId("beside-value-field").hidden = values.length === 0;
    byId("beside-value-name").textContent = { method: "Which method", model: "Which model", picture: "Which picture" }[state.beside] ?? "Which";
    refill(besideValue, values.map(([value, name]) => element("option", { value }, name)));
    besideValue.value = state.besideValue;
    threshold.show(drawn.threshold, { text: `${Math.round(drawn.threshold * 100)} percent of the highest value` });
    opacity.show(state.opacity, { text: `${Math.round(state.opacity * 100)} percent` });
    for (const check of ["otsu", "contour", "boxes", "peak", "faint"]) byId(check).checked = state[check];
    form.querySelectorAll("input[name=scale]").forEach((radio) => (radio.checked = radio.value === state.scale));
    byId("faint").closest("label").hidden = state.kind !== "words";
    byId("scales").hidden = drawn.count < 2;
    form.querySelectorAll("input[name=colors]").forEach((radio) =>
      (radio.checked = radio.value === (state.colors || about.default_color_map)));
    settings.show(state);
    classes.show(state);
    likeness.show(state);
  }

  return { show, showClasses: classes.fill, focusConcept: () => (byId("concepts-input").offsetParent ? byId("concepts-input") : method).focus(),
    focusStrength: () => strength.range.focus() };
}

/** What a strength does, in words. */
function strengthWords({ strength, against }) {
  const what = against.length === 1 ? `“${against[0]}”` : "what is opposed";
  if (strength === 0) return `The concept alone; ${what} does not count.`;
  if (strength < 0) return `${Math.round(-strength * 100)} % of ${what} is added.`;
  if (strength === 1) return `All of ${what} is taken away.`;
  return strength < 1 ? `${Math.round(strength * 100)} % of ${what} is taken away.` : `More than all of ${what} is taken away.`;
}
