/** Downloads of an answer: the service writes each format, the page only saves it. */
import { make } from "./words.js";

export class Downloads {
  constructor(service, formats, words, tell) {
    Object.assign(this, { service, formats, words, tell });
    this.element = make("p", { class: "downloads", hidden: true });
  }

  /** Offer the formats of an answer. */
  offer(answer) {
    const formats = this.formats[answer.kind === "graph" ? "construct" : "select"];
    this.element.hidden = answer.kind === "problem";
    this.element.replaceChildren(
      this.words.say("download"),
      ...formats.map((format) => this.#makeButton(answer, format)),
    );
  }

  #makeButton(answer, format) {
    const save = () => this.#save(answer, format);
    const attributes = { type: "button", class: "quiet", title: format.type, onclick: save };
    return make("button", attributes, format.title);
  }

  async #save({ query, dataset }, { name, extension }) {
    const file = { name: `styrgraf.${extension}` };
    this.tell("downloading", file);
    try {
      const address = URL.createObjectURL(await this.service.download(query, dataset, name));
      make("a", { href: address, download: file.name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      this.tell("downloaded", file);
    } catch (error) {
      const text = error instanceof TypeError ? this.words.say("unreachable") : error.message;
      this.tell("told", { text });
    }
  }
}
