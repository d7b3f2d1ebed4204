/** Asking the SPARQL endpoint: one query at a time, which can be stopped by its own identifier. */

const ACCEPTED =
  "application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.5";

/** Rows that the page takes; the downloads have all of them. */
export const MOST_ROWS = 10000;

/** Return an identifier; crypto.randomUUID is not there where the page came without TLS. */
function makeIdentifier() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A query that runs or has run. */
class Running {
  constructor(service) {
    this.service = service;
    this.identifier = makeIdentifier();
    this.controller = new AbortController();
    this.started = performance.now();
  }

  get elapsed() {
    return performance.now() - this.started;
  }

  /** End the query here and there: no answer comes. */
  stop() {
    // A service that knows no such query has ended it already.
    fetch(this.service.running + this.identifier, { method: "DELETE", keepalive: true }).catch(
      () => {},
    );
    this.controller.abort();
  }

  async send(parameters) {
    const response = await fetch(this.service.endpoint, {
      method: "POST",
      headers: { Accept: ACCEPTED, "X-Request-ID": this.identifier },
      body: new URLSearchParams(parameters),
      signal: this.controller.signal,
    });
    return { response, body: await response.text() };
  }
}

export class Service {
  constructor({ endpoint, running, drawing }) {
    Object.assign(this, { endpoint, running, drawing });
    this.current = null;
  }

  /** Ask a query and return what came, null where it was stopped. Throws where nothing came. */
  async ask(query, dataset) {
    this.stop();
    const request = (this.current = new Running(this));
    try {
      const parameters = [["query", query], ...dataset, ["limit", MOST_ROWS]];
      const { response, body } = await request.send(parameters);
      return request === this.current ? new Answer(response, body, request, dataset, query) : null;
    } catch (error) {
      if (error.name === "AbortError") return null;
      throw error;
    } finally {
      if (request === this.current) this.current = null;
    }
  }

  /** Stop what runs; return how long it ran, or null where nothing did. */
  stop() {
    const request = this.current;
    if (!request) return null;
    this.current = null;
    request.stop();
    return request.elapsed;
  }

  /** Have the answer drawn, from one column to another, and return the SVG element. */
  async draw({ query, dataset }, { start, end }) {
    const response = await fetch(this.drawing, {
      method: "POST",
      headers: { Accept: "image/svg+xml, application/problem+json;q=0.5" },
      body: new URLSearchParams([["query", query], ...dataset, ["start", start], ["end", end]]),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(readProblem(response, text).detail);
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    return document.importNode(parsed.documentElement, true);
  }

  /** Fetch the whole answer in a format of the service, by its name. */
  async download(query, dataset, format) {
    const response = await fetch(this.endpoint, {
      method: "POST",
      headers: { Accept: "*/*, application/problem+json" },
      body: new URLSearchParams([["query", query], ...dataset, ["format", format]]),
    });
    if (!response.ok) throw new Error(readProblem(response, await response.text()).detail);
    return response.blob();
  }
}

/** What the service answered: `kind` is table, truth, graph or problem. */
export class Answer {
  constructor(response, body, request, dataset, query) {
    Object.assign(this, { body, dataset, query });
    this.status = response.status;
    this.duration = request.elapsed;
    this.type = readType(response);
    this.headers = response.headers;
    this.more = /^\?1/.test(response.headers.get("Styrgraf-More") ?? "");
    this.#read(response);
  }

  #read(response) {
    if (!response.ok) {
      this.kind = "problem";
      this.problem = readProblem(response, this.body);
    } else if (this.type === "application/sparql-results+json") {
      const { head, results, boolean } = JSON.parse(this.body);
      this.kind = results ? "table" : "truth";
      this.truth = boolean;
      this.columns = head.vars ?? [];
      this.rows = results?.bindings ?? [];
    } else {
      this.kind = "graph";
    }
  }
}

function readType(response) {
  return (response.headers.get("Content-Type") ?? "").split(";")[0];
}

function readProblem(response, body) {
  if (readType(response) === "application/problem+json") return JSON.parse(body);
  const [title, ...detail] = body.trim().split("\n\n");
  const { status, statusText } = response;
  return { status, title: title || statusText, detail: detail.join("\n") };
}
