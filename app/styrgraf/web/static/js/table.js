/** The answer as a table: a hundred rows at a time, IRIs under labels, leading to their pages. */
import { make } from "./words.js";

const PAGE = 100;
const MOST_CHARACTERS = 600;
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(
  [
    ...["integer", "decimal", "double", "float", "int", "long"],
    ...["nonNegativeInteger", "positiveInteger"],
  ].map((name) => XSD + name),
);

/** A plugin of Yasr: `results.answer` holds the columns and rows. */
export class TablePlugin {
  priority = 10;

  constructor(results) {
    this.results = results;
    this.label = results.config.words.say("table");
  }

  canHandleResults() {
    return this.results.answer?.kind === "table";
  }

  draw() {
    const { answer, config } = this.results;
    if (!answer.rows.length) {
      const empty = make("p", { class: "empty" }, config.words.say("noRows"));
      this.results.resultsEl.append(empty);
      return;
    }
    this.view = new TableView(answer, config);
    this.results.resultsEl.append(this.view.element);
    this.view.show(0);
  }

  destroy() {
    this.view = undefined;
  }
}

class TableView {
  constructor(answer, { words, labels, prefixes }) {
    Object.assign(this, { answer, words, labels, prefixes, order: null, first: 0 });
    this.rows = answer.rows;
    this.caption = make("caption");
    this.head = make("tr", {}, ...answer.columns.map((name) => this.#makeHead(name)));
    this.body = make("tbody");
    const table = make("table", {}, this.caption, make("thead", {}, this.head), this.body);
    this.scroll = make("div", { class: "scroll", tabindex: "0", role: "region" }, table);
    this.element = make("div", { class: "result-table" }, this.scroll);
    this.pagers = [this.#makePager()];
    this.element.append(...this.pagers.map(({ element }) => element));
  }

  /** Show the page that begins with row `first`, counted from 0. */
  show(first) {
    this.first = first;
    const shown = this.rows.slice(first, first + PAGE);
    const place = { first: first + 1, last: first + shown.length, count: this.rows.length };
    const caption = this.words.say("caption", place);
    this.caption.textContent = caption;
    this.scroll.setAttribute("aria-label", caption);
    this.pagers.forEach((pager) => pager.update(first, this.rows.length));
    this.#fill(shown);
    const iris = shown.flatMap((row) =>
      Object.values(row).flatMap((term) => (term.type === "uri" ? [term.value] : [])),
    );
    this.labels.load(iris).then(
      () => this.first === first && this.#fill(shown),
      () => {},
    );
  }

  #fill(rows) {
    const { columns } = this.answer;
    this.body.replaceChildren(
      ...rows.map((row) => make("tr", {}, ...columns.map((name) => this.#makeCell(row[name])))),
    );
  }

  #makeHead(name) {
    const title = this.words.say("sort", { column: name });
    const sort = make("button", { type: "button", class: "sort", title }, name);
    const head = make("th", { scope: "col" }, sort);
    sort.addEventListener("click", () => this.#sort(name, head));
    return head;
  }

  #sort(name, head) {
    const falling = this.order?.name === name && !this.order.falling;
    this.order = { name, falling };
    const sign = falling ? -1 : 1;
    const compare = makeComparison(this.words.language);
    this.rows = [...this.answer.rows].sort((one, other) => sign * compare(one[name], other[name]));
    [...this.head.children].forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", falling ? "descending" : "ascending");
    this.show(0);
  }

  #makePager() {
    const previous = this.#makeStep("previous", -PAGE);
    const next = this.#makeStep("next", PAGE);
    const place = make("span");
    const attributes = { class: "pages", "aria-label": this.words.say("pages") };
    const element = make("nav", attributes, previous, place, next);
    const update = (first, count) => {
      element.hidden = count <= PAGE;
      previous.disabled = first === 0;
      next.disabled = first + PAGE >= count;
      place.textContent = this.caption.textContent;
    };
    return { element, update };
  }

  #makeStep(key, step) {
    const turn = () => {
      this.show(this.first + step);
      this.scroll.scrollIntoView({ block: "start" });
    };
    return make("button", { type: "button", class: "quiet", onclick: turn }, this.words.say(key));
  }

  #makeCell(term) {
    if (!term) return make("td");
    if (term.type === "uri") return make("td", {}, this.#makeIri(term.value));
    if (typeof term.value !== "string") {
      return make("td", {}, make("code", {}, JSON.stringify(term.value)));
    }
    if (term.type === "bnode") return make("td", {}, make("code", {}, `_:${term.value}`));
    const cell = make("td", { class: NUMBERS.has(term.datatype) ? "number" : "" });
    cell.append(this.#makeText(term));
    if (term["xml:lang"]) cell.append(" ", make("span", { class: "tag" }, term["xml:lang"]));
    else if (term.datatype && term.datatype !== `${XSD}string`) {
      cell.append(" ", make("code", { class: "note" }, this.#shorten(term.datatype)));
    }
    return cell;
  }

  #makeIri(iri) {
    const shown = this.labels.get(iri);
    const text = shown?.text ?? this.#shorten(iri);
    const lang = shown?.language;
    const title = text === iri ? "" : iri;
    if (!shown?.href) return make("span", { class: "iri", lang, title }, text);
    const rel = shown.outward ? "external noopener" : "";
    return make("a", { href: shown.href, lang, title, rel }, text);
  }

  #makeText(term) {
    const whole = term.value;
    const attributes = { class: "literal", lang: term["xml:lang"] };
    const text = make("span", attributes, whole.slice(0, MOST_CHARACTERS));
    if (whole.length <= MOST_CHARACTERS) return text;
    const more = make("button", { type: "button", class: "quiet more" }, this.words.say("showAll"));
    more.addEventListener("click", () => {
      text.textContent = whole;
      more.remove();
    });
    return make("span", {}, text, "… ", more);
  }

  #shorten(iri) {
    for (const [prefix, namespace] of Object.entries(this.prefixes())) {
      const local = iri.slice(namespace.length);
      if (iri.startsWith(namespace) && /^[\w.-]+$/.test(local)) return `${prefix}:${local}`;
    }
    return iri;
  }
}

/** Return a comparison of terms: unbound first, numbers by value, all else by text. */
function makeComparison(language) {
  const { compare } = new Intl.Collator(language, { numeric: true });
  return (one, other) => {
    if (!one || !other) return Number(Boolean(one)) - Number(Boolean(other));
    if (NUMBERS.has(one.datatype) && NUMBERS.has(other.datatype)) {
      return Number(one.value) - Number(other.value);
    }
    return compare(one.value, other.value);
  };
}
