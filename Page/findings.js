// What is asked beside the maps, a moment after them: whether a thing is there, boxes, likeness and
// the classes that a classifier predicts. Each answer is kept under its question.

import { questionOf, variantsOf } from "./answers.js";
import { debounced } from "./elements.js";
import { likenessQuestion } from "./likeness.js";

/**
 * Keeps the answers to one kind of question, and asks for those that are missing.
 * @param {number} pause how long a question must stay before it is asked, in milliseconds
 */
function makeKept(service, path, pause, onChange, onError) {
  const kept = new Map();
  let control;
  let isMissing = false;
  const ask = debounced(pause, async (bodies) => {
    control?.abort();
    control = new AbortController();
    const { signal } = control;
    for (const body of bodies) {
      const key = JSON.stringify(body);
      try {
        kept.set(key, { answer: await service.ask(path, body, signal) });
      } catch (error) {
        if (error.name === "AbortError") return;
        // A server that does not answer this kind of question is not asked again.
        isMissing ||= error.status === 404 && /nothing at this address/i.test(error.message);
        // A question that was refused is not asked again.
        if (error.status) kept.set(key, { error });
        if (isMissing) return;
        onError(error);
      }
      if (kept.size > 400) kept.delete(kept.keys().next().value);
      onChange();
    }
  });
  return {
    find: (body) => kept.get(JSON.stringify(body))?.answer,
    has: (body) => kept.has(JSON.stringify(body)),
    want(bodies) {
      const missing = bodies.filter((body) => !kept.has(JSON.stringify(body)));
      if (isMissing) return;
      if (missing.length) ask(missing);
      else {
        ask.cancel();
        control?.abort();
      }
    },
  };
}

/** @param {{service, about, onChange: () => void, onError: (section: string, error: Error) => void, onClasses}} parts */
export function makeFindings({ service, about, onChange, onError, onClasses }) {
  const report = (section) => (error) => onError(section, error);
  const presence = makeKept(service, "/api/presence", 120, onChange, report("words"));
  const boxes = makeKept(service, "/api/boxes", 220, onChange, report("drawing"));
  const likeness = makeKept(service, "/api/likeness", 60, onChange, report("likeness"));
  const classes = makeKept(service, "/api/classes", 60, () => {
    const found = classes.find(classQuestion(latest));
    if (found) onClasses(found.classes);
  }, report("classes"));
  let latest;

  const presenceQuestion = (state, variant, concept) => ({
    picture: variant.picture ?? state.picture, concepts: [concept],
    ...(variant.model || state.model ? { model: variant.model || state.model } : {}),
  });
  const boxQuestion = (state, variant, concept) => ({
    ...questionOf(state, variant), concepts: [concept], threshold: state.otsu ? "otsu" : state.threshold,
  });
  const classQuestion = ({ picture, model }) => ({ picture, ...(model ? { model } : {}) });

  return {
    update(state) {
      latest = state;
      const isPictures = state.kind === "pictures";
      const pairs = isPictures || !state.picture ? []
        : state.concepts.flatMap((concept) => variantsOf(state).map((variant) => [variant, concept]));
      const unique = (bodies) => [...new Map(bodies.map((body) => [JSON.stringify(body), body])).values()];
      presence.want(state.kind === "words" ? unique(pairs.map((pair) => presenceQuestion(state, ...pair))) : []);
      boxes.want(state.boxes ? unique(pairs.map((pair) => boxQuestion(state, ...pair))) : []);
      const question = likenessQuestion(state, about);
      likeness.want(question ? [question] : []);
      const wantsClasses = state.kind === "classes" && state.picture;
      classes.want(wantsClasses ? [classQuestion(state)] : []);
      if (wantsClasses && classes.find(classQuestion(state))) onClasses(classes.find(classQuestion(state)).classes);
    },
    presenceOf: (state, variant, concept) => state.kind !== "words" ? undefined
      : presence.find(presenceQuestion(state, variant, concept))?.presence?.[0],
    boxesOf: (state, variant, concept) => boxes.find(boxQuestion(state, variant, concept))?.boxes,
    likenessOf(state) {
      const question = likenessQuestion(state, about);
      const answer = question && likeness.find(question);
      return { answer, isWaiting: Boolean(question) && !likeness.has(question) };
    },
  };
}
