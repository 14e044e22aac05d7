// Files to take away, and the command line that gives the same.

import { byId, element, refill, say } from "./elements.js";
import { questionOf } from "./answers.js";

/** Splits a command line into words, with their quotes. */
const wordsOf = (command) => command.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? [];

/**
 * The server's command line with the strength and the drawing that the page has now; the server
 * may have answered at another strength.
 */
export function commandNow(command, state, { colorMap, threshold }) {
  const words = wordsOf(command);
  const set = (name, value) => {
    const at = words.findIndex((word) => word === name || word.startsWith(`${name}=`));
    // A value that could be taken for an option is attached to its name.
    const option = value < 0 ? [`${name}=${value}`] : [name, String(value)];
    if (at >= 0) words.splice(at, words[at] === name ? 2 : 1, ...option);
    else words.push(...option);
  };
  const isThere = words.some((word) => /^--strength(=|$)/.test(word));
  if (state.against.length && (isThere || state.strength !== 0.6)) set("--strength", state.strength);
  if (colorMap) set("--colormap", colorMap);
  if (threshold !== undefined && threshold !== 0.5) set("--threshold", threshold);
  return words.join(" ");
}

/** @param {{about: object, service: object, onDone: (text: string) => void}} parts */
export function makeTakeaway({ about, service, onDone }) {
  const host = byId("takeaway");
  const problem = byId("error-files");
  const which = element("select", { id: "take-which" });
  const whichField = element("label", { class: "field" }, element("span", { class: "field-name" }, "Of the map of"), which);
  const button = (format) => element("button", {
    type: "button", class: "format", title: format.summary, disabled: true, "aria-describedby": `format-${format.name}`,
    on: { click: (event) => save(format, event.currentTarget) },
  }, names[format.name] ?? format.name.toUpperCase(), element("span", { class: "unseen", id: `format-${format.name}` }, format.summary));
  const buttons = element("div", { class: "format-groups" }, grouped(about.formats).map(([name, formats]) =>
    element("div", { class: "format-group", role: "group", "aria-label": name },
      element("span", { class: "format-kind", "aria-hidden": true }, name), element("div", { class: "formats" }, formats.map(button)))));
  const command = element("code", { class: "command", tabindex: 0, role: "textbox", "aria-readonly": true, "aria-label": "The command line that gives the same", "aria-multiline": true });
  const copy = element("button", { type: "button", class: "copy", on: { click: copyCommand } }, "Copy");
  const commandBox = element("div", { class: "command-box" }, element("div", { class: "command-head" }, element("h4", {}, "The same in a terminal"), copy), command);
  host.append(whichField, buttons, commandBox);
  let plates = [];
  let state;

  async function save(format, button) {
    const plate = plates[Number(which.value) || 0];
    if (!plate) return;
    say(problem, "");
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await service.file(`/api/files/${format.name}`, {
        ...questionOf(state, plate.asked), concepts: [plate.concept],
        threshold: Number(plate.threshold.toFixed(4)), color_map: state.colors || about.default_color_map,
      });
      const blob = await answer.blob();
      const address = URL.createObjectURL(blob);
      const name = fileName(answer.headers.get("Content-Disposition")) ?? `map.${format.name}`;
      element("a", { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
      onDone(`${name} was saved.`);
    } catch (error) {
      say(problem, error.message);
    } finally {
      button.removeAttribute("aria-busy");
    }
  }

  async function copyCommand() {
    try {
      await navigator.clipboard.writeText(command.textContent);
    } catch {
      // Without the clipboard the text is at least selected.
      getSelection().selectAllChildren(command);
      return onDone("The command is selected; copy it with your keyboard.");
    }
    copy.textContent = "Copied";
    setTimeout(() => (copy.textContent = "Copy"), 1600);
    onDone("The command was copied.");
  }

  return {
    show(now, shown, threshold) {
      state = now;
      plates = shown.filter((plate) => plate.concept !== undefined);
      whichField.hidden = plates.length < 2;
      if (which.options.length !== plates.length || [...which.options].some((option, k) => option.text !== label(plates[k]))) {
        const before = which.value;
        refill(which, plates.map((plate, k) => element("option", { value: k }, label(plate))));
        which.value = plates[before] ? before : "0";
      }
      // Files are of maps of concepts; what pictures have in common comes by the command line.
      buttons.hidden = shown.length > 0 && plates.length === 0;
      buttons.querySelectorAll("button").forEach((button) => (button.disabled = plates.length === 0));
      const text = shown[0]?.command;
      commandBox.hidden = !text;
      if (text) {
        command.textContent = commandNow(text, now, {
          colorMap: now.colors, threshold: Number((shown[0].threshold ?? threshold).toFixed(4)),
        });
      }
    },
  };
}

const names = {
  png: "Overlay", heat: "Heatmap", mask: "Mask", npy: "NPY", json: "JSON", rle: "RLE", html: "HTML",
  coco: "COCO", labelme: "LabelMe", yolo: "YOLO", points: "Points",
};

const groups = { Pictures: ["png", "heat", "mask"], Numbers: ["npy", "json", "rle"], Boxes: ["coco", "labelme", "yolo", "points"], Page: ["html"] };

/** The formats under the names of their groups; those that nobody here knows come last. */
function grouped(formats) {
  const known = Object.values(groups).flat();
  const all = [...Object.entries(groups), ["Others", formats.map(({ name }) => name).filter((name) => !known.includes(name))]];
  return all.map(([name, members]) => [name, formats.filter((format) => members.includes(format.name))])
    .filter(([, members]) => members.length);
}

const label = ({ title, variant }) => (variant ? `${title}, ${variant}` : title);

/** The name in a Content-Disposition header. */
export function fileName(header) {
  const wide = /filename\*=UTF-8''([^;]+)/i.exec(header ?? "");
  if (wide) return decodeURIComponent(wide[1]);
  return /filename="?([^";]+)"?/i.exec(header ?? "")?.[1];
}
