/** The other ways to show an answer: yes or no, Turtle, a drawing, as sent, and what went wrong. */
import { make } from "./words.js";

const MOST_CHARACTERS = 100_000;

class View {
  priority = 1;

  constructor(results) {
    this.results = results;
    this.words = results.config.words;
    this.label = this.words.say(this.constructor.key);
  }

  get answer() {
    return this.results.answer;
  }

  canHandleResults() {
    return this.answer?.kind === this.constructor.kind;
  }

  show(...elements) {
    this.results.resultsEl.append(...elements);
  }

  /** Show a long text: its beginning, and all of it where that is asked for. */
  showText(text, name) {
    const label = this.words.say(name);
    const block = make("pre", { tabindex: "0", role: "region", "aria-label": label });
    block.textContent = text.slice(0, MOST_CHARACTERS);
    this.show(block);
    if (text.length <= MOST_CHARACTERS) return;
    const more = make("button", { type: "button", class: "quiet" }, this.words.say("showAll"));
    more.addEventListener("click", () => {
      block.textContent = text;
      more.remove();
    });
    this.show(more);
  }
}

export class TruthPlugin extends View {
  static key = "truth";
  static kind = "truth";
  priority = 10;

  draw() {
    const text = this.words.say(this.answer.truth ? "yes" : "no");
    this.show(make("p", { class: "panel" }, make("strong", {}, text)));
  }
}

export class TurtlePlugin extends View {
  static key = "turtle";
  static kind = "graph";
  priority = 10;

  draw() {
    this.showText(this.answer.body, "turtleText");
  }
}

export class RawPlugin extends View {
  static key = "raw";

  canHandleResults() {
    return Boolean(this.answer) && this.answer.kind !== "problem";
  }

  draw() {
    this.showText(this.answer.body, "rawText");
  }
}

export class ProblemPlugin extends View {
  static key = "problem";
  static kind = "problem";
  priority = 20;
  hideFromSelection = true;

  draw() {
    const { title, detail, line, column } = this.answer.problem;
    const panel = make("div", { class: "panel panel-error", role: "alert" });
    panel.append(make("h3", {}, title), make("p", {}, detail));
    if (line) {
      const go = () => this.results.config.goTo(line, column);
      const text = this.words.say("goToMistake", { line, column });
      panel.append(make("button", { type: "button", class: "quiet", onclick: go }, text));
    }
    this.show(panel);
  }
}
