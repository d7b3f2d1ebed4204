/**
 * Walking in a drawing by keys: one stop for Tab. Among boxes: right to what a box leads to, left to
 * what leads to it, up and down among those beside it. Among bars on an axis of time: down and right
 * to the next, up and left to the one before. Home and End to the first and the last.
 */

const BOX = "svg.diagram [data-box]";
const BAR = "svg.timeline a";

/** Return the boxes or bars of a drawing in their order. */
function listStops(drawing) {
  return [...drawing.querySelectorAll("[data-box], a")];
}

function listSources(box) {
  return box.dataset.from.split(" ").filter(Boolean);
}

function findTop(box) {
  return box.querySelector("rect").getBBox().y;
}

function sortByPlace(boxes) {
  return boxes.sort((one, other) => findTop(one) - findTop(other));
}

const ENDS = {
  Home: (stop, stops) => stops[0],
  End: (stop, stops) => stops.at(-1),
};

const MOVES_AMONG_BOXES = {
  ...ENDS,
  ArrowRight: (box, boxes) =>
    sortByPlace(boxes.filter((each) => listSources(each).includes(box.dataset.box)))[0],
  ArrowLeft: (box, boxes) => boxes.find((each) => each.dataset.box === listSources(box)[0]),
  ArrowDown: (box, boxes) => findBeside(box, boxes, 1),
  ArrowUp: (box, boxes) => findBeside(box, boxes, -1),
};

const findNext = (bar, bars) => bars[bars.indexOf(bar) + 1];
const findPrevious = (bar, bars) => bars[bars.indexOf(bar) - 1];

const MOVES_AMONG_BARS = {
  ...ENDS,
  ArrowDown: findNext,
  ArrowRight: findNext,
  ArrowUp: findPrevious,
  ArrowLeft: findPrevious,
};

/** Return the next box that has the same source, counted from the top. */
function findBeside(box, boxes, step) {
  const [source] = listSources(box);
  const beside = sortByPlace(boxes.filter((each) => listSources(each)[0] === source));
  return beside[beside.indexOf(box) + step];
}

function makeStop(stop, stops) {
  for (const each of stops) each.setAttribute("tabindex", each === stop ? "0" : "-1");
}

/** Have it read out with a drawing of several stops how the keys walk; show it at the first such. */
function tellKeys(keys) {
  const figure = keys.closest("figure");
  if (listStops(figure.querySelector("svg")).length < 2) return;
  figure.querySelector("[role=region]").setAttribute("aria-describedby", keys.id);
  const told = [...document.querySelectorAll(".drawing-keys:not([hidden])")];
  keys.hidden = told.some((each) => each.textContent === keys.textContent);
}

/** Let the drawings under `root` be walked in; without this each box or bar is a stop of its own. */
export function prepareDrawings(root) {
  for (const drawing of root.querySelectorAll("svg.diagram, svg.timeline")) {
    const stops = listStops(drawing);
    for (const stop of stops) {
      if (stop.hasAttribute("href") || stop.hasAttribute("role")) continue;
      stop.setAttribute("role", "img");
      stop.setAttribute("aria-label", stop.textContent.trim());
    }
    if (stops.length) makeStop(stops[0], stops);
  }
  for (const keys of root.querySelectorAll(".drawing-keys")) tellKeys(keys);
}

document.addEventListener("keydown", (event) => {
  const stop = event.target.closest?.(`${BOX}, ${BAR}`);
  if (!stop || event.ctrlKey || event.altKey || event.metaKey) return;
  const move = (stop.matches(BOX) ? MOVES_AMONG_BOXES : MOVES_AMONG_BARS)[event.key];
  if (!move) return;
  const stops = listStops(stop.ownerSVGElement);
  const next = move(stop, stops);
  event.preventDefault();
  if (!next) return;
  makeStop(next, stops);
  next.focus();
});

document.addEventListener("focusin", (event) => {
  const stop = event.target.closest?.(`${BOX}, ${BAR}`);
  if (stop) makeStop(stop, listStops(stop.ownerSVGElement));
});

prepareDrawings(document);
