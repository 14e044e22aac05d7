// What is asked and how it is drawn: one value, from which everything on the page follows. It also
// stands in the address, so that a view can be sent and the back button works.

export const initial = {
  picture: "", kind: "words", concepts: [], against: [], strength: 0.6, weighting: "",
  method: "", layer: "", fit: "", resolution: "", model: "", seed: 0, settings: {},
  threshold: 0.5, otsu: false, contour: true, boxes: false, peak: true, faint: true,
  opacity: 0.6, colors: "", scale: "each", beside: "", besideValue: "",
  likeness: "", like: [], others: [],
};

/** The members whose changes need no new answer of the server. */
export const drawingMembers = [
  "threshold", "otsu", "contour", "peak", "faint", "opacity", "colors", "scale",
];

/** Short names in the address for the members that are often there. */
const short = { concepts: "c", against: "a", strength: "g" };
const names = Object.fromEntries(Object.keys(initial).map((name) => [name, short[name] ?? name]));

/** The part of an address after "#". Members that are as at the beginning are left out. */
export function written(state) {
  const out = new URLSearchParams();
  for (const [member, name] of Object.entries(names)) {
    const value = state[member];
    if (Array.isArray(value)) value.forEach((each) => out.append(name, each));
    else if (member === "settings") {
      for (const [setting, each] of Object.entries(value)) out.append(`set.${setting}`, each);
    } else if (value !== initial[member]) out.append(name, value);
  }
  return out.toString();
}

/** The state that an address spells. What it spells wrongly is left as at the beginning. */
export function read(text) {
  const given = new URLSearchParams(text.replace(/^#/, ""));
  const state = { ...initial, settings: {} };
  for (const [member, name] of Object.entries(names)) {
    if (!given.has(name)) continue;
    const first = initial[member];
    const value = given.get(name);
    if (Array.isArray(first)) state[member] = given.getAll(name).filter((each) => each !== "");
    else if (typeof first === "boolean") state[member] = value === "true";
    else if (typeof first === "number") {
      if (value !== "" && Number.isFinite(Number(value))) state[member] = Number(value);
    } else if (typeof first === "string") state[member] = value;
  }
  for (const [name, value] of given) {
    if (name.startsWith("set.")) state.settings[name.slice(4)] = value !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
  }
  const within = (value, least, most) => Math.max(least, Math.min(most, value));
  state.strength = within(state.strength, -1, 2);
  state.threshold = within(state.threshold, 0, 1);
  state.opacity = within(state.opacity, 0, 1);
  return state;
}

/**
 * Holds the state, writes it into the address, and tells whoever watches what it was before. A
 * change can be gone back from; one with a slider counts once the slider rests.
 */
export function makeStore() {
  let state = read(location.hash);
  const watchers = [];
  const tell = (before, changed, quiet) => watchers.forEach((watch) => watch(state, before, changed, quiet));
  let settled;

  window.addEventListener("popstate", () => {
    clearTimeout(settled);
    const before = state;
    state = read(location.hash);
    tell(before, Object.keys(initial));
  });

  return {
    get state() { return state; },
    watch: (watcher) => watchers.push(watcher),
    set(change, { sliding = false, quiet = false } = {}) {
      const before = state;
      state = { ...state, ...change };
      const address = `#${written(state)}`;
      const push = () => address !== location.hash && history.pushState(null, "", address);
      clearTimeout(settled);
      if (sliding) settled = setTimeout(push, 400);
      else if (quiet) history.replaceState(null, "", address);
      else push();
      tell(before, Object.keys(change), quiet);
    },
  };
}
