// Keys of the whole page, the list of them, and the theme.

import { byId, element } from "./elements.js";

const keysKey = "fieldmark-keys";
const themeKey = "fieldmark-theme";

/** What is remembered in the browser, where it lets us. */
const memory = {
  get(key) {
    try { return localStorage.getItem(key); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(key, value); } catch { /* Then it is forgotten. */ }
  },
};

/**
 * @param {{key: string, name: string, run: () => void, until?: () => void}[]} shortcuts `until` runs
 *   when the key is let go
 */
export function makeKeys(shortcuts) {
  const help = byId("help");
  const use = byId("use-keys");
  use.checked = memory.get(keysKey) !== "off";
  use.addEventListener("change", () => memory.set(keysKey, use.checked ? "on" : "off"));
  const open = () => help.showModal();
  byId("help-open").addEventListener("click", open);
  byId("help-close").addEventListener("click", () => help.close());
  help.addEventListener("click", (event) => event.target === help && help.close());

  const all = [...shortcuts, { key: "?", name: "This help", run: open }];
  const rows = [...all, { key: "← → ↑ ↓", name: "Move the cursor, when a map has the focus; with Shift, four cells" },
    { key: "Home", name: "Move the cursor to the highest place" }];
  byId("keys").append(...rows.map(({ key, name }) =>
    element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, name))));

  const typing = ({ target }) => target.closest?.("input:not([type=range], [type=checkbox], [type=radio]), select, textarea, [contenteditable]");
  const find = (event) => all.find(({ key }) => key === event.key);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || !use.checked || typing(event)) return;
    const shortcut = find(event);
    if (!shortcut || event.repeat) return;
    event.preventDefault();
    shortcut.run();
  });
  document.addEventListener("keyup", (event) => find(event)?.until?.());
}

/** The button that goes round the themes: as the system, light, dark. */
export function makeTheme() {
  const button = byId("theme");
  const names = { system: "auto", light: "light", dark: "dark" };
  let theme = memory.get(themeKey) in names ? memory.get(themeKey) : "system";
  const show = () => {
    document.documentElement.dataset.theme = theme;
    button.replaceChildren("◐ ", element("span", { class: "wide-only" }, names[theme]));
    button.setAttribute("aria-label", `Theme: ${theme === "system" ? "as the system" : names[theme]}`);
  };
  button.addEventListener("click", () => {
    const all = Object.keys(names);
    theme = all[(all.indexOf(theme) + 1) % all.length];
    memory.set(themeKey, theme);
    show();
  });
  show();
}
