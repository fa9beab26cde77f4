// The ballot on a phone: choose, confirm, keep the vote in a queue on the phone, send it until it is answered.
// A vote is in the queue before it is sent, and its code makes it the same vote however often it arrives.
const main = document.getElementById("pilih");
const form = document.getElementById("surat");
const ask = document.getElementById("tanya");
const shown = document.getElementById("votes");
const said = document.getElementById("siap");
const t = (name, values = {}) =>
  main.getAttribute(`data-t-${name}`).replace(/\{(\w+)\}/g, (_all, key) => values[key]);
const make = (tag, text = "", values = {}) => Object.assign(document.createElement(tag), { textContent: text, ...values });

// The queue ------------------------------------------------------------------------------------
const OURS = `suara:${main.dataset.ballot}:`;
const unkept = new Map();
const keep = (item) => {
  try {
    localStorage.setItem(OURS + item.delegation, JSON.stringify(item));
    item.unkept = false;
  } catch {
    item.unkept = true;
  }
  if (item.unkept) unkept.set(item.delegation, item);
};
const forget = (item) => {
  unkept.delete(item.delegation);
  try {
    localStorage.removeItem(OURS + item.delegation);
  } catch {
    // Nothing was kept.
  }
};
const queue = () => {
  const found = new Map(unkept);
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(OURS)) continue;
      const item = JSON.parse(localStorage.getItem(key));
      if (item && item.delegation && !found.has(item.delegation)) found.set(item.delegation, item);
    }
  } catch {
    // A browser that keeps nothing, or something that is not ours.
  }
  return [...found.values()];
};

// Sending --------------------------------------------------------------------------------------
const PAUSES = [2, 4, 8, 15, 30];
const PATIENCE = 20000;
let token = form ? form.elements.csrfmiddlewaretoken.value : "";
let failed = 0;
let timer = 0;
let busy = false;

const fetched = async (address, options) => {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(address, {
      cache: "no-store", credentials: "same-origin", redirect: "manual", signal: stop.signal, ...options,
      headers: { Accept: "application/json", ...options.headers },
    });
    const json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    return { status: answer.status, told: json ? await answer.json() : null };
  } finally {
    clearTimeout(late);
  }
};
const passes = (status) => status >= 500 || status === 429 || status === 408;

// Ask whether the session goes on, and for a token that fits it: "waiting", "signin" or "go".
const renewed = async () => {
  const { status, told } = await fetched(main.dataset.check, {});
  if (passes(status)) return "waiting";
  if (!told || !told.token) return "signin";
  token = told.token;
  return "go";
};

const sent = async (item, again = true) => {
  if (!token) {
    const state = await renewed();
    if (state !== "go") return { state };
  }
  const { status, told } = await fetched(main.dataset.address, {
    method: "POST", body: new URLSearchParams(item.body), headers: { "X-CSRFToken": token },
  });
  if (passes(status)) return { state: "waiting" };
  if (told && told.state === "counted") return { state: "counted" };
  if (told && told.state === "refused") return { state: "refused", why: told.why };
  token = "";
  return again ? sent(item, false) : { state: "signin" };
};

const flush = async () => {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  for (const item of queue().filter((one) => one.body)) {
    show({ ...item, state: "sending" });
    let answer;
    try {
      answer = await sent(item);
    } catch {
      answer = { state: "waiting" };
    }
    Object.assign(item, answer);
    // What was voted need not stay on the phone: the code leads to it.
    if (item.state === "counted" || item.state === "refused") item.body = "";
    keep(item);
    show(item);
  }
  busy = false;
  const waits = queue().some((one) => one.body);
  failed = waits ? failed + 1 : 0;
  if (waits) {
    const pause = PAUSES[Math.min(failed, PAUSES.length) - 1];
    timer = setTimeout(flush, pause * 1000 * (0.5 + Math.random()));
  }
};
const now = () => {
  failed = 0;
  flush();
};
addEventListener("online", now);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && queue().some((one) => one.body) && now());

// What became of each vote of this phone -------------------------------------------------------
const CLASSES = { counted: "good", refused: "bad" };
const show = (item) => {
  const box = make("div", "", { className: `note ${CLASSES[item.state] || ""}`, id: `vote-${item.delegation}` });
  const words = { kept: "kept", sending: "sending", waiting: "waiting", signin: "signin", counted: "counted", refused: "refused" };
  const line = make("p");
  line.append(make("strong", `${item.name}: `), t(words[item.state] || "kept"), item.why && item.state === "refused" ? ` ${item.why}` : "");
  box.append(line);
  if (item.state === "signin") {
    const link = make("a", t("signin-link"), { className: "go", href: main.dataset.signIn });
    box.append(make("p"));
    box.lastChild.append(link);
  }
  if (item.state !== "refused") {
    const code = make("p", `${t("code")}: `);
    code.append(make("code", item.code));
    box.append(code, make("p", t("keep")));
  }
  if (item.unkept && item.body) box.append(make("p", t("unkept")));
  const row = make("p", "", { className: "row" });
  if (item.body && item.state !== "sending") row.append(make("button", t("again"), { type: "button", className: "back", onclick: now }));
  if (!item.body) {
    const gone = () => {
      forget(item);
      box.remove();
      if (item.state === "refused") location.reload();
    };
    row.append(make("button", t("forget"), { type: "button", className: "back", onclick: gone }));
  }
  if (item.state === "counted" && form && form.elements.delegasi.options) {
    row.append(make("a", t("other"), { className: "back", href: main.dataset.address }));
  }
  if (row.children.length) box.append(row);
  const before = document.getElementById(box.id);
  if (before) before.replaceWith(box);
  else shown.append(box);
};

