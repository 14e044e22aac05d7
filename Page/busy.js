// Says how long an answer has been awaited, once that is long, and offers to stop.

import { byId, element, refill } from "./elements.js";

/** @param {{onStop: () => void}} parts */
export function makeBusy({ onStop }) {
  const host = byId("busy");
  const text = element("span", {});
  refill(host, text, element("button", { type: "button", class: "quiet-button", on: { click: onStop } }, "Stop"));
  let since;
  let timer;

  function show() {
    const seconds = Math.floor((performance.now() - since) / 1000);
    text.textContent = `Asking for ${seconds} s`;
    host.hidden = seconds < 2;
  }

  return {
    show(isBusy) {
      if (isBusy === (since !== undefined)) return;
      clearInterval(timer);
      since = isBusy ? performance.now() : undefined;
      if (isBusy) timer = setInterval(show, 500);
      else host.hidden = true;
    },
  };
}
