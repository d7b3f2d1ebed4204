/** Search fields that suggest while one types: a combobox with a listbox (WAI-ARIA 1.2). */

const WAIT = 120;
const SHORTEST = 2;

class SuggestingField {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.typed = this.input.value;
    this.active = -1;
    this.list = document.createElement("ul");
    this.list.id = `${this.input.id}-list`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.dataset.list);
    this.status = document.createElement("div");
    this.status.className = "hidden-text";
    this.status.setAttribute("role", "status");
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-expanded", "false");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.after(this.list, this.status);
    this.input.addEventListener("input", () => this.#typedInto());
    this.input.addEventListener("keydown", (event) => this.#pressed(event));
    this.input.addEventListener("blur", () => this.#close());
    // Before the field loses its focus, which closes the list.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#follow(option);
    });
  }

  #typedInto() {
    this.typed = this.input.value;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#load(), WAIT);
  }

  async #load() {
    const text = this.typed.trim();
    this.request?.abort();
    if (text.length < SHORTEST) return this.#close();
    this.request = new AbortController();
    const address = new URL(this.form.dataset.suggest, location.href);
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address, {
        headers: { Accept: "application/json" },
        signal: this.request.signal,
      });
      if (!answer.ok) return this.#close();
      const { suggestions } = await answer.json();
      if (text === this.typed.trim() && document.activeElement === this.input) {
        this.#show(suggestions);
      }
    } catch {
      // Given up for the next letter, or no service: the form works without suggestions.
    }
  }

  #show(suggestions) {
    this.options = suggestions.map((each, place) => this.#makeOption(each, place));
    this.list.replaceChildren(...this.options);
    this.list.hidden = suggestions.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.#activate(-1);
    const { none, one, many } = this.form.dataset;
    const words = [none, one][suggestions.length] ?? many;
    this.status.textContent = words.replace("{count}", suggestions.length);
  }

  #makeOption({ name, language, kind, number, address }, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.address = address;
    const title = document.createElement("span");
    title.className = "suggestion-name";
    title.textContent = name;
    if (language) title.lang = language;
    const detail = document.createElement("span");
    detail.className = "suggestion-kind";
    detail.textContent = number && number !== name ? `${kind} · ${number}` : kind;
    option.append(title, " ", detail);
    return option;
  }

  #pressed(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.#close();
    } else if (this.list.hidden) {
      if (event.key === "ArrowDown" && !event.altKey) this.#load();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.#step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.#follow(this.options[this.active]);
    }
  }

  /** Go to the next option or the one before; between last and first is the field itself. */
  #step(by) {
    const places = this.options.length + 1;
    this.#activate(((this.active + 1 + by + places) % places) - 1);
  }

  #activate(place) {
    this.active = place;
    this.options.forEach((option, each) => {
      option.setAttribute("aria-selected", String(each === place));
    });
    if (place < 0) {
      this.input.removeAttribute("aria-activedescendant");
    } else {
      this.input.setAttribute("aria-activedescendant", this.options[place].id);
      this.options[place].scrollIntoView({ block: "nearest" });
    }
  }

  #follow(option) {
    location.assign(option.dataset.address);
  }

  #close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) new SuggestingField(form);
