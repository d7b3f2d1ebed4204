/**
 * Walking in a drawing by keys: one stop for Tab; right to what a box leads to, left to what leads
 * to it, up and down among those beside it, Home and End to the first and the last.
 */

/** Return the boxes of a drawing in their order. */
function listBoxes(drawing) {
  return [...drawing.querySelectorAll("[data-box]")];
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

const MOVES = {
  ArrowRight: (box, boxes) =>
    sortByPlace(boxes.filter((each) => listSources(each).includes(box.dataset.box)))[0],
  ArrowLeft: (box, boxes) => boxes.find((each) => each.dataset.box === listSources(box)[0]),
  ArrowDown: (box, boxes) => findBeside(box, boxes, 1),
  ArrowUp: (box, boxes) => findBeside(box, boxes, -1),
  Home: (box, boxes) => boxes[0],
  End: (box, boxes) => boxes.at(-1),
};

/** Return the next box that has the same source, counted from the top. */
function findBeside(box, boxes, step) {
  const [source] = listSources(box);
  const beside = sortByPlace(boxes.filter((each) => listSources(each)[0] === source));
  return beside[beside.indexOf(box) + step];
}

function makeStop(box, boxes) {
  for (const each of boxes) each.setAttribute("tabindex", each === box ? "0" : "-1");
}

/** Let the drawings under `root` be walked in; without this each box is a stop of its own. */
export function prepareDrawings(root) {
  for (const drawing of root.querySelectorAll("svg.diagram")) {
    const boxes = listBoxes(drawing);
    for (const box of boxes) {
      if (box.hasAttribute("href") || box.hasAttribute("role")) continue;
      box.setAttribute("role", "img");
      box.setAttribute("aria-label", box.textContent.trim());
    }
    if (boxes.length) makeStop(boxes[0], boxes);
  }
}

document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.("svg.diagram [data-box]");
  const move = MOVES[event.key];
  if (!box || !move || event.ctrlKey || event.altKey || event.metaKey) return;
  const boxes = listBoxes(box.ownerSVGElement);
  const next = move(box, boxes);
  event.preventDefault();
  if (!next) return;
  makeStop(next, boxes);
  next.focus();
});

document.addEventListener("focusin", (event) => {
  const box = event.target.closest?.("svg.diagram [data-box]");
  if (box) makeStop(box, listBoxes(box.ownerSVGElement));
});

prepareDrawings(document);
