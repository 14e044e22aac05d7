// Questions without words: what makes pictures alike, and what sets one apart from others.

import { byId, element, refill } from "./elements.js";

/** @param {{about: object, store: object, pictures: object}} parts */
export function makeLikeness({ about, store, pictures }) {
  const host = byId("likeness");
  const method = element("select", { id: "likeness-method", on: { change: () => store.set({ likeness: method.value }) } });
  refill(method, element("optgroup", { label: "What is alike" }, about.likenesses.map(({ name }) => element("option", { value: name }, name))),
    element("optgroup", { label: "What sets apart" }, element("option", { value: "diff-cam" }, "diff-cam")));
  const summary = element("p", { class: "hint", id: "likeness-summary" });
  method.setAttribute("aria-describedby", summary.id);
  const legend = element("legend", {});
  const choices = element("div", { class: "picture-choices" });
  host.append(
    element("label", { class: "field" }, element("span", { class: "field-name" }, "Method"), method), summary,
    element("fieldset", { class: "picture-field" }, legend, choices));
  let shownFor = "";

  function toggle(member, id) {
    const now = store.state[member];
    store.set({ [member]: now.includes(id) ? now.filter((each) => each !== id) : [...now, id] });
  }

  return {
    show(state) {
      if (state.kind !== "pictures") return;
      const apart = isApart(state);
      const member = apart ? "others" : "like";
      method.value = state.likeness || about.likenesses[0].name;
      summary.textContent = apart ? "Weights channels by how far they set this picture apart from the others."
        : about.likenesses.find(({ name }) => name === method.value)?.summary ?? "";
      legend.textContent = apart ? "Apart from" : "Like";
      const now = JSON.stringify([state.picture, state[member], member, pictures.list.length]);
      if (now === shownFor) return;
      shownFor = now;
      refill(choices, pictures.list.filter(({ id }) => id !== state.picture).slice(0, 60).map(({ id }) => {
        const name = pictures.name(id);
        const image = element("img", { alt: "", width: 48, height: 48 });
        pictures.thumbnail(id).then((address) => (image.src = address), () => {});
        const chosen = state[member].includes(id);
        return element("button", { type: "button", class: "picture-choice", "data-key": id, "aria-pressed": String(chosen), "aria-label": name, title: name, on: { click: () => toggle(member, id) } }, image);
      }));
    },
  };
}

export const isApart = (state) => state.likeness === "diff-cam";

/** The question to `/api/likeness`, or nothing while no other picture is chosen. */
export function likenessQuestion(state, about) {
  const chosen = (isApart(state) ? state.others : state.like).filter((id) => id !== state.picture);
  if (state.kind !== "pictures" || !state.picture || !chosen.length) return undefined;
  const body = { picture: state.picture, method: state.likeness || about.likenesses[0].name };
  if (state.model) body.model = state.model;
  return { ...body, [isApart(state) ? "against" : "like"]: chosen };
}
