// Says that the server does not answer, and asks again until it does.

import { byId, element, refill } from "./elements.js";

/** @param {{check: () => Promise<unknown>, onBack: () => void}} parts */
export function makeLost({ check, onBack }) {
  const banner = byId("lost");
  let timer;
  let wait = 1;

  function again() {
    clearInterval(timer);
    check().then(() => {}, () => count());
  }

  function count() {
    let left = wait;
    wait = Math.min(15, wait * 2);
    const seconds = element("span", { "aria-hidden": true });
    const show = () => (seconds.textContent = ` It is asked again in ${left} s.`);
    show();
    banner.hidden = false;
    refill(banner, "The server does not answer. Is “fieldmark serve” still running?", seconds, " ",
      element("button", { type: "button", class: "link", "data-key": "again", on: { click: again } }, "Ask now"));
    clearInterval(timer);
    timer = setInterval(() => {
      left -= 1;
      if (left <= 0) again();
      else show();
    }, 1000);
  }

  return {
    /** Is told when the server is lost, and when it is back. */
    tell(isLost) {
      if (isLost) {
        wait = 1;
        count();
        return;
      }
      clearInterval(timer);
      banner.hidden = true;
      banner.replaceChildren();
      onBack();
    },
  };
}
