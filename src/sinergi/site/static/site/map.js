// The map page. What the server computed arrives as JSON inside the list (#map-data); this module draws
// it, keeps layer, selection and view in the fragment of the address, and answers clicks and keys.

import { breaksOf, classOf, display, drawLegend, valuesOf } from "./map_classes.js";
import { startForm } from "./map_form.js";
import { decode, labelPoints, lines, nodes, paint, paintNames, places, style } from "./map_layers.js";
import { extent, fragment, hasWebGL, keep, NATION, padding, painted, selectedFromFragment, wholeNation } from "./map_view.js";

const DETAIL_FROM = 6.8;
const FEW = 60;
const byId = (id) => document.getElementById(id);
const stage = byId("map-stage");
const words = readWords();
const still = matchMedia("(prefers-reduced-motion: reduce)");

let state = readState();
let map = null;
let library = null;
const names = new Map(Object.entries(JSON.parse(byId("region-names").textContent)));
let values = new Map();
let markers = [];
let area = null;
let centres = new Map();
let regions = null;
const detailed = new Set();
let selected = selectedFromFragment();

startForm(words);
markSelection();
start();

function readWords() {
  const pairs = byId("map-words").content.querySelectorAll("dt");
  return Object.fromEntries([...pairs].map((term) => [term.textContent, term.nextElementSibling.textContent]));
}

function readState() {
  const data = byId("map-data");
  return data ? JSON.parse(data.textContent) : { object: null, regions: {}, groups: [] };
}

function layer() {
  const asked = fragment().get("lapis");
  const possible = state.need ? ["need", "strength", "coverage"] : ["score", "count"];
  return possible.includes(asked) ? asked : possible[0];
}

// start ---------------------------------------------------------------------------------------
async function start() {
  try {
    if (!hasWebGL()) throw new Error("no WebGL");
    const shapes = fetchShapes();
    shapes.catch(() => null);
    await painted();
    library = await import(stage.dataset.library);
    draw(decode(await shapes, names));
  } catch (error) {
    showFailure(error);
  }
}

async function fetchShapes(address = stage.dataset.shapes) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`map data: ${answer.status}`);
  return answer.json();
}

function showFailure(error) {
  console.warn(`map: ${error.message}`);
  byId("map-loading").hidden = true;
  byId("map-failed").hidden = false;
}

