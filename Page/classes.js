// The classes of a classifier: which it predicts for the picture, and which are asked about.

import { byId, element, refill } from "./elements.js";
import { fixed } from "./words.js";

/** @param {{about: object, store: object}} parts */
export function makeClasses({ about, store }) {
  const host = byId("classes");
  const names = about.classes ?? [];
  let top = [];
  if (!names.length) return { show() {}, fill() {} };

  const list = element("div", { class: "class-list" });
  const picker = (id, name, hint, choose) => {
    const input = element("input", { id, list: "class-names", type: "text", placeholder: "name of a class", "aria-describedby": `${id}-hint` });
    const take = () => {
      const found = names.find((each) => each.toLowerCase() === input.value.trim().toLowerCase());
      if (!found) return;
      input.value = "";
      choose(found);
    };
    input.addEventListener("change", take);
    return element("div", { class: "field" }, element("label", { class: "field-name", for: id }, name), input,
      element("p", { class: "hint", id: `${id}-hint` }, hint));
  };
  const rival = element("ul", { class: "chips reference-chips", "aria-label": "Rivals" });
  host.append(
    element("datalist", { id: "class-names" }, names.map((name) => element("option", { value: name }))),
    element("h3", {}, "What the classifier sees"), list,
    picker("class-choice", "Another class", `One of ${names.length} classes.`, (name) => toggle("concepts", name)),
    picker("class-rival", "As opposed to the class", "The class that it could be mistaken for.", (name) => toggle("against", name)),
    rival);

  function toggle(member, name) {
    const now = store.state[member];
    store.set({ [member]: now.includes(name) ? now.filter((each) => each !== name) : [...now, name] });
  }

  function show({ concepts, against }) {
    const predicted = top.map(({ name }) => name);
    const rows = [...top, ...concepts.filter((name) => !predicted.includes(name)).map((name) => ({ name }))];
    refill(list, rows.map(({ name, probability }) => {
      const bar = element("span", { class: "share", "aria-hidden": true });
      bar.style.setProperty("--share", probability ?? 0);
      const chosen = concepts.includes(name);
      return element("div", { class: `class-row${chosen ? " chosen" : ""}` },
        element("button", { type: "button", class: "class-name", "data-key": name, "aria-pressed": String(chosen), on: { click: () => toggle("concepts", name) } },
          bar, element("span", {}, name), element("span", { class: "share-text" }, probability === undefined ? "" : `${fixed(probability * 100, 1)} %`)),
        element("button", {
          type: "button", class: "class-against", "data-key": `not ${name}`, "aria-pressed": String(against.includes(name)),
          "aria-label": `Ask as opposed to ${name}`, title: "Ask as opposed to this class", on: { click: () => toggle("against", name) },
        }, "vs."));
    }));
    refill(rival, against.filter((name) => !rows.some((row) => row.name === name)).map((name) =>
      element("li", { class: "chip" }, element("span", {}, name), element("button", {
        type: "button", "aria-label": `Take “${name}” away`, on: { click: () => toggle("against", name) },
      }, "×"))));
  }

  return {
    show,
    /** Takes what the classifier predicts for a picture; the first class is asked if none is. */
    fill(classes) {
      top = classes;
      if (store.state.kind === "classes" && !store.state.concepts.length && classes.length) {
        store.set({ concepts: [classes[0].name] }, { quiet: true });
      }
      show(store.state);
    },
  };
}
