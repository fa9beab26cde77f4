// Lines and findings on a map: regions beneath, a point for each line, joined where they are one finding.

import { loaded } from "./loading.js";

const NATION = [[94.9, -11.1], [141.1, 6.2]];
const COLOURS = { 3: "#9b1c1c", 2: "#b45309", 1: "#2f6f4f" };

async function found(box) {
  if (box.dataset.of) return JSON.parse(document.getElementById(box.dataset.of).textContent);
  return fetch(box.dataset.syncMap).then((answer) => answer.ok ? answer.json() : Promise.reject(answer.status));
}

function words(told) {
  return {
    "NavigationControl.ZoomIn": told.zoomIn,
    "NavigationControl.ZoomOut": told.zoomOut,
    "Popup.Close": told.close,
    "CooperativeGesturesHandler.WindowsHelpText": told.wheel,
    "CooperativeGesturesHandler.MacHelpText": told.wheelMac,
    "CooperativeGesturesHandler.MobileHelpText": told.touch,
  };
}

function extent(findings) {
  const spots = findings.features.filter((one) => one.geometry.type === "Point").map((one) => one.geometry.coordinates);
  if (!spots.length) return NATION;
  const [xs, ys] = [spots.map((one) => one[0]), spots.map((one) => one[1])];
  return [[Math.min(...xs) - 0.05, Math.min(...ys) - 0.05], [Math.max(...xs) + 0.05, Math.max(...ys) + 0.05]];
}

function regionsOf(findings) {
  return [...new Set(findings.features.map((one) => one.properties.region).filter(Boolean))];
}

// Names of the regions in which lines lie, at the middle of what is drawn of each.
function nameRegions(map, library, land, findings) {
  const names = new Map(findings.features.map((one) => [one.properties.region, one.properties.place]));
  if (names.size > 40) return;
  for (const one of land.features) {
    if (!names.get(one.properties.code)) continue;
    const spots = one.geometry.coordinates.flat(one.geometry.type === "Polygon" ? 1 : 2);
    const [xs, ys] = [spots.map((spot) => spot[0]), spots.map((spot) => spot[1])];
    const name = document.createElement("span");
    name.className = "sync-place";
    name.textContent = names.get(one.properties.code);
    const middle = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
    new library.Marker({ element: name, offset: [0, 22] }).setLngLat(middle).addTo(map);
  }
}

function style(land, findings) {
  const colour = ["match", ["get", "severity"], 3, COLOURS[3], 2, COLOURS[2], COLOURS[1]];
  const exact = ["get", "exact"];
  return {
    version: 8,
    sources: { land: { type: "geojson", data: land }, found: { type: "geojson", data: findings } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": "#eef3f1" } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": "#ffffff" } },
      { id: "here", type: "fill", source: "land", filter: ["in", ["get", "code"], ["literal", regionsOf(findings)]],
        paint: { "fill-color": "#dcebe3" } },
      { id: "edge", type: "line", source: "land", paint: { "line-color": "#b9c4be", "line-width": 0.8 } },
      { id: "joins", type: "line", source: "found", filter: ["==", ["geometry-type"], "LineString"],
        paint: { "line-color": colour, "line-width": 2 } },
      { id: "lines", type: "circle", source: "found", filter: ["==", ["geometry-type"], "Point"],
        paint: { "circle-radius": 6, "circle-color": ["case", exact, colour, "#ffffff"],
          "circle-stroke-color": colour, "circle-stroke-width": 2 } },
    ],
  };
}

async function draw(box) {
  const [findings, shapes, library] = await Promise.all([
    found(box),
    fetch(box.dataset.shapes).then((answer) => answer.ok ? answer.json() : Promise.reject(answer.status)),
    import(box.dataset.library),
    globalThis.topojson ?? loaded(box.dataset.topojson),
  ]);
  const layer = shapes.objects.regions ?? Object.values(shapes.objects)[0];
  const land = globalThis.topojson.feature(shapes, layer);
  library.setWorkerUrl(box.dataset.worker);
  const map = new library.Map({
    container: box, style: style(land, findings), bounds: extent(findings),
    fitBoundsOptions: { padding: 40, maxZoom: 9 }, attributionControl: false, cooperativeGestures: true,
    locale: words(box.dataset),
  });
  nameRegions(map, library, land, findings);
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  map.on("click", "lines", (event) => {
    const about = event.features[0].properties;
    const card = document.createElement("div");
    const link = document.createElement("a");
    link.href = about.url;
    link.textContent = about.rule;
    card.append(link, document.createElement("br"), about.title);
    new library.Popup().setLngLat(event.lngLat).setDOMContent(card).addTo(map);
  });
  for (const [name, cursor] of [["mouseenter", "pointer"], ["mouseleave", ""]]) {
    map.on(name, "lines", () => { map.getCanvas().style.cursor = cursor; });
  }
}

function start(box) {
  draw(box).catch(() => { box.hidden = true; });
}

for (const box of document.querySelectorAll("[data-sync-map]")) {
  const folded = box.closest("details");
  if (folded && !folded.open) folded.addEventListener("toggle", () => start(box), { once: true });
  else start(box);
}
