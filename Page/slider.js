// A slider with its number beside it: either can be changed, and keys and ticks work.

import { element, refill } from "./elements.js";

/**
 * @param {HTMLElement} host
 * @param {{name: string, least: number, most: number, step: number, ticks?: number[], snap?: number[],
 *   hint?: string, onChange: (value: number) => void}} options
 */
export function makeSlider(host, options) {
  const { least, most, step, ticks = [] } = options;
  const digits = (String(step).split(".")[1] ?? "").length;
  const shared = { min: least, max: most, step };
  const name = `${host.id}-name`;
  const range = element("input", { type: "range", id: `${host.id}-range`, ...shared, "aria-labelledby": name });
  const number = element("input", {
    type: "number", id: `${host.id}-number`, ...shared, inputmode: "decimal", class: "slider-number",
    "aria-label": `${options.name}, as a number`,
  });
  const hint = element("p", { class: "hint", id: `${host.id}-hint` }, options.hint ?? "");
  if (!options.hint) hint.hidden = true;
  else range.setAttribute("aria-describedby", hint.id);
  const marks = element("div", { class: "ticks", "aria-hidden": true }, ticks.map((tick) => {
    const mark = element("span", { class: "tick" }, spelled(tick));
    mark.style.setProperty("--at", (tick - least) / (most - least));
    return mark;
  }));
  host.append(
    element("div", { class: "slider-head" }, element("label", { class: "field-name", id: name, for: range.id }, options.name), number),
    range, ...(ticks.length ? [marks] : []), hint);

  function spelled(value) {
    return (value < 0 ? "−" : "") + String(Math.abs(value));
  }

  function moved(value) {
    if (!Number.isFinite(value)) return;
    const inside = Math.max(least, Math.min(most, Number(value.toFixed(digits))));
    options.onChange(inside);
  }

  range.addEventListener("input", () => moved(range.valueAsNumber));
  range.addEventListener("keydown", (event) => {
    // With Shift, arrows go ten steps.
    const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!way || !event.shiftKey) return;
    event.preventDefault();
    moved(range.valueAsNumber + way * 10 * step);
  });
  number.addEventListener("change", () => {
    if (number.value.trim() === "") return (number.value = range.value);
    moved(number.valueAsNumber);
  });

  return {
    range,
    show(value, { disabled = false, text } = {}) {
      range.value = value;
      range.style.setProperty("--filled", (value - least) / (most - least));
      range.setAttribute("aria-valuetext", text ?? spelled(value));
      if (document.activeElement !== number || Number(number.value) !== value) number.value = value.toFixed(digits);
      range.disabled = number.disabled = disabled;
    },
    hint: (text) => {
      hint.hidden = !text;
      refill(hint, text);
    },
  };
}
