/** The answer as a drawing that the service makes, where its columns say what leads to what. */
import { prepareDrawings } from "./drawings.js";
import { make } from "./words.js";

const STARTS = ["from", "delegator", "source", "start"];
const ENDS = ["to", "delegate", "delegation", "end"];

/** Return the columns that a drawing is made of, or null. */
export function findColumns(columns) {
  const start = STARTS.find((name) => columns.includes(name));
  const end = ENDS.find((name) => columns.includes(name) && name !== start);
  return start && end ? { start, end } : null;
}

export class ChainPlugin {
  priority = 2;

  constructor(results) {
    this.results = results;
    this.words = results.config.words;
    this.label = this.words.say("chain");
  }

  canHandleResults() {
    const { answer } = this.results;
    if (answer?.kind !== "table" || !answer.rows.length) return false;
    return findColumns(answer.columns) !== null;
  }

  draw() {
    const waiting = make("p", { class: "note" }, this.words.say("drawing"));
    const place = make("div", { class: "drawing" }, waiting);
    this.results.resultsEl.append(place);
    this.#fill(place);
  }

  async #fill(place) {
    const { answer, config } = this.results;
    try {
      const drawing = await config.draw(answer, findColumns(answer.columns));
      const name = this.words.say("chainText");
      const scroll = { class: "drawing-scroll", tabindex: "0", role: "region", "aria-label": name };
      place.replaceChildren(make("div", scroll, drawing));
      prepareDrawings(place);
    } catch (error) {
      const reason = error instanceof TypeError ? this.words.say("unreachable") : error.message;
      const text = `${this.words.say("noDrawing")} ${reason}`;
      place.replaceChildren(make("p", { class: "panel panel-warning" }, text));
    }
  }
}
