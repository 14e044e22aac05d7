// The pictures in a row: choosing one, and adding some by drop, paste or the file dialog.

import { byId, element, refill, say } from "./elements.js";
import { nameOf } from "./pictures.js";
import { counted } from "./words.js";

/**
 * @param {{pictures: ReturnType<import("./pictures.js").makePictures>, limit: number,
 *   onChoose: (id: string) => void, onError: (error: Error) => void}} parts
 */
export function makeFilmstrip({ pictures, limit, onChoose, onError }) {
  const film = byId("film");
  const file = byId("file");
  const filter = byId("strip-filter");
  let chosen = "";
  let busy = 0;

  const add = element("button", {
    type: "button", class: "frame add", "data-key": "+", on: { click: () => file.click() },
  }, element("span", { class: "plus", "aria-hidden": true }, "+"), element("span", {}, "Add a picture"),
  element("small", { class: "wide-only" }, "drop, paste or choose"));
  const frames = element("ul", { class: "frames", "aria-label": "Pictures" });
  film.append(add, frames);

  file.addEventListener("change", () => {
    take([...file.files]);
    file.value = "";
  });
  filter.addEventListener("input", () => draw());

  /** Uploads files one after the other and chooses the last of those that could be read. */
  async function take(files) {
    say(byId("error-picture"), "");
    const problems = [];
    busy += 1;
    draw();
    for (const each of files) {
      const name = each.name || "pasted picture.png";
      if (each.size > limit) {
        problems.push(`“${name}” has ${megabytes(each.size)}; the largest picture that is taken has ${megabytes(limit)}.`);
        continue;
      }
      try {
        const picture = await pictures.upload(each, name);
        onChoose(picture.id);
      } catch (error) {
        problems.push(error.message);
      }
    }
    busy -= 1;
    draw();
    if (problems.length) onError(new Error(problems.join(" ")));
  }

  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
  const veil = byId("drop-veil");
  let depth = 0;
  const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragenter", (event) => {
    if (carries(event) && depth++ === 0) veil.hidden = false;
  });
  document.addEventListener("dragleave", (event) => {
    if (!carries(event) || --depth > 0) return;
    depth = 0;
    veil.hidden = true;
  });
  document.addEventListener("dragover", (event) => carries(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    depth = 0;
    veil.hidden = true;
    if (!carries(event)) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });

  frames.addEventListener("keydown", (event) => {
    const buttons = [...frames.querySelectorAll(".frame")];
    const at = buttons.indexOf(document.activeElement);
    if (at < 0) return;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || !buttons[to]) return;
    event.preventDefault();
    buttons[to].focus();
    if (buttons[to].dataset.key in { more: 1 }) return;
    onChoose(buttons[to].dataset.key);
  });

  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      pictures.thumbnail(target.dataset.picture).then((address) => (target.src = address), () => {});
    }
  }, { root: film, rootMargin: "400px" });

  function draw() {
    const word = filter.value.trim().toLowerCase();
    const shown = pictures.list.filter((each) => each.name.toLowerCase().includes(word));
    byId("strip-filter-field").hidden = pictures.total <= 24;
    byId("strip-count").textContent = busy ? "A picture is being read." : word
      ? `${shown.length} of ${counted(pictures.total, "picture")}` : counted(pictures.total, "picture");
    refill(frames, shown.map(frame),
      pictures.list.length < pictures.total && element("li", {}, element("button", {
        type: "button", class: "frame more-pictures", "data-key": "more",
        on: { click: () => pictures.more().then(draw, onError) },
      }, `${counted(pictures.total - pictures.list.length, "more picture", "more pictures")}`)));
    frames.querySelectorAll("img").forEach((image) => seen.observe(image));
  }

  function frame(picture) {
    const { id, from, width, height } = picture;
    const name = nameOf(picture);
    const current = id === chosen;
    const image = element("img", { alt: "", width: 96, height: 72, "data-picture": id });
    return element("li", { class: current ? "current" : "" },
      element("button", {
        type: "button", class: "frame", "data-key": id, "aria-pressed": String(current), title: width ? `${name}, ${width} × ${height}` : name,
        tabindex: current || (!pictures.find(chosen) && id === pictures.list[0].id) ? 0 : -1,
        on: { click: () => onChoose(id) },
      }, image, element("span", { class: "frame-name" }, name)),
      from === "upload" && element("button", {
        type: "button", class: "forget", "aria-label": `Forget “${name}”`, title: "Forget this picture",
        on: { click: () => pictures.forget(id).then(() => {
          if (id === chosen) onChoose(pictures.list[0]?.id ?? "");
          draw();
        }, onError) },
      }, "×"));
  }

  return {
    draw,
    choose: () => file.click(),
    show(id) {
      if (id === chosen && frames.children.length) return;
      chosen = id;
      draw();
      const current = frames.querySelector(".current");
      if (current) film.scrollTo({ left: current.offsetLeft - film.clientWidth / 2, behavior: "auto" });
    },
    /** The picture before or after the chosen one. */
    step(by) {
      const at = pictures.list.findIndex((each) => each.id === chosen);
      const next = pictures.list[at + by];
      if (next) onChoose(next.id);
    },
  };
}

const megabytes = (bytes) => `${(bytes / 1048576).toFixed(1)} MiB`;
