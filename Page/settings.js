// The fields for layer, fit, size and the settings of a method, as the server describes them.

import { byId, element, refill } from "./elements.js";

/** @param {{about: object, store: object}} parts */
export function makeSettings({ about, store }) {
  const host = byId("settings");
  let shownFor = "";

  function select(id, name, options, value, onChange, hint) {
    // What the address spells may be none of the choices; the server says what is wrong with it.
    if (!options.some(([key]) => key === value)) options = [...options, [value, value]];
    const node = element("select", { id, on: { change: (event) => onChange(event.target.value) } },
      options.map(([key, text]) => element("option", { value: key }, text)));
    node.value = value;
    return field(id, name, node, hint);
  }

  function field(id, name, node, hint) {
    if (hint) node.setAttribute("aria-describedby", `${id}-hint`);
    return element("div", { class: "field" }, element("label", { class: "field-name", for: id }, name), node,
      hint && element("p", { class: "hint", id: `${id}-hint` }, hint));
  }

  function numeric(setting, value) {
    const id = `setting-${setting.name}`;
    const node = element("input", {
      id, type: "number", min: setting.least, max: setting.most, step: setting.type === "integer" ? 1 : "any",
      placeholder: setting.default ?? "", value: value ?? "",
      on: { change: () => change(setting, node.value === "" ? undefined : Number(node.value)) },
    });
    return field(id, sentence(setting.name), node, setting.summary);
  }

  function change(setting, value) {
    const { [setting.name]: _, ...others } = store.state.settings;
    const isDefault = value === undefined || value === "" || value === setting.default;
    store.set({ settings: isDefault ? others : { ...others, [setting.name]: value } });
  }

  function build(state, method) {
    const { blocks, default_layer: last } = about;
    const layers = [["", last === undefined ? "as the method needs it" : `block ${last + 1} of ${blocks}, as usual`]];
    for (let k = 0; k < (blocks ?? 0); k++) if (k !== last) layers.push([String(k), `block ${k + 1} of ${blocks}`]);
    const fits = [["", about.default_fit ? `${about.default_fit}, as usual` : "as the model was trained"],
      ...about.fits.filter(({ name }) => name !== about.default_fit).map(({ name }) => [name, name])];
    const fit = about.fits.find(({ name }) => name === (state.fit || about.default_fit));
    const sizes = [["", "as the model was trained"], ...(about.resolutions ?? []).map((size) => {
      const text = Array.isArray(size) ? size.join("x") : String(size);
      return [text, /^\d+$/.test(text) ? `${text} × ${text} pixels` : text === "native" ? "the picture’s own" : text];
    })];
    const weightings = [["", `${about.weightings[0].name}, as usual`],
      ...about.weightings.slice(1).map(({ name }) => [name, name])];
    const weighting = about.weightings.find(({ name }) => name === (state.weighting || about.weightings[0].name));
    refill(host, [
      layers.length > 2 && select("layer", "Layer", layers, state.layer, (layer) => store.set({ layer }), "Which part of the model is explained."),
      select("fit", "Fit", fits, state.fit, (value) => store.set({ fit: value }), fit?.summary),
      sizes.length > 1 && select("resolution", "Resolution", sizes, state.resolution, (resolution) => store.set({ resolution }), "A larger input gives a finer map and takes longer."),
      state.against.length > 1 && select("weighting", "Several references", weightings, state.weighting, (value) => store.set({ weighting: value }), weighting?.summary),
      ...(method?.settings ?? []).map((setting) => {
        const value = state.settings[setting.name];
        if (setting.type !== "choice") return numeric(setting, value);
        const options = setting.choices.map((choice) => [choice, choice]);
        return select(`setting-${setting.name}`, sentence(setting.name), options, value ?? setting.default ?? options[0][0],
          (chosen) => change(setting, chosen), setting.summary);
      }),
      method?.draws_at_random !== false && field("seed", "Seed", element("input", {
        id: "seed", type: "number", min: 0, step: 1, value: state.seed,
        on: { change: (event) => store.set({ seed: Math.max(0, Math.round(event.target.valueAsNumber || 0)) }) },
      }), "The same seed gives the same random draws."),
      method && element("p", { class: "hint paper" }, method.paper),
    ]);
  }

  return {
    show(state) {
      const method = about.methods.find(({ name }) => name === (state.method || about.default_method));
      const members = [method?.name, state.layer, state.fit, state.resolution, state.weighting, state.against.length > 1, state.settings, state.seed];
      const now = JSON.stringify(members);
      if (now === shownFor) return;
      // The focus is kept by name, since the fields are made anew.
      const focused = host.contains(document.activeElement) && document.activeElement.id;
      shownFor = now;
      build(state, method);
      if (focused) byId(focused)?.focus({ preventScroll: true });
    },
  };
}

/** "sigma-light" as "Sigma light". */
const sentence = (name) => (name[0].toUpperCase() + name.slice(1)).replaceAll("-", " ");
