// Values into five colour classes, and the legend that says which is which.

export const CLASSES = 5;
const FIXED = [0.2, 0.4, 0.6, 0.8];
const SCALE = { score: "score", count: "score", need: "need", strength: "strength", coverage: "coverage" };

const language = document.documentElement.lang;
const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });

export function colours(layer) {
  const style = getComputedStyle(document.documentElement);
  return Array.from({ length: CLASSES }, (_, i) => style.getPropertyValue(`--${SCALE[layer]}-${i + 1}`).trim());
}

export function valuesOf(state, layer) {
  if (layer === "count") return new Map(Object.entries(state.regions).map(([code, [count]]) => [code, count]));
  if (layer === "score") return new Map(Object.entries(state.regions).map(([code, [, best]]) => [code, best]));
  return new Map(Object.entries(state[layer] ?? {}));
}

function quantileBreaks(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return [...new Set(FIXED.map(at))].filter((value) => value > sorted[0]);
}

// Upper classes begin at these values. Scores of regions are 0–1 by meaning; the others by their spread.
export function breaksOf(layer, values) {
  if (layer === "need" || layer === "strength" || layer === "coverage") return FIXED;
  if (!values.size) return [];
  const rounded = layer === "score" ? [...values.values()].map((v) => Math.round(v * 100) / 100) : [...values.values()];
  return quantileBreaks(rounded);
}

export function classOf(value, breaks) {
  const index = breaks.filter((limit) => value >= limit - 1e-9).length;
  return breaks.length ? 1 + Math.round((index * (CLASSES - 1)) / breaks.length) : 3;
}

export function display(layer, value) {
  return layer === "count" ? whole.format(value) : whole.format(value * 100);
}

function classLabels(layer, breaks, values) {
  const sorted = [...values.values()].sort((a, b) => a - b);
  const fixed = breaks === FIXED;
  const low = fixed ? 0 : sorted[0];
  const high = fixed ? 1 : sorted.at(-1);
  const edges = [low, ...breaks, high];
  return edges.slice(0, -1).map((from, i) => {
    const last = i === edges.length - 2;
    if (layer !== "count") return `${display(layer, from)}–${display(layer, edges[i + 1])}`;
    const to = last ? edges[i + 1] : edges[i + 1] - 1;
    return from >= to ? whole.format(from) : `${whole.format(from)}–${whole.format(to)}`;
  });
}

// Neighbouring classes that read the same are one: 75–75 and 75–75 become 75.
function legendRows(layer, breaks, values) {
  const rows = [];
  classLabels(layer, breaks, values).forEach((text, i) => {
    const [from, to] = text.split("–");
    const label = from === to ? from : text;
    const scale = (breaks.length ? 1 + Math.round((i * (CLASSES - 1)) / breaks.length) : 3) - 1;
    if (rows.at(-1)?.label === label) rows.at(-1).scale = scale;
    else rows.push({ label, scale });
  });
  return rows;
}

export function drawLegend(box, layer, values, breaks, words) {
  const fold = box.querySelector(".fold") ?? newFold(box);
  const title = document.createElement("button");
  title.type = "button";
  title.setAttribute("aria-expanded", String(fold.classList.contains("is-open")));
  title.addEventListener("click", () => title.setAttribute("aria-expanded", String(fold.classList.toggle("is-open"))));
  title.textContent = words[layer];
  title.append(ramp(layer));
  const list = document.createElement("ol");
  const scale = colours(layer);
  if (values.size) {
    legendRows(layer, breaks, values).forEach(({ label, scale: i }) => {
      const item = document.createElement("li");
      const swatch = document.createElement("span");
      swatch.className = "swatch";
      swatch.style.background = scale[i];
      item.append(swatch, label);
      list.append(item);
    });
  }
  const note = document.createElement("p");
  const isRegionCount = layer === "count" || layer === "score";
  note.append(key("swatch swatch-none", words[isRegionCount ? "none-count" : "none"]), key("swatch swatch-line", words.partners));
  fold.replaceChildren(title, list, note);
  box.hidden = false;
}

// On a small stage the legend begins folded: the map needs the room.
function newFold(box) {
  const fold = document.createElement("div");
  fold.className = "fold";
  const { clientWidth, clientHeight } = box.parentElement;
  fold.classList.toggle("is-open", clientWidth >= 640 && clientHeight >= 520);
  box.append(fold);
  return fold;
}

function ramp(layer) {
  const strip = document.createElement("span");
  strip.className = "ramp";
  for (const colour of colours(layer)) {
    const swatch = document.createElement("span");
    swatch.style.background = colour;
    strip.append(swatch);
  }
  return strip;
}

function key(className, text) {
  const item = document.createElement("span");
  item.className = "key";
  const swatch = document.createElement("span");
  swatch.className = className;
  item.append(swatch, text);
  return item;
}
