// Where the map looks, and what of it stands in the fragment of the address: layer (lapis), chosen group
// (pilih), zoom and centre (lihat).

export const NATION = [[94.9, -11.1], [141.1, 6.2]];

export function fragment() {
  return new URLSearchParams(location.hash.slice(1));
}

export function keep(changes) {
  const parts = fragment();
  for (const [name, value] of Object.entries(changes)) {
    if (value) parts.set(name, value);
    else parts.delete(name);
  }
  const text = parts.toString().replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2B", "+");
  history.replaceState(history.state, "", `${location.pathname}${location.search}${text ? `#${text}` : ""}`);
  for (const link of document.querySelectorAll("[data-language]")) link.hash = text;
}

export function selectedFromFragment() {
  return (fragment().get("pilih") ?? "").replaceAll(" ", "+");
}

// What lies over the map: buttons above, legend and (on small screens) the sheet below. `room` is kept
// free for labels around what is shown.
export function padding(stage, room = 8) {
  const box = stage.getBoundingClientRect();
  const reach = (selector, side) => {
    const over = stage.querySelector(selector)?.getBoundingClientRect();
    if (!over?.height) return 0;
    return side === "top" ? over.bottom - box.top : box.bottom - over.top;
  };
  const sides = Math.min(room * 3, box.width / 6);
  const wanted = {
    top: reach(".map-toolbar", "top") + room,
    bottom: Math.max(reach(".legend", "bottom"), 24) + room,
    left: sides, right: Math.max(sides, 48),
  };
  const most = box.height * 0.7;
  const share = Math.min(1, most / (wanted.top + wanted.bottom));
  return { ...wanted, top: wanted.top * share, bottom: wanted.bottom * share };
}

export function extent(members) {
  if (!members.length) return NATION;
  const xs = members.map((member) => member.at[0]);
  const ys = members.map((member) => member.at[1]);
  return [[Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)]];
}

// The list is read first: the library waits until it stands on the screen.
export function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 400);
  });
}

export function hasWebGL() {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

export function wholeNation(label, onClick) {
  const box = document.createElement("div");
  box.className = "maplibregl-ctrl maplibregl-ctrl-group";
  const button = document.createElement("button");
  button.type = "button";
  button.title = label;
  button.setAttribute("aria-label", label);
  button.innerHTML = '<svg viewBox="0 0 20 20" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.7" aria-hidden="true"><path d="M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4"/></svg>';
  button.addEventListener("click", onClick);
  box.append(button);
  return { onAdd: () => box, onRemove: () => box.remove() };
}
