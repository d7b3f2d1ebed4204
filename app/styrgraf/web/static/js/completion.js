/** Completion from the service's own vocabulary by name or label; prefixes come by themselves. */
import { make } from "./words.js";

const MOST_OFFERED = 60;
const PREFIXED = /^([\w-]*):/;
const KINDS = ["property", "class", "function", "concept", "graph"];

export class Vocabulary {
  constructor(address, prefixes, words) {
    this.words = words;
    this.prefixes = prefixes;
    this.terms = [];
    this.loaded = this.#load(address).catch(() => {}); // without it, nothing is offered
  }

  async #load(address) {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const { terms } = await response.json();
    this.terms = terms.map((term) => {
      const labels = [term[this.words.language], term.sv, term.en].filter(Boolean);
      const local = term.iri.replace(/.*[/#]/, "");
      const sought = [term.name, local, ...labels].map((text) => text.toLowerCase());
      return { ...term, local, label: labels[0] ?? "", sought, rank: KINDS.indexOf(term.kind) };
    });
  }

  /** Return the terms that a beginning, or a part of a label, may mean: the nearest first.
   *
   * `kind` is what the place asks for; of equals, terms of that kind come first. */
  search(text, kind) {
    const wanted = text.toLowerCase().replace(/^</, "").replace(/>$/, "");
    const rank = (term) => (term.kind === kind ? -1 : term.rank);
    return this.terms
      .map((term) => [rate(term, wanted), term])
      .filter(([points]) => points > 0)
      .sort(([left, one], [right, other]) => right - left || rank(one) - rank(other))
      .slice(0, MOST_OFFERED)
      .map(([, term]) => term);
  }
}

function rate(term, wanted) {
  if (!wanted) return 1;
  if (wanted.includes("://")) return term.iri.toLowerCase().startsWith(wanted) ? 5 : 0;
  if (term.sought.some((text) => text === wanted)) return 6;
  if (term.sought.some((text) => text.startsWith(wanted))) return 5;
  if (term.sought.some((text) => text.includes(` ${wanted}`))) return 4;
  return term.sought.some((text) => text.includes(wanted)) ? 3 : 0;
}

/** Leave no completer but our own, which asks nobody but this service. */
export function registerCompleter(Yasqe, vocabulary) {
  for (const name of Object.keys(Yasqe.Autocompleters)) delete Yasqe.Autocompleters[name];
  Yasqe.defaults.autocompleters = [];
  Yasqe.registerAutocompleter({
    name: "vocabulary",
    bulk: false,
    autoShow: false,
    isValidCompletionPosition: (editor) => isPlace(editor),
    get: async (editor, token) => {
      await vocabulary.loaded;
      return token.string.startsWith("?") || token.string.startsWith("$")
        ? listVariables(editor, token.string)
        : vocabulary.search(token.string.trim(), findKind(editor, token));
    },
    postProcessSuggestion: (_editor, _token, suggested) => suggested,
    postprocessHints: (editor, hints) => hints.map((hint) => write(hint, editor, vocabulary)),
  });
}

function isPlace(editor) {
  const { type } = editor.getTokenAt(editor.getDoc().getCursor());
  return type !== "comment" && type !== "string";
}

/** Return the kind of term that the place asks for: what is after `a`, GRAPH, or a subject. */
function findKind(editor, token) {
  const { line } = editor.getDoc().getCursor();
  const before = editor.getPreviousNonWsToken(line, token).string;
  if (before === "a" || before === "rdf:type") return "class";
  if (/^(graph|from|named)$/i.test(before)) return "graph";
  return "property";
}

function listVariables(editor, typed) {
  const names = new Set(editor.getValue().match(/[?$]\w+/g));
  names.delete(typed);
  return [...names]
    .filter((name) => name.startsWith(typed))
    .sort()
    .map((name) => ({ name, kind: "variable", label: "" }));
}

/** Make of a term what the list shows and what choosing it writes. */
function write(hint, editor, vocabulary) {
  const term = hint.text;
  const text = term.name || `<${term.iri}>`;
  return {
    ...hint,
    text,
    displayText: text,
    render: (element) => {
      element.append(
        make("span", { class: "hint-label" }, term.label || term.local || text),
        make("code", { class: "hint-name" }, text),
        make("span", { class: "hint-kind" }, vocabulary.words.say(term.kind)),
      );
    },
    hint: (_editor, data, chosen) => {
      const document = editor.getDoc();
      const [from, to] = [chosen.from ?? data.from, chosen.to ?? data.to];
      const blank = !document.getRange(from, to).trim();
      const cursor = document.getCursor();
      document.replaceRange(text, blank ? cursor : from, blank ? cursor : to, "complete");
      addPrefixes(editor, vocabulary.prefixes);
    },
  };
}

/** Declare the known prefixes that the query uses and does not declare. */
export function addPrefixes(editor, known) {
  const declared = new Set();
  const used = new Set();
  for (let line = 0; line < editor.lineCount(); line++) {
    let before = "";
    for (const { type, string } of editor.getLineTokens(line)) {
      const named = type === "string-2" || type === "error";
      const prefix = named ? PREFIXED.exec(string)?.[1] : undefined;
      if (prefix !== undefined) (before === "PREFIX" ? declared : used).add(prefix);
      if (string.trim()) before = string.toUpperCase();
    }
  }
  const missing = [...used].filter((prefix) => !declared.has(prefix) && known[prefix]).sort();
  if (!missing.length) return;
  const lines = missing.map((prefix) => `PREFIX ${prefix}: <${known[prefix]}>\n`).join("");
  editor.getDoc().replaceRange(lines, { line: 0, ch: 0 }, undefined, "+prefix");
}

/** Name the list of suggestions for those who hear it; it is scrolled by arrow keys. */
export function nameSuggestions(editor, words) {
  editor.on("autocompletionShown", (_editor, { hints }) => {
    hints.setAttribute("aria-label", words.say("suggestions"));
    hints.setAttribute("tabindex", "0");
  });
}

/** Declare prefixes as they are typed, pasted or brought by an example. */
export function keepPrefixes(editor, vocabulary) {
  const keep = () => addPrefixes(editor, vocabulary.prefixes);
  editor.on("change", (_editor, change) => {
    const written = change?.text?.join("\n") ?? "";
    if (written.includes(":") && /^(\+input|paste|setValue)/.test(change.origin ?? "")) {
      queueMicrotask(keep);
    }
  });
  keep();
}
