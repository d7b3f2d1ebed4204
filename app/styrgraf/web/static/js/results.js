/** Yasr with our own plugins and words: it keeps the views of an answer and changes them. */
import { Yasr } from "../vendor/sparql-editor.js";
import { ChainPlugin } from "./chain.js";
import { TablePlugin } from "./table.js";
import { ProblemPlugin, RawPlugin, TruthPlugin, TurtlePlugin } from "./views.js";

const PLUGINS = {
  table: TablePlugin,
  truth: TruthPlugin,
  turtle: TurtlePlugin,
  chain: ChainPlugin,
  raw: RawPlugin,
  problem: ProblemPlugin,
};

for (const name of Object.keys(Yasr.plugins)) delete Yasr.plugins[name];
Yasr.defaults.plugins = {};
for (const [name, plugin] of Object.entries(PLUGINS)) Yasr.registerPlugin(name, plugin);

/** Its own head is left out: running time, downloads and help are the page's, in its language. */
export class Results extends Yasr {
  constructor(parent, config) {
    super(parent, {
      ...config,
      persistenceId: null, // nothing of a query is kept in the browser
      pluginOrder: Object.keys(PLUGINS),
      defaultPlugin: "table",
    });
  }

  /** Show an answer in the view that was chosen last, or in the one that suits it best. */
  show(answer) {
    this.answer = answer;
    this.setResponse({ ...answer, content: answer.body || " ", ok: answer.kind !== "problem" });
  }

  clear() {
    this.answer = undefined;
    this.results = undefined;
    this.resultsEl.replaceChildren();
  }

  drawHeader() {
    this.drawPluginSelectors();
    this.drawPluginElement();
    this.pluginSelectorsEl.setAttribute("aria-label", this.config.words.say("views"));
    for (const button of this.pluginSelectorsEl.querySelectorAll("button")) {
      button.removeAttribute("aria-label");
      button.removeAttribute("title");
    }
    this.pluginControls.removeAttribute("aria-controls");
  }

  /** Offer the views that can show this answer, and tell which one does. */
  updatePluginSelectors(enabled) {
    const offered = enabled ?? this.offered ?? [];
    this.offered = offered;
    for (const name of Object.keys(PLUGINS)) {
      const button = this.pluginSelectorsEl?.querySelector(`.select_${name}`);
      if (!button) continue;
      button.parentElement.hidden = !offered.includes(name);
      button.setAttribute("aria-pressed", String(name === this.drawnPlugin));
    }
    if (this.pluginSelectorsEl) this.pluginSelectorsEl.hidden = offered.length < 2;
  }

  updateHelpButton() {}

  updateResponseInfo() {}

  fillFallbackBox() {}
}
