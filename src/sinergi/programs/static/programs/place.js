// The small map of a line: outlines of the province with a point; in a form a click sets latitude and longitude.

import { loaded } from "./loading.js";

async function draw(box) {
  const shapes = await fetch(box.dataset.shapes).then((answer) => answer.ok ? answer.json() : Promise.reject(answer.status));
  await Promise.all([globalThis.d3 ?? loaded(box.dataset.d3), globalThis.topojson ?? loaded(box.dataset.topojson)]);
  const { d3, topojson } = globalThis;
  const layer = shapes.objects.regions ?? Object.values(shapes.objects)[0];
  const land = topojson.feature(shapes, layer);
  const { width, height } = box.getBoundingClientRect();
  // Degrees as they are: near the equator that is a map, and the direction of rings does not matter.
  const projection = d3.geoIdentity().reflectY(true).fitExtent([[8, 8], [width - 8, height - 8]], land);
  const svg = d3.select(box).append("svg").attr("viewBox", [0, 0, width, height]).attr("aria-hidden", "true");
  const all = svg.append("g");
  all.selectAll("path").data(land.features ?? [land]).join("path").attr("d", d3.geoPath(projection));
  const point = all.append("circle").attr("r", 7).attr("hidden", true);
  let scale = 1;
  svg.call(d3.zoom().scaleExtent([1, 60]).on("zoom", (event) => {
    scale = event.transform.k;
    all.attr("transform", event.transform);
    point.attr("r", 7 / scale);
  }));
  const fields = ["lat", "lon"].map((name) => document.getElementById(box.dataset[`${name}Field`]));
  const show = (lat, lon) => {
    const known = Number.isFinite(lat) && Number.isFinite(lon);
    const place = known ? projection([lon, lat]) : [0, 0];
    point.attr("hidden", known ? null : true).attr("cx", place[0]).attr("cy", place[1]);
  };
  if (!fields[0]) {
    show(Number(box.dataset.lat), Number(box.dataset.lon));
    return;
  }
  const read = () => show(...fields.map((field) => field.value.trim() === "" ? NaN : Number(field.value)));
  for (const field of fields) field.addEventListener("input", read);
  read();
  svg.on("click", (event) => {
    const [lon, lat] = projection.invert(d3.pointer(event, all.node()));
    fields[0].value = lat.toFixed(5);
    fields[1].value = lon.toFixed(5);
    read();
  });
}

for (const box of document.querySelectorAll("[data-place-map]")) {
  draw(box).catch(() => { box.hidden = true; });
}
