// Draws <figure data-chart="…"> from JSON in the page, with a table behind each.
//
//   <figure class="chart" data-chart="line" data-source="my-data" aria-labelledby="t">
//     <figcaption id="t">Poverty, percent</figcaption>
//     <details><summary>…</summary><table>…</table></details>     (optional: a table of your own)
//   </figure>
//   {{ data|json_script:"my-data" }}
//
// The JSON is one object:
//   title    text, read to those who cannot see the chart (default: the figcaption)
//   x, y     {"label": text, "unit": text, "type": "year" | "month" | "number" | "percent", "domain": [a, b]}
//            all optional. percent: values are already out of 100. month: "2024-05".
//   series   names of the series in the order of their colours (line, bar); optional
//   quiet    names of series that are drawn in grey, such as what is left over (bar); optional
//   table    {"summary": text} words on the disclosure of the table (default "Table" / "Tabel")
//   rows     what is drawn, by kind of chart:
//     line     {"x", "y", "series"?, "flag"?}        one line per series; y null breaks the line
//     bar      {"label", "value", "series"?, "highlight"?}   horizontal bars in the order given;
//                                                    with series: stacked. negative values go left
//     scatter  {"x", "y", "label", "size"?, "highlight"?, "group"?}
//              also "lines": {"x": number, "y": number}: reference lines (quadrants)
//     rank     {"label", "value", "highlight"?}      dots along one scale: a region among its peers;
//              "median": number marks the middle
//   labels   {"x", "y", "series", "label", "value"} headings of the table's columns; optional
//
// Colours, dark mode and paper follow the tokens; a chart is redrawn when the theme or width changes.

let library = null;

function load() {
  const source = document.querySelector("script[data-plot]").dataset;
  library ??= script(source.d3).then(() => script(source.plot)).then(() => window.Plot);
  return library;
}

function script(address) {
  return new Promise((done, failed) => {
    const element = document.createElement("script");
    Object.assign(element, { src: address, onload: done, onerror: () => failed(new Error(address)) });
    document.head.append(element);
  });
}

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const language = () => document.documentElement.lang;
const isNarrow = (width) => width < 420;

export async function draw(root = document) {
  const figures = [...root.querySelectorAll("[data-chart]:not([data-drawn])")];
  for (const figure of figures) figure.dataset.drawn = "waiting";
  if (!figures.length) return;
  for (const figure of figures) addTable(figure, read(figure));
  const Plot = await load();
  for (const figure of figures) watch(figure, Plot);
}

function read(figure) {
  return JSON.parse(document.getElementById(figure.dataset.source).textContent);
}

function watch(figure, Plot) {
  let width = 0;
  const redraw = () => paint(figure, Plot, width);
  new ResizeObserver(([entry]) => {
    const now = Math.round(entry.contentRect.width);
    if (!now || Math.abs(now - width) < 2) return;
    width = now;
    redraw();
  }).observe(figure);
  document.addEventListener("themechange", redraw);
}

function paint(figure, Plot, width) {
  const data = read(figure);
  const options = KINDS[figure.dataset.chart](data, Plot, width);
  const svg = Plot.plot({
    width, style: "", ...options, className: "plot",
    document,
  });
  svg.querySelectorAll("style").forEach((style) => style.remove());
  unname(svg);
  new MutationObserver(() => unname(svg)).observe(svg, { childList: true, subtree: true });
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", data.title ?? figure.querySelector("figcaption")?.textContent.trim() ?? "");
  figure.querySelector(".plot")?.remove();
  const caption = figure.querySelector("figcaption");
  if (caption) caption.after(svg);
  else figure.prepend(svg);
  legend(figure, data);
  figure.dataset.drawn = "yes";
}

// A group has no name of its own in a picture that has one; the tip under the pointer is drawn anew each time.
function unname(svg) {
  for (const mark of svg.querySelectorAll("[aria-label], [aria-description]")) {
    mark.dataset.mark = mark.getAttribute("aria-label") ?? "";
    mark.removeAttribute("aria-label");
    mark.removeAttribute("aria-description");
  }
}