// Choosing -------------------------------------------------------------------------------------
// Places from the first on; options that share one stand in it together, in the order in which they came.
const items = form ? [...form.querySelectorAll("#pilihan > li")] : [];
let places = [];
const textOf = (li) => li.querySelector("span").textContent;
const inputOf = (li) => li.querySelector("input");
const placeOf = (li) => places.findIndex((group) => group.includes(li)) + 1;

const arrange = (focus) => {
  const list = document.getElementById("pilihan");
  places = places.filter((group) => group.length);
  const ranked = places.flat();
  list.append(...ranked, ...items.filter((li) => !ranked.includes(li)));
  for (const li of items) {
    const place = placeOf(li);
    const group = places[place - 1] || [];
    const tied = group.indexOf(li) > 0;
    li.classList.toggle("in", place > 0);
    li.classList.toggle("tied", tied);
    inputOf(li).value = place || "";
    li.querySelector(".tap").setAttribute("aria-pressed", String(place > 0));
    li.querySelector(".tap b").textContent = place || "";
    li.querySelector(".steps").hidden = !place;
    const [up, down, same] = li.querySelectorAll(".step");
    up.disabled = place === 1 && group.length === 1;
    down.disabled = place === places.length && group.length === 1;
    same.disabled = li === ranked[0];
    same.setAttribute("aria-pressed", String(tied));
  }
  if (focus && !focus.disabled && !focus.parentElement.hidden) focus.focus();
  else if (focus) focus.closest("li").querySelector(".tap").focus();
};
const announce = (li) => {
  const place = placeOf(li);
  const others = (places[place - 1] || []).filter((one) => one !== li).map(textOf).join(", ");
  said.textContent = t(others ? "same" : place ? "place" : "off", { option: textOf(li), place, others });
};
const tap = (li) => {
  const place = placeOf(li);
  if (place) places[place - 1] = places[place - 1].filter((one) => one !== li);
  else places.push([li]);
  arrange(li.querySelector(".tap"));
  announce(li);
};
// Take an option out of its place and put it where `to` says, by the number of its place and whether it is alone.
const move = (li, to, button) => {
  const at = placeOf(li) - 1;
  const alone = places[at].length === 1;
  places[at] = places[at].filter((one) => one !== li);
  to(at, alone);
  arrange(button);
  announce(li);
};
const steps = (li) => [
  ["up", "↑", (at, alone) => places.splice(alone ? at - 1 : at, 0, [li])],
  ["down", "↓", (at, alone) => places.splice(alone ? at + 2 : at + 1, 0, [li])],
  ["equal", "=", (at) => (li.classList.contains("tied") ? places.splice(at + 1, 0, [li]) : places[at - 1].push(li))],
];
const rank = () => {
  for (const li of items) {
    const label = li.querySelector("label");
    const button = make("button", "", { type: "button", className: "tap", onclick: () => tap(li) });
    button.append(make("b"), label.querySelector("span"));
    const input = label.querySelector("input");
    input.type = "hidden";
    const row = make("div", "", { className: "steps" });
    for (const [name, sign, to] of steps(li)) {
      const one = make("button", sign, { type: "button", className: "step", title: t(name) });
      one.setAttribute("aria-label", `${t(name)}: ${button.textContent}`);
      one.onclick = () => move(li, to, one);
      row.append(one);
    }
    label.replaceWith(input, button, row);
  }
  for (const li of items.filter((one) => inputOf(one).value)) (places[inputOf(li).value] ||= []).push(li);
  document.getElementById("cara").hidden = true;
  document.getElementById("ketuk").hidden = false;
  arrange();
};

// Confirming -----------------------------------------------------------------------------------
const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const newCode = () => [...crypto.getRandomValues(new Uint8Array(20))].map((byte) => LETTERS[byte % 32]).join("");
const chosen = () => (form.dataset.kind === "ranking" ? places.flat() : items.filter((li) => inputOf(li).checked));
const nameOf = () => {
  const field = form.elements.delegasi;
  return field.dataset.name || field.selectedOptions[0].textContent;
};
const confirmed = () => {
  const data = new FormData(form);
  const item = { delegation: data.get("delegasi"), name: nameOf(), code: newCode(), state: "kept" };
  data.delete("csrfmiddlewaretoken");
  data.set("kode", item.code);
  data.set("langkah", "kirim");
  if (!chosen().length) data.set("kosong", "1");
  item.body = new URLSearchParams(data).toString();
  keep(item);
  ask.hidden = true;
  show(item);
  document.getElementById(`vote-${item.delegation}`).scrollIntoView();
  now();
};
if (form) {
  if (form.dataset.kind === "ranking") rank();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const list = document.getElementById("isi");
    list.className = form.dataset.kind;
    list.replaceChildren(...chosen().map((li) => make("li", textOf(li), placeOf(li) ? { value: placeOf(li) } : {})));
    document.getElementById("untuk").textContent = nameOf();
    const blank = document.getElementById("kosong");
    blank.hidden = chosen().length > 0;
    blank.textContent = t("blank");
    form.hidden = true;
    ask.hidden = false;
    ask.focus();
  });
  document.getElementById("kirim").addEventListener("click", confirmed);
  document.getElementById("ulang").addEventListener("click", () => {
    ask.hidden = true;
    form.hidden = false;
    form.querySelector(".tap, input:not([type=hidden])").focus();
  });
}
const before = queue();
before.forEach(show);
if (form && before.some((one) => one.body && one.delegation === form.elements.delegasi.value)) form.hidden = true;
if (before.some((one) => one.body)) now();
