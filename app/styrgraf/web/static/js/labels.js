/** How the service shows IRIs: label and link, asked for once, and only for those on the screen. */

const BATCH = 500;

export class Labels {
  constructor(address) {
    this.address = address;
    this.known = new Map();
  }

  /** Return {text, language, href, outward} of an IRI; undefined before it is loaded. */
  get(iri) {
    return this.known.get(iri);
  }

  /** Load those that are not known; where the service does not answer, IRIs stay as they are. */
  async load(iris) {
    const wanted = [...new Set(iris)].filter((iri) => !this.known.has(iri));
    for (let start = 0; start < wanted.length; start += BATCH) {
      const batch = wanted.slice(start, start + BATCH);
      const response = await fetch(this.address, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(batch.map((iri) => ["iri", iri])),
      });
      if (!response.ok) return;
      for (const [iri, shown] of Object.entries(await response.json())) this.known.set(iri, shown);
    }
  }
}
