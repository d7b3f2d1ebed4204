/** Mounts the editor over the form of the query page, and runs queries without leaving it. */
import { Yasqe } from "../vendor/sparql-editor.js";
import { readDataset, readQuery, rememberQuery, writeAddress } from "./address.js";
import {
  Vocabulary,
  addPrefixes,
  keepPrefixes,
  nameSuggestions,
  registerCompleter,
} from "./completion.js";
import { Downloads } from "./downloads.js";
import { Labels } from "./labels.js";
import { Marks } from "./marks.js";
import { Results } from "./results.js";
import { Service } from "./service.js";
import { Words, make } from "./words.js";

const STARTER = `PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX sg: <https://w3id.org/styrgraf/ns#>

SELECT ?decision ?date
WHERE {
  ?decision a sg:Decision ;
    eli:date_document ?date .
}
ORDER BY ?date`;

class QueryPage {
  constructor(form) {
    const { words, formats, prefixes, vocabulary, labels, running, drawing } = form.dataset;
    this.form = form;
    this.words = new Words(JSON.parse(words), document.documentElement.lang);
    this.service = new Service({ endpoint: form.getAttribute("action"), running, drawing });
    this.vocabulary = new Vocabulary(vocabulary, JSON.parse(prefixes), this.words);
    this.labels = new Labels(labels);
    this.answer = document.querySelector("section.answer");
    this.status = form.querySelector(".editor-status");
    this.clock = form.querySelector(".editor-clock");
    this.stopButton = form.querySelector("[data-action=stop]");
    const tell = (key, values) => this.#tell(key, values);
    this.downloads = new Downloads(this.service, JSON.parse(formats), this.words, tell);
    this.#mountEditor();
    this.#listen();
    this.#readAddress();
  }

  get dataset() {
    if (this.sharedDataset) return this.sharedDataset;
    const names = ["default-graph-uri", "named-graph-uri"];
    return [...new FormData(this.form)].filter(([name]) => names.includes(name));
  }

  #mountEditor() {
    const field = this.form.querySelector("#query");
    const { value } = field;
    const { line, column } = field.dataset;
    registerCompleter(Yasqe, this.vocabulary);
    const mount = field.parentElement;
    field.remove();
    const editor = (this.editor = new Yasqe(mount, this.#configure(value || STARTER)));
    editor.showNotification = () => {};
    const input = editor.getInputField();
    input.id = "query";
    input.setAttribute("aria-describedby", "syntax");
    this.marks = new Marks(editor, document.getElementById("syntax"), this.words);
    keepPrefixes(editor, this.vocabulary);
    nameSuggestions(editor, this.words);
    if (line) this.marks.showTold(Number(line), Number(column));
  }

  #configure(value) {
    const run = () => this.run();
    return {
      value,
      persistenceId: null, // nothing of a query is kept in the browser
      createShareableLink: null,
      consumeShareLink: null,
      showQueryButton: false,
      resizeable: false,
      collapsePrefixesOnLoad: false,
      editorHeight: null,
      viewportMargin: 50,
      highlightSelectionMatches: { showToken: false },
      extraKeys: {
        Tab: false,
        "Shift-Tab": false,
        "Ctrl-Enter": run,
        "Cmd-Enter": run,
        "Ctrl-S": false,
        Esc: false,
      },
    };
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    this.stopButton.addEventListener("click", () => this.stop());
    const copy = this.form.querySelector("[data-action=copy]");
    copy.addEventListener("click", () => this.#copyLink());
    copy.hidden = false;
    this.form.querySelector(".editor-keys").hidden = false;
    document.addEventListener("click", (event) => this.#takeExample(event));
    document.addEventListener("keydown", (event) => {
      const meant = (event.ctrlKey || event.metaKey) && event.key === "Enter";
      if (meant && !event.defaultPrevented) this.run();
    });
    addEventListener("popstate", () => this.#readAddress());
  }

  /** Take the query that the address holds after the #; "back" comes here too. */
  #readAddress() {
    const query = readQuery();
    if (query === null || query === this.editor.getValue()) return;
    this.stop();
    this.#setDataset(readDataset());
    this.#setText(query);
    this.#tell("restored");
  }

  /** Ask only the graphs that an address names, and say so; none: all of them. */
  #setDataset(dataset) {
    this.sharedDataset = dataset;
    this.form.querySelector(".dataset")?.remove();
    if (!dataset.length) return;
    const list = ([name, graph]) => make("li", {}, make("code", {}, name), ` ${graph}`);
    const graphs = dataset.map(list);
    const told = make("p", {}, this.words.say("onlyGraphs"));
    this.form.prepend(make("div", { class: "panel dataset" }, told, make("ul", {}, ...graphs)));
  }

  #setText(text) {
    this.editor.setValue(text);
    this.#hideAnswer();
  }

