/** The day of the delegation graph as a slider beside its field; the page is fetched anew. */
import { prepareDrawings } from "./drawings.js";

const DAY = 86_400_000;
const WAIT = 150;

const readDay = (text) => Date.parse(`${text}T00:00:00Z`) / DAY;
const writeDay = (number) => new Date(number * DAY).toISOString().slice(0, 10);

/** Make the slider, from the day before the first that is known to the last, or the day shown. */
function makeSlider(place, field) {
  const day = readDay(field.value);
  if (Number.isNaN(day)) return null;
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", id: "field-slider", step: 1 });
  slider.min = Math.min(readDay(place.dataset.first) - 1, day);
  slider.max = Math.max(readDay(place.dataset.last), day);
  slider.value = day;
  const label = document.createElement("label");
  Object.assign(label, { htmlFor: slider.id, textContent: place.dataset.label });
  const frame = document.createElement("div");
  frame.className = "field chart-slider";
  frame.append(label, slider);
  place.append(frame);
  return slider;
}

function tellDay(slider) {
  const words = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "long",
    timeZone: "UTC",
  });
  slider.setAttribute("aria-valuetext", words.format(new Date(slider.value * DAY)));
}

/** Fetch the page of another day, and put its drawing, table and status line in place of ours. */
async function showDay(form, day, signal) {
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form));
  address.searchParams.set("on", day);
  for (const [name, value] of [...address.searchParams]) {
    if (!value) address.searchParams.delete(name);
  }
  const chart = document.querySelector("#chart");
  chart.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#chart");
  if (!fresh) return;
  chart.replaceWith(fresh);
  prepareDrawings(fresh);
  history.replaceState(null, "", address);
}

const place = document.querySelector(".chart-day[data-first]");
const field = document.querySelector("#field-on");
const slider = place && makeSlider(place, field);
if (slider) {
  let waiting;
  let asking = new AbortController();
  tellDay(slider);
  slider.addEventListener("input", () => {
    field.value = writeDay(slider.value);
    tellDay(slider);
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      asking.abort();
      asking = new AbortController();
      showDay(field.form, field.value, asking.signal).catch((error) => {
        if (error.name !== "AbortError") field.form.submit();
      });
    }, WAIT);
  });
  field.addEventListener("change", () => {
    const day = readDay(field.value);
    if (!Number.isNaN(day)) slider.value = day;
    tellDay(slider);
  });
}
