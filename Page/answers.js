// Asks the server for the maps that a state needs, and keeps what was answered. Of methods that are
// linear in the target, one answer serves every strength.

/** A question to `/api/maps` without its concepts: members that are as by default are left out. */
export function questionOf(state, variant = {}) {
  const all = { ...state, ...variant };
  const body = { picture: all.picture };
  if (all.against.length) Object.assign(body, { against: all.against, strength: all.strength });
  if (all.against.length > 1 && all.weighting) body.weighting = all.weighting;
  if (all.kind === "classes") body.classes = true;
  for (const member of ["method", "fit", "model"]) if (all[member]) body[member] = all[member];
  if (all.layer !== "") body.layer = Number(all.layer);
  if (all.resolution !== "") body.resolution = /^\d+$/.test(all.resolution) ? Number(all.resolution) : all.resolution;
  if (all.seed) body.seed = all.seed;
  if (Object.keys(all.settings).length) body.settings = all.settings;
  return body;
}

/** The two sides of a comparison, or the one that is asked without one. */
export function variantsOf(state) {
  const { beside, besideValue } = state;
  if (beside === "alone") return [{}, { against: [] }];
  if (!beside || !besideValue) return [{}];
  if (beside === "method") return [{}, { method: besideValue, settings: {}, layer: state.layer }];
  return [{}, { [beside]: besideValue }];
}

/** Methods whose map of a concept depends on the other concepts that are asked with it. */
const together = ["clip-surgery"];

/**
 * @param {{service, onChange: () => void, onError: (error: Error) => void}} parts
 */
export function makeAnswers({ service, onChange, onError }) {
  const kept = new Map();
  const running = new Map();
  let timer;

  /** Starts something after a pause, instead of what was to be started; without anything, nothing. */
  function wait(start) {
    clearTimeout(timer);
    timer = start && setTimeout(() => {
      timer = undefined;
      start();
    }, 160);
  }

  /** The keys of a concept's answer: at every strength, and at this one. */
  function keys(body, concept, concepts) {
    const { strength, ...rest } = body;
    const all = together.includes(body.method) ? { ...rest, concepts } : rest;
    const any = JSON.stringify([concept, all]);
    return { any, one: JSON.stringify([concept, all, strength]) };
  }

  function find(body, concept, concepts) {
    const { any, one } = keys(body, concept, concepts);
    const found = kept.get(any) ?? kept.get(one);
    if (found) keep(kept.has(any) ? any : one, found);
    return found;
  }

  function keep(key, value) {
    kept.delete(key);
    kept.set(key, value);
    if (kept.size > 240) kept.delete(kept.keys().next().value);
  }

  async function ask(body, concepts, missing) {
    const control = new AbortController();
    const name = JSON.stringify([body, missing]);
    running.set(name, control);
    onChange();
    try {
      const asked = together.includes(body.method) ? concepts : missing;
      const answer = await service.ask("/api/maps", { ...body, concepts: asked }, control.signal);
      answer.maps.forEach((map, k) => {
        const { any, one } = keys(body, asked[k], concepts);
        const everyStrength = map.is_linear && map.own;
        keep(everyStrength ? any : one, { map, milliseconds: answer.milliseconds, command: answer.command, count: asked.length });
      });
      if (running.get(name) === control) running.delete(name);
      onChange(true);
    } catch (error) {
      if (running.get(name) === control) running.delete(name);
      if (error.name !== "AbortError") onError(error);
      onChange();
    }
  }

  return {
    find: (state, variant, concept) => find(questionOf(state, variant), concept, state.concepts),
    get isAsking() { return running.size > 0 || timer !== undefined; },
    stop() {
      wait();
      running.forEach((control) => control.abort());
      running.clear();
      onChange();
    },
    /** Asks for what is missing, after a pause when a slider moves, and stops what nobody needs. */
    update(state, { moving = false } = {}) {
      wait();
      const needed = state.picture && state.concepts.length && state.kind !== "pictures"
        ? variantsOf(state).map((variant) => {
          const body = questionOf(state, variant);
          return { body, missing: state.concepts.filter((each) => !find(body, each, state.concepts)) };
        }).filter(({ missing }) => missing.length)
        : [];
      const names = needed.map(({ body, missing }) => JSON.stringify([body, missing]));
      for (const [name, control] of running) {
        if (!names.includes(name)) {
          control.abort();
          running.delete(name);
        }
      }
      const start = () => needed.forEach(({ body, missing }, k) => {
        if (!running.has(names[k])) ask(body, state.concepts, missing);
      });
      if (moving && needed.length) wait(start);
      else start();
    },
  };
}
