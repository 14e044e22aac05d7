// A field for several phrases: each becomes a chip that can be taken away again.

import { element, refill } from "./elements.js";

/**
 * @param {HTMLElement} host
 * @param {{name: string, hint: string, placeholder: string, most: number, tone: string,
 *   characters: number, examples?: string[], onChange: (phrases: string[]) => void}} options
 */
export function makeChips(host, options) {
  let phrases = [];
  const id = `${host.id}-input`;
  const list = element("ul", { class: "chips", "aria-label": `${options.name}: phrases` });
  const input = element("input", {
    id, class: "chip-input", type: "text", maxlength: options.characters, enterkeyhint: "done",
    placeholder: options.placeholder, "aria-describedby": `${id}-hint`, spellcheck: true,
  });
  const add = element("button", { type: "button", class: "chip-add", "aria-label": `Add to “${options.name}”`, on: { click: take } }, "Add");
  const hint = element("p", { class: "hint", id: `${id}-hint` }, options.hint);
  const examples = element("p", { class: "examples" });
  host.classList.add(options.tone);
  host.append(
    element("label", { class: "field-name", for: id }, options.name),
    element("div", { class: "chip-box" }, list, element("div", { class: "chip-line" }, input, add)),
    hint, examples);

  function change(next) {
    options.onChange(next.slice(0, options.most));
  }

  /** Takes what is typed; several phrases may be separated by semicolons. */
  function take() {
    const typed = input.value.split(";").map((each) => each.trim()).filter(Boolean);
    input.value = "";
    const fresh = typed.filter((each, k) => !phrases.includes(each) && typed.indexOf(each) === k);
    if (fresh.length) change([...phrases, ...fresh]);
    input.focus();
  }

  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      take();
    } else if (event.key === "Backspace" && input.value === "" && phrases.length) {
      input.value = phrases.at(-1);
      change(phrases.slice(0, -1));
      event.preventDefault();
    }
  });
  input.addEventListener("input", () => {
    if (input.value.includes(";")) take();
  });
  // A phrase that is typed and left counts, too: nobody sees that Enter was needed.
  input.addEventListener("blur", (event) => {
    if (input.value.trim() && !host.contains(event.relatedTarget)) {
      const typed = input.value.trim();
      input.value = "";
      if (!phrases.includes(typed)) change([...phrases, typed]);
    }
  });

  function remove(phrase) {
    const place = phrases.indexOf(phrase);
    change(phrases.filter((each) => each !== phrase));
    (list.querySelectorAll("button")[Math.min(place, phrases.length - 1)] ?? input).focus();
  }

  return {
    input,
    show(next) {
      phrases = next;
      const full = phrases.length >= options.most;
      input.disabled = full;
      add.hidden = full;
      refill(list, phrases.map((phrase) => element("li", { class: "chip" },
        element("span", {}, phrase),
        element("button", {
          type: "button", "data-key": phrase, "aria-label": `Take “${phrase}” away`, on: { click: () => remove(phrase) },
        }, "×"))));
      const left = (options.examples ?? []).filter((each) => !phrases.includes(each));
      examples.hidden = phrases.length > 0 || left.length === 0;
      refill(examples, "For example ", left.map((each, k) => [k > 0 && ", ",
        element("button", { type: "button", class: "link", on: { click: () => change([...phrases, each]) } }, each)]));
      hint.hidden = phrases.length > 0;
      input.placeholder = phrases.length ? "one more" : options.placeholder;
    },
  };
}
