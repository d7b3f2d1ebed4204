/** What the scripts say: texts of the page's language with {places} to fill in, and numbers. */
export class Words {
  constructor(texts, language) {
    this.texts = texts;
    this.language = language;
    this.format = new Intl.NumberFormat(language);
    this.precise = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  }

  /** Return the text of that key with its places filled in. */
  say(key, values = {}) {
    return this.texts[key].replace(/\{(\w+)\}/g, (_, name) => this.#write(values[name]));
  }

  /** Return a time in milliseconds as people say it. */
  duration(milliseconds) {
    if (milliseconds < 1000) return this.say("milliseconds", { count: Math.round(milliseconds) });
    return this.say("seconds", { count: this.precise.format(milliseconds / 1000) });
  }

  #write(value) {
    return typeof value === "number" ? this.format.format(value) : String(value);
  }
}

/** Return a new element with attributes (hidden: true, onclick: function) and children. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false || value === "") continue;
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