function draw(shapes) {
  for (const link of document.querySelectorAll("[data-late-style]")) link.media = "all";
  const provinces = new Map([...byId("dalam-provinsi").options].filter((o) => o.value).map((o) => [o.value, o.textContent]));
  regions = shapes.regions;
  const labels = labelPoints(shapes.regions, provinces);
  centres = new Map(labels.features.filter((one) => one.properties.code).map((one) => [one.properties.code, { name: one.properties.name, at: one.geometry.coordinates }]));
  library.setWorkerUrl(stage.dataset.worker);
  map = new library.Map({
    container: "map-canvas", style: style(shapes, labels), ...view(),
    maxZoom: 10.5, minZoom: 2, attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false,
    fadeDuration: still.matches ? 0 : 150, renderWorldCopies: false,
    locale: { "NavigationControl.ZoomIn": words["zoom-in"], "NavigationControl.ZoomOut": words["zoom-out"], "Map.Title": words.map },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(wholeNation(words.reset, () => { select(""); fit(NATION); }), "top-right");
  map.on("error", (event) => console.warn(`map: ${event.error?.message}`));
  map.once("style.load", () => {
    paint(map, layer());
    refresh();
    if (selected && !fragment().has("lihat")) showGroup(true);
    listen();
  });
  map.once("idle", () => {
    byId("map-loading").hidden = true;
    stage.dataset.ready = "true";
  });
}

function view() {
  const [zoom, lat, lon] = (fragment().get("lihat") ?? "").split("/").map(Number);
  if ([zoom, lat, lon].every(Number.isFinite) && fragment().has("lihat")) return { zoom, center: [lon, lat] };
  return { bounds: NATION, fitBoundsOptions: { padding: padding(stage) } };
}

// drawing -------------------------------------------------------------------------------------
function refresh() {
  showToolbar();
  if (!map) return;
  const shown = layer();
  values = valuesOf(state, shown);
  const breaks = breaksOf(shown, values);
  paint(map, shown);
  for (const source of ["regions", "labels"]) map.removeFeatureState({ source });
  const missing = [];
  const classes = new Map();
  const inside = state.inside && new Set(state.inside);
  for (const code of names.keys()) {
    if (inside && !inside.has(code)) continue;
    if (!values.has(code)) { missing.push(code); continue; }
    classes.set(code, classOf(values.get(code), breaks));
    for (const source of ["regions", "labels"]) map.setFeatureState({ source, id: code }, { class: classes.get(code) });
  }
  map.setFilter("none", ["in", ["get", "code"], ["literal", missing]]);
  drawLegend(byId("map-legend"), shown, values, breaks, words);
  const few = state.inside && state.inside.length <= FEW ? state.inside : [];
  map.getSource("places").setData(places(few, centres, classes));
  map.setLayoutProperty("label-region", "visibility", few.length ? "none" : "visible");
  map.getSource("links").setData(lines(state.groups, selected));
  map.getSource("nodes").setData(nodes(state.groups, selected));
  showGroup(false);
  const isNew = area === null ? !fragment().has("lihat") : area !== state.area;
  if (isNew && state.area) fit(areaShown());
  area = state.area;
}

// The regions a filter leaves; with a region asked for, its groups.
function areaShown() {
  const inside = (state.inside ?? []).filter((code) => centres.has(code)).map((code) => centres.get(code));
  return extent(inside.length ? inside : state.groups.flatMap((group) => group.members));
}

function showToolbar() {
  const now = layer();
  for (const button of stage.querySelectorAll("[data-layer]")) {
    button.hidden = (button.dataset.for === "object") !== Boolean(state.need);
    button.setAttribute("aria-pressed", String(button.dataset.layer === now));
  }
}

function fit(bounds) {
  map?.fitBounds(bounds, { padding: padding(stage, bounds === NATION ? 8 : 28), maxZoom: 8.5, animate: !still.matches });
}

// selection -----------------------------------------------------------------------------------
function select(id) {
  selected = id === selected ? "" : id;
  keep({ pilih: selected });
  markSelection();
  showGroup(true);
}

function markSelection() {
  for (const button of document.querySelectorAll("[data-show]")) {
    button.hidden = false;
    const isChosen = button.dataset.show === selected;
    button.setAttribute("aria-pressed", String(isChosen));
    button.closest(".opp").classList.toggle("is-selected", isChosen);
  }
}

function showGroup(moves) {
  const group = state.groups.find((one) => one.id === selected);
  if (group && moves && !byId("map-table").hidden) toggleTable();
  if (!map) return;
  const codes = group ? group.members.map((member) => member.code) : [];
  const inGroup = ["in", ["get", "code"], ["literal", codes]];
  map.setFilter("members", inGroup);
  map.setFilter("dim", ["!", inGroup]);
  map.setFilter("label-region", ["all", ["==", ["get", "kind"], "region"], ["!", inGroup]]);
  const isOther = ["!", inGroup];
  map.setFilter("places", ["all", ["get", "dot"], isOther]);
  map.setFilter("label-places", isOther);
  paintNames(map, Boolean(group));
  map.setLayoutProperty("dim", "visibility", group ? "visible" : "none");
  const only = group ? ["==", ["get", "group"], group.id] : null;
  for (const id of ["links", "links-case", "nodes"]) map.setFilter(id, only);
  markers.forEach((marker) => marker.remove());
  markers = group ? group.members.map(memberMarker) : [];
  if (!group || !moves) return;
  fit(extent(group.members));
  say(words.shown.replace("{name}", `${group.name}: ${group.members.map((member) => member.name).join(", ")}`));
}

function memberMarker(member) {
  const element = document.createElement("div");
  element.className = "map-member";
  const role = document.createElement("small");
  role.textContent = ` ${member.role}`;
  element.append(member.name.replace(/^Kabupaten /, ""), role);
  return new library.Marker({ element, anchor: "center" }).setLngLat(centres.get(member.code)?.at ?? member.at).addTo(map);
}

function say(text) {
  byId("map-status").textContent = text;
}

// listening -----------------------------------------------------------------------------------
function listen() {
  const tip = byId("map-tip");
  map.on("mousemove", "regions", (event) => {
    const { code, name } = event.features[0].properties;
    map.getCanvas().style.cursor = "pointer";
    map.setFilter("hover", ["==", ["get", "code"], code]);
    const value = values.has(code) ? `${words[layer()]}: ${display(layer(), values.get(code))}` : words[state.need ? "none" : "none-count"];
    const strong = document.createElement("b");
    strong.textContent = name;
    tip.replaceChildren(strong, value);
    tip.hidden = false;
    const left = Math.min(event.point.x + 14, stage.clientWidth - tip.offsetWidth - 8);
    tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(event.point.y + 16)}px)`;
  });
  map.on("mouseleave", "regions", () => {
    map.getCanvas().style.cursor = "";
    map.setFilter("hover", ["==", ["get", "code"], ""]);
    tip.hidden = true;
  });
  map.on("click", "regions", (event) => showCard(event.features[0].properties.code));
  map.on("moveend", showDetail);
  map.on("moveend", (event) => {
    if (!event.originalEvent) return;
    const { lat, lng } = map.getCenter();
    keep({ lihat: `${map.getZoom().toFixed(2)}/${lat.toFixed(3)}/${lng.toFixed(3)}` });
  });
}

// Close up, the provinces in view are drawn with the borders of their own files.
async function showDetail() {
  if (map.getZoom() < DETAIL_FROM) return;
  const seen = map.queryRenderedFeatures({ layers: ["regions"] }).map((feature) => feature.properties.code.slice(0, 2));
  const wanted = [...new Set(seen)].filter((code) => !detailed.has(code));
  wanted.forEach((code) => detailed.add(code));
  const parts = await Promise.allSettled(wanted.map((code) => fetchShapes(stage.dataset.detail.replace("00", code))));
  const finer = parts.filter((part) => part.status === "fulfilled").flatMap((part) => decode(part.value, names).regions.features);
  if (!finer.length) return;
  const replaced = new Set(finer.map((feature) => feature.properties.code));
  regions.features = [...regions.features.filter((feature) => !replaced.has(feature.properties.code)), ...finer];
  map.getSource("regions").setData(regions);
}

function showCard(code) {
  const address = stage.dataset.card.replace("00.00", code) + location.search;
  window.htmx.ajax("GET", address, { target: "#map-card", swap: "innerHTML" }).then(() => byId("map-card").focus());
}

stage.addEventListener("click", (event) => {
  const button = event.target.closest("[data-layer]");
  if (button) {
    keep({ lapis: button.dataset.layer });
    refresh();
  } else if (event.target.closest("[data-close-card]")) closeCard();
  else if (event.target.closest("#map-as-table")) {
    event.preventDefault();
    toggleTable();
  }
});
stage.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeCard();
});

function closeCard() {
  byId("map-card").replaceChildren();
  map?.getCanvas().focus({ preventScroll: true });
}

function toggleTable() {
  const table = byId("map-table");
  const button = byId("map-as-table");
  table.hidden = !table.hidden;
  stage.classList.toggle("is-table", !table.hidden);
  button.setAttribute("aria-expanded", String(!table.hidden));
  button.textContent = words[table.hidden ? "as-table" : "as-map"];
  if (table.hidden) return;
  const wait = document.createElement("p");
  wait.textContent = words.loading;
  table.replaceChildren(wait);
  window.htmx.ajax("GET", table.dataset.source + location.search, { target: "#map-table", swap: "innerHTML" }).then(() => table.focus());
}

document.addEventListener("click", (event) => {
  const card = event.target.closest(".opp");
  if (card && !event.target.closest("a, summary, input") && !getSelection().toString()) {
    select(card.dataset.group);
    if (matchMedia("(max-width: 59.99rem)").matches) scrollTo({ top: 0, behavior: still.matches ? "auto" : "smooth" });
  }
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "results" || !byId("map-data")) return;
  state = readState();
  if (!state.groups.some((group) => group.id === selected)) selected = "";
  keep({ pilih: selected });
  markSelection();
  refresh();
  if (!byId("map-table").hidden) { toggleTable(); toggleTable(); }
  say(words.updated.replace("{count}", state.total));
});
for (const name of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(name, () => {
    const note = document.createElement("p");
    note.className = "notice notice-error";
    note.setAttribute("role", "alert");
    note.textContent = words.offline;
    byId("results").querySelector(".notice-error")?.remove();
    byId("results").prepend(note);
  });
}
// Paper shows a picture of the map: a canvas of WebGL prints empty.
addEventListener("beforeprint", () => {
  if (!stage.dataset.ready) return;
  document.documentElement.dataset.theme = "light";
  byId("map-legend").querySelector(".fold")?.classList.add("is-open");
  refresh();
  map.redraw();
  byId("map-paper")?.remove();
  const picture = new Image();
  picture.id = "map-paper";
  picture.alt = words.map;
  picture.src = map.getCanvas().toDataURL("image/png");
  stage.append(picture);
});
addEventListener("afterprint", () => byId("map-paper")?.remove());
document.addEventListener("themechange", () => map?.isStyleLoaded() && refresh());
addEventListener("hashchange", () => {
  selected = selectedFromFragment();
  markSelection();
  refresh();
  showGroup(true);
});
