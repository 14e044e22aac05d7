// The page: a state, from which the question, the maps, their reading and the files follow.

import { makeAnswers, variantsOf } from "./answers.js";
import { makeBoard } from "./board.js";
import { makeBusy } from "./busy.js";
import { byId, debounced, element, refill, say } from "./elements.js";
import { makeFilmstrip } from "./filmstrip.js";
import { makeFindings } from "./findings.js";
import { makeKeys, makeTheme } from "./keys.js";
import { makeLost } from "./lost.js";
import { makePictures } from "./pictures.js";
import { makePlates } from "./plates.js";
import { makeQuestion } from "./question.js";
import { makeReadings } from "./readings.js";
import { Lost, makeService } from "./service.js";
import { drawingMembers, makeStore } from "./state.js";
import { makeTakeaway } from "./takeaway.js";
import { fixed, resultSentence } from "./words.js";

/** Where an error is said that follows a change of these members. */
const sections = {
  concepts: "words", against: "words", strength: "strength", method: "method", layer: "method", fit: "method",
  resolution: "method", weighting: "method", settings: "method", seed: "method", model: "model", picture: "picture",
  beside: "beside", besideValue: "beside", likeness: "likeness", like: "likeness", others: "likeness",
};

makeTheme();
const announce = debounced(600, (text) => (byId("live").textContent = text));
let refresh = () => location.reload();
const lost = makeLost({ check: () => service.json("/api/health"), onBack: () => refresh() });
const service = makeService(lost.tell);

try {
  await start();
} catch (error) {
  if (!(error instanceof Lost)) {
    byId("lost").hidden = false;
    byId("lost").textContent = error.message;
  }
}