// scales --------------------------------------------------------------------------------------
function number(value, digits) {
  return new Intl.NumberFormat(language(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

// As many decimals for every number of an axis: what the finest needs, fewer for great numbers.
function digitsOf(values) {
  const known = values.filter((value) => Number.isFinite(value));
  const most = Math.max(0, ...known.map(Math.abs));
  const worth = most >= 1000 ? 0 : most >= 100 ? 1 : 2;
  const fits = (digits) => known.every((value) => Math.abs(value - Number(value.toFixed(digits))) < 1e-9);
  return [0, 1].find((digits) => digits >= worth || fits(digits)) ?? worth;
}

// An axis with the numbers that stand on it; bars stand on zero.
function withValues(axis, values, zero = false) {
  return { ...axis, values: zero ? [0, ...values] : values, digits: digitsOf(values) };
}

// All ticks of an axis have the decimals that its step needs: 0.0, 0.5, 1.0; great numbers are short: 12.5K.
function tick(axis, count) {
  const known = axis.values.filter((value) => Number.isFinite(value));
  const [low, high] = axis.domain ?? [Math.min(...known), Math.max(...known)];
  const step = stepOf(high - low || 1, count);
  const most = Math.max(Math.abs(low), Math.abs(high));
  const unit = most < 10_000 ? 1 : 1000 ** Math.floor(Math.log10(most) / 3 + 1e-9);
  const digits = Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9));
  if (unit === 1) return (value) => number(value, digits) + (axis.type === "percent" ? "%" : "");
  return (value) => new Intl.NumberFormat(language(), {
    notation: "compact", minimumFractionDigits: Math.abs(value) < unit ? 0 : digits, maximumFractionDigits: digits,
  }).format(value);
}

// The distance of ticks that d3 chooses: 1, 2 or 5 times a power of ten.
function stepOf(span, count) {
  const power = 10 ** Math.floor(Math.log10(span / count));
  const rest = span / count / power;
  return power * (rest >= Math.sqrt(50) ? 10 : rest >= Math.sqrt(10) ? 5 : rest >= Math.SQRT2 ? 2 : 1);
}

function wholeYears(values, count) {
  const [first, last] = [Math.ceil(Math.min(...values)), Math.floor(Math.max(...values))];
  const step = Math.max(1, Math.ceil((last - first) / count));
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step);
}

function when(text, type) {
  return type === "month" ? new Date(`${text}-01T00:00:00`) : Number(text);
}

function shown(value, axis = {}) {
  if (value === null || value === undefined || value === "") return "–";
  if (axis.type === "month") return new Date(`${value}-01T00:00:00`).toLocaleDateString(language(), { year: "numeric", month: "short" });
  if (axis.type === "year" || typeof value === "string") return String(value);
  return number(value, axis.digits ?? digitsOf([value])) + (axis.type === "percent" ? "%" : "");
}

function scale(axis, count, more = {}) {
  const formats = { year: String, month: (v) => v.toLocaleDateString(language(), { year: "2-digit", month: "short" }) };
  const label = axis.label ? `${axis.label}${axis.unit ? `, ${axis.unit}` : ""}` : null;
  const ticks = axis.type === "year" ? wholeYears(axis.values, count) : count;
  return { label, ticks, labelArrow: "none", tickFormat: formats[axis.type] ?? tick(axis, count), ...(axis.domain && { domain: axis.domain }), nice: !axis.domain, ...more };
}

function palette() {
  return ["green", "part-need", "blue", "part-gain", "violet", "ink-3"].map(token);
}

function coloursOf(data, names) {
  const colours = palette();
  return names.map((name, i) => (data.quiet?.includes(name) ? token("line-strong") : colours[i % colours.length]));
}

function seriesOf(data) {
  return data.series ?? [...new Set(data.rows.map((row) => row.series ?? ""))];
}

// Room for the titles of the axes beside the numbers: above the upright one, below the flat one.
const MARGINS = { marginTop: 36, marginBottom: 48 };

