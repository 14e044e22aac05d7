// Builds elements of the page in one expression.

const vector = "http://www.w3.org/2000/svg";

/**
 * An element with attributes, listeners (`on: {click: f}`) and children. An attribute that is false
 * or undefined is left out; one that is true is empty.
 * @param {string} tag
 */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for parts of a drawing. */
export function drawn(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(vector, tag), attributes, children);
}

function filled(node, { on = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined || value === null) continue;
    if (name === "value" && "value" in node) node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const [event, react] of Object.entries(on)) node.addEventListener(event, react);
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== false && child !== null));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Shows a sentence in an element that is hidden while there is none. */
export function say(node, sentence) {
  if (node.textContent === (sentence ?? "")) return;
  node.textContent = sentence ?? "";
  node.hidden = !sentence;
}

/** Replaces the children of an element, and keeps the focus on the child with the same `data-key`. */
export function refill(node, ...children) {
  const key = node.contains(document.activeElement) && document.activeElement.dataset.key;
  node.replaceChildren(...children.flat(Infinity).filter(Boolean));
  if (key) node.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

/** Runs the last of many calls, when none has come for a while. */
export function debounced(milliseconds, run) {
  let timer;
  const later = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...values), milliseconds);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}
