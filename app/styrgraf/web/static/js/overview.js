/** A level of the overview as an icicle: columns are steps down, heights how much lies in a cell. */

const LEAST = 1.5;
const READABLE = 15;
const COLUMNS = 4;

/** Return cells with column and place: shares of the height, from the arrays of the service. */
function layOut({ names, ids, wholes, sizes, deeper }) {
  const cells = names.map((name, number) => ({
    name, number, id: ids[number], whole: wholes[number], size: sizes[number], deeper: deeper[number],
    column: 0, top: 0, height: 0, filled: 0,
  }));
  cells[0].height = 1;
  for (const cell of cells.slice(1)) {
    const whole = cells[cell.whole];
    cell.column = whole.column + 1;
    cell.height = whole.size ? (whole.height * cell.size) / whole.size : 0;
    cell.top = whole.top + whole.filled;
    whole.filled += cell.height;
  }
  return cells;
}

class Icicle {
  constructor(figure, cells) {
    this.figure = figure;
    this.cells = cells;
    this.chosen = 0;
    this.told = figure.querySelector(".overview-told");
    this.canvas = document.createElement("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", figure.dataset.label);
    figure.querySelector(".overview-place").append(this.canvas);
    figure.hidden = false;
    this.canvas.addEventListener("click", (event) => this.open(this.find(event)));
    this.canvas.addEventListener("mousemove", (event) => this.choose(this.find(event)));
    this.canvas.addEventListener("keydown", (event) => this.walk(event));
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
      matchMedia(query).addEventListener("change", () => this.draw());
    }
  }

  draw() {
    const { canvas } = this;
    const { width, height } = canvas.getBoundingClientRect();
    const scale = window.devicePixelRatio;
    Object.assign(canvas, { width: width * scale, height: height * scale });
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    const style = getComputedStyle(canvas);
    const forced = matchMedia("(forced-colors: active)").matches;
    const colour = (name, system) => (forced ? system : style.getPropertyValue(name).trim());
    const grounds = [colour("--surface-strong", "Canvas"), colour("--surface", "Canvas")];
    const ink = colour("--ink", "CanvasText");
    const line = colour("--line-strong", "CanvasText");
    const focus = colour("--focus", "Highlight");
    this.size = { width: width / COLUMNS, height };
    pen.font = `14px ${style.fontFamily}`;
    pen.textBaseline = "middle";
    for (const cell of this.cells) {
      const [x, y, w, h] = this.place(cell);
      if (h < LEAST) continue;
      pen.fillStyle = grounds[cell.column % 2];
      pen.fillRect(x, y, w, h);
      pen.strokeStyle = line;
      pen.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
      if (h < READABLE || !cell.name) continue;
      pen.fillStyle = ink;
      pen.fillText(this.fit(pen, cell, w - 16), x + 8, y + h / 2);
    }
    const [x, y, w, h] = this.place(this.cells[this.chosen]);
    pen.strokeStyle = focus;
    pen.lineWidth = 3;
    pen.strokeRect(x + 1.5, y + 1.5, w - 3, Math.max(h - 3, 1));
    performance.mark("overview-painted");
  }

  place({ column, top, height }) {
    const { size } = this;
    return [column * size.width, top * size.height, size.width, height * size.height];
  }

  /** Return the name with the number behind it, cut to a width. */
  fit(pen, { name, size }, width) {
    const whole = size > 1 ? `${name} (${size})` : name;
    if (pen.measureText(whole).width <= width) return whole;
    let length = name.length;
    while (length > 1 && pen.measureText(`${name.slice(0, length)}…`).width > width) length -= 1;
    return `${name.slice(0, length)}…`;
  }

  find({ offsetX, offsetY }) {
    const column = Math.floor(offsetX / this.size.width);
    const share = offsetY / this.size.height;
    return this.cells.find((cell) =>
      cell.column === column && cell.top <= share && share < cell.top + cell.height);
  }

  choose(cell) {
    if (!cell || cell.number === this.chosen) return;
    this.chosen = cell.number;
    this.told.textContent = `${cell.name || cell.id}: ${cell.size}`;
    this.draw();
  }

  open(cell) {
    if (!cell || !cell.deeper || !cell.column) return;
    location.assign(this.figure.dataset.level.replace("LEVEL", encodeURIComponent(cell.id)));
  }

  walk(event) {
    const cell = this.cells[this.chosen];
    const beside = this.cells.filter((each) => each.whole === cell.whole);
    const moves = {
      ArrowRight: () => this.cells.find((each) => each.whole === cell.number),
      ArrowLeft: () => this.cells[cell.whole],
      ArrowDown: () => beside[beside.indexOf(cell) + 1],
      ArrowUp: () => beside[beside.indexOf(cell) - 1],
      Home: () => beside[0],
      End: () => beside.at(-1),
      Enter: () => this.open(cell),
    };
    if (!moves[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.choose(moves[event.key]());
  }
}

const figure = document.querySelector(".overview[data-source]");
if (figure) {
  const answer = await fetch(figure.dataset.source, { headers: { Accept: "application/json" } });
  if (answer.ok) new Icicle(figure, layOut(await answer.json()));
}