// kinds ---------------------------------------------------------------------------------------
function line(data, Plot, width) {
  const rows = data.rows.map((row) => ({ ...row, when: when(row.x, data.x?.type), series: row.series ?? "" }));
  const names = seriesOf(data);
  const y = withValues(data.y, data.rows.map((row) => row.y));
  const dashes = ["0", "6 3", "2 3", "8 3 2 3", "1 4", "10 4"];
  const tip = { x: "when", y: "y", stroke: "series", title: (d) => `${d.series ? `${d.series}\n` : ""}${shown(d.x, data.x)}: ${shown(d.y, y)}${d.flag ? ` (${d.flag})` : ""}` };
  return {
    height: isNarrow(width) ? 240 : 280, ...MARGINS, marginLeft: 56, marginRight: 24,
    x: scale({ ...data.x, values: rows.map((row) => row.when) }, Math.max(3, Math.floor(width / 90)), { nice: false }), y: scale(y, 5, { grid: true }),
    color: { domain: names, range: palette() },
    marks: [
      ...names.map((name, i) => Plot.line(rows.filter((row) => row.series === name), { x: "when", y: "y", stroke: "series", strokeWidth: i ? 1.8 : 2.8, strokeDasharray: dashes[i % dashes.length] })),
      Plot.dot(rows.filter((row) => row.y !== null), { x: "when", y: "y", fill: (d) => (d.flag ? token("surface") : d.series), stroke: "series", r: rows.length > 60 ? 1.5 : 3 }),
      Plot.tip(rows.filter((row) => row.y !== null), Plot.pointer(tipStyle(tip))),
    ],
  };
}

function bar(data, Plot, width) {
  const rows = data.rows.map((row) => ({ ...row, series: row.series ?? "" }));
  const labels = [...new Set(rows.map((row) => row.label))];
  const names = seriesOf(data);
  const single = names.length < 2;
  const margin = Math.min(width * 0.42, 14 + 6.6 * Math.max(...labels.map((label) => label.length)));
  const cut = Math.floor(margin / 6.6);
  const x = withValues(data.x, rows.map((row) => row.value), true);
  const below = data.rows.some((row) => row.value < 0) ? 42 : 0;
  return {
    height: 60 + labels.length * 26, marginLeft: margin, marginRight: 52, marginBottom: 48,
    x: scale(x, Math.max(3, Math.floor(width / 110)), { grid: true, insetLeft: below }),
    y: { domain: labels, label: null, tickFormat: (text) => (text.length > cut ? `${text.slice(0, cut - 1)}…` : text), tickSize: 0 },
    color: { domain: names, range: coloursOf(data, names) },
    marks: [
      Plot.barX(rows, { y: "label", x: "value", fill: single ? (d) => token(d.highlight === false ? "line-strong" : d.highlight ? "part-need" : "green") : "series", insetTop: 3, insetBottom: 3, title: (d) => `${d.label}${d.series ? `, ${d.series}` : ""}: ${shown(d.value, x)}` }),
      ...(single ? [Plot.text(rows, { y: "label", x: "value", text: (d) => shown(d.value, x), textAnchor: "start", dx: 5, fill: token("ink-2"), filter: (d) => d.value >= 0 }), Plot.text(rows, { y: "label", x: "value", text: (d) => shown(d.value, x), textAnchor: "end", dx: -5, fill: token("ink-2"), filter: (d) => d.value < 0 })] : []),
      Plot.ruleX([0], { stroke: token("line-strong") }),
    ],
  };
}

function scatter(data, Plot, width) {
  const radius = data.rows.some((row) => row.size) ? { r: "size" } : { r: isNarrow(width) ? 3.5 : 4.5 };
  const chosen = data.rows.filter((row) => row.highlight);
  const [x, y] = ["x", "y"].map((name) => withValues(data[name], data.rows.map((row) => row[name])));
  return {
    height: Math.min(460, Math.max(280, width * 0.62)), ...MARGINS, marginLeft: 56, marginRight: 24, grid: true,
    x: scale(x, Math.max(3, Math.floor(width / 110))), y: scale(y, 6), r: { range: [2.5, 16] },
    marks: [
      ...(data.lines?.x !== undefined ? [Plot.ruleX([data.lines.x], { stroke: token("line-strong"), strokeDasharray: "4 3" })] : []),
      ...(data.lines?.y !== undefined ? [Plot.ruleY([data.lines.y], { stroke: token("line-strong"), strokeDasharray: "4 3" })] : []),
      Plot.dot(data.rows.filter((row) => !row.highlight), { x: "x", y: "y", ...radius, fill: token("green"), fillOpacity: 0.4, stroke: token("surface") }),
      Plot.dot(chosen, { x: "x", y: "y", ...radius, fill: token("part-need"), stroke: token("ink"), strokeWidth: 1.5 }),
      Plot.text(chosen, { x: "x", y: "y", text: "label", dy: -14, fontWeight: 700, fill: token("ink"), stroke: token("surface"), strokeWidth: 4 }),
      Plot.tip(data.rows, Plot.pointer(tipStyle({ x: "x", y: "y", title: (d) => `${d.label}\n${data.x?.label ?? "x"}: ${shown(d.x, x)}\n${data.y?.label ?? "y"}: ${shown(d.y, y)}` }))),
    ],
  };
}