async function start() {
  const about = await service.json("/api/about");
  const pictures = makePictures(service);
  await pictures.more();
  service.json("/api/runs").then(({ runs }) => (byId("runs-link").hidden = !runs?.length), () => {});

  const store = makeStore();
  const pixels = new Map();
  let lastSection = ["method", "layer", "fit", "resolution"].some((member) => store.state[member]) ? "method" : "words";
  let isBare = false;

  const sayError = (section, error) => {
    if (error instanceof Lost) return;
    say(byId(`error-${section}`) ?? byId("error-words"), error.message);
  };
  const answers = makeAnswers({ service, onChange: (isFresh) => render(isFresh), onError: (error) => sayError(lastSection, error) });
  const findings = makeFindings({ service, about, onChange: () => render(), onError: sayError, onClasses: (classes) => question.showClasses(classes) });
  const plates = makePlates({ about, pictures, pixels, answers, ...findings });
  const busy = makeBusy({ onStop: answers.stop });
  const board = makeBoard({ onWords: announce });
  const question = makeQuestion({ about, store, pictures });
  const strip = makeFilmstrip({
    pictures, limit: about.limits?.body ?? 33554432,
    onChoose: (picture) => store.set({ picture }), onError: (error) => sayError("picture", error),
  });
  const readings = makeReadings({ onAsk: (phrase) => {
    if (!store.state.concepts.includes(phrase)) store.set({ concepts: [...store.state.concepts, phrase] });
  } });
  const takeaway = makeTakeaway({ about, service, onDone: announce });

  /** Loads the pictures that a state shows; each is drawn as soon as it is there. */
  function loadPictures(state) {
    const wanted = [state.picture, ...variantsOf(state).map(({ picture }) => picture), ...(state.kind === "pictures" ? [...state.like, ...state.others] : [])];
    for (const id of new Set(wanted.filter(Boolean))) {
      if (pixels.has(id)) continue;
      pictures.load(id).then((picture) => {
        pixels.set(id, picture);
        if (pixels.size > 12) pixels.delete([...pixels.keys()].find((each) => !wanted.includes(each)) ?? "");
        render();
      }, (error) => sayError("picture", error));
    }
  }

  let frame;
  let isFresh = false;
  function render(fresh = false) {
    isFresh ||= fresh;
    frame ??= requestAnimationFrame(() => {
      frame = undefined;
      const begun = performance.now();
      draw(store.state);
      document.documentElement.dataset.drawn = String(Number(document.documentElement.dataset.drawn ?? 0) + 1);
      document.documentElement.dataset.drawing = fixed(performance.now() - begun, 1);
    });
  }

  function draw(state) {
    const shown = plates.make(state);
    const colors = about.color_maps.find(({ name }) => name === (state.colors || about.default_color_map));
    const threshold = shown[0]?.threshold ?? state.threshold;
    question.show(state, { threshold, count: shown.length });
    strip.show(state.picture);
    board.draw(shown, { ...state, colors, isBare, contour: state.contour }, state.kind === "pictures" ? 1 : variantsOf(state).length);
    const answered = shown.filter((plate) => plate.answer);
    readings.show(answered);
    takeaway.show(state, answered, state.threshold);
    byId("takeaway-section").hidden = !answered.length;
    busy.show(answers.isAsking);
    document.body.classList.toggle("asking", answers.isAsking);
    byId("board").setAttribute("aria-busy", String(answers.isAsking));
    byId("status").textContent = statusText(state, answered);
    emptyBoard(state, shown);
    document.title = state.concepts.length ? `${state.concepts.join(", ")} – Fieldmark` : "Fieldmark";
    // An answer may come before its picture; it is said once both are there.
    if (isFresh && answered.length) {
      announce(resultSentence(answered));
      isFresh = false;
    }
  }

  function statusText(state, answered) {
    if (answers.isAsking) return "Asking …";
    const milliseconds = answered[0]?.answer.milliseconds;
    return milliseconds === undefined ? "" : `Answered in ${milliseconds < 10 ? fixed(milliseconds, 1) : Math.round(milliseconds)} ms`;
  }

  function emptyBoard(state, shown) {
    const empty = byId("board-empty");
    empty.hidden = shown.length > 0;
    if (!empty.hidden && !empty.children.length) {
      refill(empty, element("p", {}, "Drop a picture here, paste one, or "),
        element("button", { type: "button", class: "main-button", on: { click: strip.choose } }, "Choose a picture"));
    }
  }

  store.watch((state, before, changed, quiet) => {
    const asks = changed.filter((member) => !drawingMembers.includes(member));
    const section = changed.map((member) => sections[member]).find(Boolean);
    if (section && !quiet) lastSection = section;
    if (asks.length) document.querySelectorAll(".error:not(#error-picture)").forEach((node) => say(node, ""));
    if (state.picture !== before.picture) say(byId("error-picture"), "");
    update(state, { moving: changed.length === 1 && changed[0] === "strength" });
  });

  function update(state, options) {
    loadPictures(state);
    answers.update(state, options);
    findings.update(state);
    render();
  }
  refresh = () => update(store.state);

  byId("skip").addEventListener("click", (event) => {
    // The address holds the state, so it cannot name a place on the page.
    event.preventDefault();
    byId("question").focus();
  });
  makeTools({ store, strip, question, setBare: (bare) => {
    isBare = bare;
    render();
  } });
  store.set(firstView(store.state, about, pictures), { quiet: true });
}

/** What is shown when the address does not say it: a first answer is better than an empty page. */
function firstView(state, about, pictures) {
  const view = {};
  const firstOf = (origin) => pictures.list.find(({ from }) => from === origin);
  const first = firstOf("folder") ?? firstOf("built-in") ?? pictures.list[0];
  if (!pictures.find(state.picture)) view.picture = first?.id ?? "";
  if (location.hash.length > 1) return view;
  if (about.classes?.length) view.kind = "classes";
  else if (first?.from === "built-in") Object.assign(view, { concepts: ["red epaulets"], against: ["bird"] });
  return view;
}

function makeTools({ store, strip, question, setBare }) {
  const turn = (member) => () => store.set({ [member]: !store.state[member] });
  makeKeys([
    { key: "/", name: "Name something to look for", run: question.focusConcept },
    { key: "s", name: "Go to the strength", run: question.focusStrength },
    { key: "]", name: "The next picture", run: () => strip.step(1) },
    { key: "[", name: "The picture before", run: () => strip.step(-1) },
    { key: "o", name: "Hold to see the picture without its map", run: () => setBare(true), until: () => setBare(false) },
    { key: "c", name: "Contour on or off", run: turn("contour") },
    { key: "b", name: "Boxes on or off", run: turn("boxes") },
    { key: "p", name: "The pointer to the highest place on or off", run: turn("peak") },
  ]);
}
