/** Mistakes marked at line and column: those the editor sees, and those the service tells. */
import { make } from "./words.js";

const SETTLED = 500; // milliseconds without a change before a text is judged
const MOST_EXPECTED = 6;
const GUTTER = "gutterErrorBar";
const TOKENS = { VAR: "aVariable", IRI: "anIri", PNAME: "anIri", LITERAL: "aLiteral" };
/** Aggregates in ORDER BY are SPARQL 1.1, but not in the editor's grammar: it judges no further. */
const UNJUDGED = /^(COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)$/i;
const LITERALS = /^(STRING_LITERAL|INTEGER|DECIMAL|DOUBLE|TRUE|FALSE)/i;

export class Marks {
  constructor(editor, note, words) {
    Object.assign(this, { editor, note, words, marks: [], told: false, timer: 0 });
    editor.on("change", () => this.#onChange());
    // What the editor would say of itself is English, and styled inline.
    editor.checkSyntax = () => {};
    this.#clear();
    this.#judge();
  }

  /** Mark the place that the service names, until the text is changed. */
  showTold(line, column) {
    this.#clear();
    this.told = true;
    this.#mark(line - 1, column - 1);
    this.note.hidden = true;
  }

  /** Put the cursor at line and column, counted from 1. */
  goTo(line, column) {
    this.editor.getDoc().setCursor({ line: line - 1, ch: column - 1 });
    this.editor.scrollIntoView(null, 80);
    this.editor.focus();
  }

  #onChange() {
    this.#clear();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#judge(), SETTLED);
  }

  #clear() {
    this.told = false;
    this.marks.forEach((mark) => mark.clear());
    this.marks = [];
    this.editor.clearGutter(GUTTER);
    this.#setInvalid(false);
  }

  #judge() {
    const text = this.editor.getValue();
    if (this.told) return;
    const found = text.trim() ? this.#findMistake() : null;
    this.note.hidden = !found;
    this.note.textContent = found ? found.message : "";
    if (found) this.#mark(found.line, found.column);
  }

  /** Return where the grammar is first left, and what could stand there. */
  #findMistake() {
    const last = this.editor.getDoc().lastLine();
    for (let line = 0; line <= last; line++) {
      const wrong = this.editor.getLineTokens(line, true).find(({ state }) => state.OK === false);
      if (wrong) return UNJUDGED.test(wrong.string) ? null : this.#describe(line, wrong);
    }
    return null;
  }

  #describe(line, token) {
    const place = { line: line + 1, column: token.start + 1 };
    const found = { line, column: token.start };
    const prefix = /^Prefix '(.*)' is not defined$/.exec(token.state.errorMsg ?? "")?.[1];
    if (prefix !== undefined) {
      return { ...found, message: this.words.say("prefixUnknown", { ...place, prefix }) };
    }
    const expected = this.#nameExpected(token.state.possibleCurrent ?? []);
    const key = expected ? "expected" : "unexpected";
    return { ...found, message: this.words.say(key, { ...place, expected }) };
  }

  #nameExpected(tokens) {
    const names = [...new Set(tokens.map((token) => this.#nameToken(token)))];
    const shown = names.slice(0, MOST_EXPECTED);
    if (names.length > MOST_EXPECTED) shown.push("…");
    return shown.join(", ");
  }

  #nameToken(token) {
    if (LITERALS.test(token)) return this.words.say(TOKENS.LITERAL);
    const kind = Object.keys(TOKENS).find((start) => token.startsWith(start) && token !== start);
    return kind ? this.words.say(TOKENS[kind]) : token;
  }

  #mark(line, column) {
    const text = this.editor.getDoc().getLine(line);
    if (text === undefined) return;
    const token = this.editor.getTokenAt({ line, ch: column + 1 });
    const begun = token.string.trim() ? token.start : column;
    const start = Math.min(begun, Math.max(text.length - 1, 0));
    const end = Math.max(token.end, start + 1);
    const mark = this.editor
      .getDoc()
      .markText({ line, ch: start }, { line, ch: end }, { className: "query-mistake" });
    this.marks.push(mark);
    this.editor.setGutterMarker(line, GUTTER, make("span", { class: "mistake-sign" }, "!"));
    this.#setInvalid(true);
  }

  #setInvalid(invalid) {
    const field = this.editor.getInputField();
    if (invalid) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}