function rank(data, Plot, width) {
  const chosen = data.rows.filter((row) => row.highlight);
  const x = withValues(data.x, data.rows.map((row) => row.value));
  return {
    height: 104, marginLeft: 20, marginRight: 20, marginBottom: 48, marginTop: 26,
    x: scale(x, Math.max(3, Math.floor(width / 110))), y: { axis: null, domain: [-1, 1] },
    marks: [
      Plot.tickX(data.rows.filter((row) => !row.highlight), { x: "value", stroke: token("ink-3"), strokeOpacity: 0.45 }),
      ...(data.median === undefined ? [] : [Plot.ruleX([data.median], { stroke: token("ink"), strokeDasharray: "3 3", strokeWidth: 1.5 })]),
      Plot.dot(chosen, { x: "value", y: 0, r: 7, fill: token("part-need"), stroke: token("surface"), strokeWidth: 2 }),
      Plot.text(chosen, { x: "value", y: 1, dy: -8, text: (d) => `${d.label}: ${shown(d.value, x)}`, fontWeight: 700, fill: token("ink") }),
      Plot.tip(data.rows, Plot.pointerX(tipStyle({ x: "value", title: (d) => `${d.label}: ${shown(d.value, x)}` }))),
    ],
  };
}

const KINDS = { line, bar, scatter, rank };

function tipStyle(options) {
  return { fill: token("surface"), ...options, stroke: token("line-strong"), fontFamily: "inherit" };
}

// legend and table ----------------------------------------------------------------------------
function legend(figure, data) {
  figure.querySelector(".chart-legend")?.remove();
  const names = seriesOf(data).filter(Boolean);
  if (names.length < 2) return;
  const colours = coloursOf(data, names);
  const list = document.createElement("ul");
  list.className = "parts-legend chart-legend";
  names.forEach((name, i) => {
    const item = document.createElement("li");
    const swatch = document.createElement("span");
    swatch.className = "swatch";
    swatch.style.background = colours[i];
    item.append(swatch, name);
    list.append(item);
  });
  figure.querySelector(".plot").after(list);
}

const COLUMNS = { line: ["series", "x", "y", "flag"], bar: ["label", "series", "value"], scatter: ["label", "x", "y"], rank: ["label", "value"] };

function addTable(figure, data) {
  if (figure.querySelector("details, table")) return;
  const english = language().startsWith("en");
  const columns = COLUMNS[figure.dataset.chart].filter((name) => data.rows.some((row) => row[name] !== undefined && row[name] !== ""));
  const words = english
    ? { x: data.x?.label ?? "x", y: data.y?.label ?? "Value", series: "Series", label: "Region", value: data.x?.label ?? "Value", flag: "Flag" }
    : { x: data.x?.label ?? "x", y: data.y?.label ?? "Nilai", series: "Deret", label: "Daerah", value: data.x?.label ?? "Nilai", flag: "Tanda" };
  const details = document.createElement("details");
  details.className = "disclosure chart-table no-print";
  const summary = document.createElement("summary");
  summary.textContent = data.table?.summary ?? (english ? "Table" : "Tabel");
  const wrap = document.createElement("div");
  wrap.className = "table-wrap";
  wrap.tabIndex = 0;
  const table = document.createElement("table");
  table.className = "table table-compact";
  const head = table.createTHead().insertRow();
  const column = (name) => data.rows.map((row) => row[name]);
  const axisOf = { x: withValues(data.x, column("x")), y: withValues(data.y, column("y")), value: withValues(data.x, column("value")) };
  const isNumber = (name) => name === "y" || name === "value" || (name === "x" && figure.dataset.chart === "scatter");
  for (const name of columns) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = data.labels?.[name] ?? words[name];
    if (isNumber(name)) cell.className = "num";
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of data.rows) {
    const line = body.insertRow();
    for (const name of columns) {
      const cell = line.insertCell();
      cell.textContent = shown(row[name], axisOf[name]);
      if (isNumber(name)) cell.className = "num";
    }
  }
  wrap.append(table);
  details.append(summary, wrap);
  figure.append(details);
}