  #hideAnswer() {
    this.answer.hidden = true;
    this.results?.clear();
  }

  async run() {
    addPrefixes(this.editor, this.vocabulary.prefixes);
    const query = this.editor.getValue();
    if (!query.trim()) return this.editor.focus();
    rememberQuery(query, this.dataset);
    this.#setRunning(true);
    try {
      const answer = await this.service.ask(query, this.dataset);
      if (answer) this.#showAnswer(answer);
    } catch (error) {
      this.#tell("told", { text: this.words.say("unreachable") });
      if (!(error instanceof TypeError)) throw error;
    } finally {
      if (!this.service.current) this.#setRunning(false);
    }
  }

  stop() {
    const elapsed = this.service.stop();
    if (elapsed === null) return;
    this.#setRunning(false);
    this.#tell("stopped", { time: this.words.duration(elapsed) });
  }

  #setRunning(running) {
    const focused = document.activeElement === this.stopButton;
    this.stopButton.hidden = !running;
    if (!running && focused) this.form.querySelector("[type=submit]").focus();
    this.answer.classList.toggle("stale", running);
    clearInterval(this.timer);
    this.clock.textContent = "";
    if (!running) return;
    this.#tell("running");
    const started = performance.now();
    this.timer = setInterval(() => {
      this.clock.textContent = this.words.duration(performance.now() - started);
    }, 200);
  }

  #showAnswer(answer) {
    this.results ??= this.#mountResults();
    this.answer.hidden = false;
    document.getElementById("problem")?.remove();
    this.results.show(answer);
    this.downloads.offer(answer);
    const time = this.words.duration(answer.duration);
    if (answer.kind === "problem") {
      const { title, line, column } = answer.problem;
      if (line) this.marks.showTold(line, column);
      return this.#tell("told", { text: title });
    }
    const count = answer.rows?.length;
    if (answer.kind !== "table") this.#tell("answered", { time });
    else if (answer.more) this.#tell("firstRows", { count, time });
    else this.#tell(count === 1 ? "row" : "rows", { count, time });
  }

  #mountResults() {
    const mount = this.answer.querySelector(".answer-mount");
    mount.replaceChildren();
    const { words, labels } = this;
    const results = new Results(mount, {
      words,
      labels,
      prefixes: () => this.vocabulary.prefixes,
      goTo: (line, column) => this.marks.goTo(line, column),
      draw: (answer, columns) => this.service.draw(answer, columns),
    });
    mount.append(this.downloads.element);
    return results;
  }

  async #copyLink() {
    const { href } = new URL(writeAddress(this.editor.getValue(), this.dataset));
    rememberQuery(this.editor.getValue(), this.dataset);
    try {
      await navigator.clipboard.writeText(href);
      this.#tell("copied");
    } catch {
      this.#tell("copyFailed");
    }
  }

  async #takeExample(event) {
    const link = event.target.closest?.("a[data-example]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const text = await readExample(link.href);
    if (text === null) return location.assign(link.href);
    this.stop();
    this.#setDataset([]);
    this.#setText(text);
    rememberQuery(this.editor.getValue(), this.dataset);
    this.#tell("exampleLoaded", { summary: link.textContent });
    this.form.scrollIntoView({ block: "start" });
    this.editor.focus();
  }

  #tell(key, values) {
    this.status.textContent = key === "told" ? values.text : this.words.say(key, values);
  }
}

async function readExample(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/sparql-query" } });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

const form = document.getElementById("editor");
if (form) new QueryPage(form);
