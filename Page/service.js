// Talks to the server. An answer that says what was wrong becomes a `Refusal` with that sentence; a
// server that does not answer becomes a `Lost`.

export class Refusal extends Error {
  constructor(sentence, status) {
    super(sentence);
    this.status = status;
  }
}

export class Lost extends Error {}

const tokenKey = "fieldmark-token";

/** Takes the token out of the address, where it would be seen, into the session's storage. */
function token() {
  const address = new URL(location.href);
  const given = address.searchParams.get("token");
  if (given) {
    sessionStorage.setItem(tokenKey, given);
    address.searchParams.delete("token");
    history.replaceState(null, "", address);
  }
  return given ?? sessionStorage.getItem(tokenKey);
}

/**
 * @param {(isLost: boolean) => void} onLost is told when the server is lost, and when it is back
 */
export function makeService(onLost) {
  const secret = token();
  const headers = secret ? { Authorization: `Bearer ${secret}` } : {};
  let isLost = false;

  async function request(path, options = {}) {
    let answer;
    try {
      answer = await fetch(path, { ...options, headers: { ...headers, ...options.headers } });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      if (!isLost) onLost((isLost = true));
      throw new Lost("The server does not answer.");
    }
    if (isLost) onLost((isLost = false));
    if (answer.ok) return answer;
    throw new Refusal(await sentence(answer), answer.status);
  }

  return {
    json: async (path, signal) => (await request(path, { signal })).json(),
    ask: async (path, body, signal) => (await request(path, posted(body, signal))).json(),
    file: async (path, body) => request(path, posted(body)),
    blob: async (path) => (await request(path)).blob(),
    upload: async (file, name) => (await request(`/api/pictures?name=${encodeURIComponent(name)}`, {
      method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" },
    })).json(),
    forget: async (id) => request(`/api/pictures/${id}`, {
      method: "DELETE", headers: { "Content-Type": "application/json" },
    }),
  };
}

const posted = (body, signal) => ({
  method: "POST", body: JSON.stringify(body), signal,
  headers: { "Content-Type": "application/json" },
});

/** What an answer says was wrong. */
async function sentence(answer) {
  try {
    const { error } = await answer.json();
    if (typeof error === "string") return error;
  } catch {
    // Something between the page and the server may answer in another form.
  }
  if (answer.status === 413) return "The file is larger than the server takes.";
  if (answer.status === 429 || answer.status === 503) return "Too many questions are waiting; ask again in a moment.";
  return `The server answered with the status ${answer.status} and no sentence.`;
}
