// The layers of the map: regions by class, borders, lines between partners, labels. No outside tiles,
// no glyph server: letters are drawn by the browser from our own font.

import { colours, CLASSES } from "./map_classes.js";

// The first name says the weight only, to the drawer of letters; the family is the second.
const FONT = ["semibold", "Plus Jakarta Sans"];
const LARGER = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

const empty = () => ({ type: "FeatureCollection", features: [] });

// The server sends TopoJSON: shared borders once. Names come with the page.
export function decode(topology, names) {
  const regions = window.topojson.feature(topology, topology.objects.regions);
  for (const feature of regions.features) feature.properties.name = names.get(feature.properties.code) ?? feature.properties.code;
  const provinces = topology.objects.provinces ? window.topojson.feature(topology, topology.objects.provinces) : empty();
  return { regions, provinces };
}

export function style(shapes, labels) {
  return {
    version: 8,
    transition: { duration: 0, delay: 0 },
    sources: {
      regions: { type: "geojson", data: shapes.regions, promoteId: "code", tolerance: 0.2, buffer: 32 },
      provinces: { type: "geojson", data: shapes.provinces, tolerance: 0.2 },
      labels: { type: "geojson", data: labels, promoteId: "code" },
      links: { type: "geojson", data: empty() },
      nodes: { type: "geojson", data: empty() },
      places: { type: "geojson", data: empty() },
    },
    layers: [
      { id: "sea", type: "background" },
      { id: "coast", type: "line", source: "regions", layout: { "line-join": "round" }, paint: { "line-width": ["interpolate", ["linear"], ["zoom"], 3, 7, 8, 26], "line-blur": ["interpolate", ["linear"], ["zoom"], 3, 6, 8, 22], "line-opacity": 0.55 } },
      { id: "regions", type: "fill", source: "regions", paint: { "fill-antialias": true } },
      { id: "none", type: "fill", source: "regions", filter: ["in", ["get", "code"], ["literal", []]], paint: { "fill-pattern": "hatch" } },
      { id: "dim", type: "fill", source: "regions", layout: { visibility: "none" }, paint: { "fill-opacity": 0.62 } },
      { id: "borders", type: "line", source: "regions", layout: { "line-join": "round" }, paint: { "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.25, 6, 0.7, 9, 1.4] } },
      { id: "provinces", type: "line", source: "provinces", layout: { "line-join": "round" }, paint: { "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.7, 6, 1.4, 9, 2.2] } },
      { id: "hover", type: "line", source: "regions", layout: { "line-join": "round" }, filter: ["==", ["get", "code"], ""], paint: { "line-width": 2.5 } },
      { id: "members", type: "line", source: "regions", layout: { "line-join": "round" }, filter: ["in", ["get", "code"], ["literal", []]], paint: { "line-width": ["interpolate", ["linear"], ["zoom"], 4, 1.6, 8, 3] } },
      { id: "links-case", type: "line", source: "links", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-width": strength([3, 1.6, 8, 5], [3, 3.2, 8, 7]), "line-opacity": strength([3, 0.25, 8, 0.8], [3, 0.9, 8, 1]) } },
      { id: "links", type: "line", source: "links", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-width": strength([3, 0.7, 8, 2.2], [3, 1.5, 8, 3.6]), "line-opacity": strength([3, 0.38, 8, 0.85], [3, 0.95, 8, 1]) } },
      { id: "nodes", type: "circle", source: "nodes", paint: { "circle-radius": strength([3, 1.3, 8, 4.5], [3, 2.6, 8, 5.5]), "circle-stroke-width": strength([3, 0.4, 8, 1.2], [3, 1.2, 8, 1.6]) } },
      { id: "places", type: "circle", source: "places", maxzoom: 7, paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 4, 5, 8, 8], "circle-stroke-width": 1.5 } },
      label("label-region", "region", 6.1, 24, { "text-size": ["interpolate", ["linear"], ["zoom"], 6, 10.5 * LARGER, 9, 14 * LARGER], "text-max-width": 7 }),
      label("label-province", "province", 3.4, 6.5, { "text-size": ["interpolate", ["linear"], ["zoom"], 3.4, 8.5 * LARGER, 4.4, 10 * LARGER, 6.5, 13.5 * LARGER], "text-transform": "uppercase", "text-letter-spacing": 0.09, "text-max-width": 8 }),
      { ...label("label-places", "place", 0, 24, { "text-size": 12 * LARGER, "text-max-width": 9, "text-variable-anchor": ["top", "bottom", "left", "right"], "text-radial-offset": 0.8, "text-justify": "auto" }), source: "places" },
    ],
  };
}

// A weaker value for most groups and a stronger one for the best of the list or the chosen one.
function strength(weak, strong) {
  const at = (i) => ["case", ["get", "strong"], strong[i], weak[i]];
  return ["interpolate", ["linear"], ["zoom"], weak[0], at(1), weak[2], at(3)];
}

function label(id, kind, minzoom, maxzoom, layout) {
  return {
    id, type: "symbol", source: "labels", minzoom, maxzoom, filter: ["==", ["get", "kind"], kind],
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-padding": 4, "symbol-sort-key": ["-", 0, ["get", "size"]], ...layout },
    paint: { "text-halo-width": 1.8, "text-halo-blur": 0.5 },
  };
}

export function hatch() {
  const size = 12;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d");
  pen.fillStyle = token("land");
  pen.fillRect(0, 0, size, size);
  pen.strokeStyle = token("hatch");
  pen.lineWidth = 2;
  for (const shift of [-size, 0, size]) {
    pen.beginPath();
    pen.moveTo(shift - 2, size + 2);
    pen.lineTo(shift + size + 2, -2);
    pen.stroke();
  }
  return pen.getImageData(0, 0, size, size);
}

export function paint(map, layer) {
  const scale = colours(layer);
  const steps = Array.from({ length: CLASSES }, (_, i) => [i + 1, scale[i]]).flat();
  const set = (id, name, value) => map.setPaintProperty(id, name, value);
  set("sea", "background-color", token("sea"));
  set("regions", "fill-color", ["match", ["coalesce", ["feature-state", "class"], 0], ...steps, token("land")]);
  set("dim", "fill-color", token("paper"));
  set("coast", "line-color", token("coast"));
  set("provinces", "line-color", token("border-province"));
  set("borders", "line-color", token("border-region"));
  set("hover", "line-color", token("link-selected"));
  set("members", "line-color", token("link-selected"));
  set("links-case", "line-color", token("map-halo"));
  set("links", "line-color", token("link-line"));
  set("nodes", "circle-color", token("link-line"));
  set("nodes", "circle-stroke-color", token("map-halo"));
  set("places", "circle-color", ["match", ["get", "class"], ...steps, token("land")]);
  set("places", "circle-stroke-color", token("link-selected"));
  for (const id of ["label-province", "label-places"]) {
    set(id, "text-color", token("map-label"));
    set(id, "text-halo-color", token("map-halo"));
  }
  if (map.hasImage("hatch")) map.updateImage("hatch", hatch());
  else map.addImage("hatch", hatch(), { pixelRatio: 2 });
}

// The upper classes are dark on a light page and light on a dark one: names upon them change sides,
// but not where all around a chosen group is dimmed.
export function paintNames(map, isDimmed) {
  const [ink, halo] = [token("map-label"), token("map-halo")];
  const upon = (strong, usual) => (isDimmed ? usual : ["case", [">=", ["coalesce", ["feature-state", "class"], 0], CLASSES - 1], strong, usual]);
  map.setPaintProperty("label-region", "text-color", upon(halo, ink));
  map.setPaintProperty("label-region", "text-halo-color", upon(ink, halo));
}

// Points for labels: the middle of the largest part of each region; a province at the weighted middle
// of its regions.
export function labelPoints(shapes, provinceNames) {
  const provinces = new Map();
  const features = [];
  for (const feature of shapes.features) {
    const { code, name } = feature.properties;
    const middle = middleOf(feature.geometry);
    if (!middle) continue;
    features.push(point(middle, { kind: "region", code, name: name.replace(/^(Kabupaten|Kab\.) /, ""), size: middle.area }));
    const key = code.slice(0, 2);
    const sum = provinces.get(key) ?? { x: 0, y: 0, area: 0 };
    sum.x += middle.x * middle.area;
    sum.y += middle.y * middle.area;
    sum.area += middle.area;
    provinces.set(key, sum);
  }
  for (const [code, sum] of provinces) {
    if (!provinceNames.has(code)) continue;
    const middle = { x: sum.x / sum.area, y: sum.y / sum.area };
    features.push(point(middle, { kind: "province", name: provinceNames.get(code), size: sum.area }));
  }
  return { type: "FeatureCollection", features };
}

function point({ x, y }, properties) {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [x, y] } };
}

function middleOf(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  let best = null;
  for (const [ring] of polygons) {
    const middle = centroid(ring);
    if (!best || middle.area > best.area) best = middle;
  }
  return best;
}

function centroid(ring) {
  let area = 0, x = 0, y = 0;
  for (let i = 0; i < ring.length - 1; i += 1) {
    const [ax, ay] = ring[i];
    const [bx, by] = ring[i + 1];
    const cross = ax * by - bx * ay;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  if (Math.abs(area) < 1e-12) return { x: ring[0][0], y: ring[0][1], area: 1e-9 };
  return { x: x / (3 * area), y: y / (3 * area), area: Math.abs(area / 2) };
}

// Lines bow a little, so that two that run together stay apart.
export const STRONG = 8;

export function lines(groups, selected) {
  const features = [];
  for (const [i, group] of groups.entries()) {
    const at = new Map(group.members.map((member) => [member.code, member.at]));
    for (const [a, b] of group.links) {
      if (!at.has(a) || !at.has(b)) continue;
      features.push({ type: "Feature", properties: { group: group.id, strong: i < STRONG || group.id === selected }, geometry: { type: "LineString", coordinates: bow(at.get(a), at.get(b)) } });
    }
  }
  return { type: "FeatureCollection", features };
}

function bow([ax, ay], [bx, by]) {
  const [mx, my] = [(ax + bx) / 2 - (by - ay) * 0.12, (ay + by) / 2 + (bx - ax) * 0.12];
  return Array.from({ length: 13 }, (_, i) => {
    const t = i / 12;
    const u = 1 - t;
    return [u * u * ax + 2 * u * t * mx + t * t * bx, u * u * ay + 2 * u * t * my + t * t * by];
  });
}

// Names of the few regions a filter leaves, with dots for cities: a city is too small to be seen from afar.
export function places(codes, points, classes) {
  const features = codes.filter((code) => points.has(code)).map((code) => {
    const { name, at } = points.get(code);
    return { type: "Feature", properties: { kind: "place", code, name, size: 1, dot: name.startsWith("Kota "), class: classes.get(code) ?? 0 }, geometry: { type: "Point", coordinates: at } };
  });
  return { type: "FeatureCollection", features };
}

export function nodes(groups, selected) {
  const features = groups.flatMap((group, i) => group.members.map((member) => ({
    type: "Feature", properties: { group: group.id, strong: i < STRONG || group.id === selected }, geometry: { type: "Point", coordinates: member.at },
  })));
  return { type: "FeatureCollection", features };
}
