// The form beside the map: shares next to the sliders, and a typed choice of the object.

const form = document.getElementById("map-form");

export function startForm(words) {
  form.classList.add("is-live");
  for (const select of form.querySelectorAll("select[data-combo]")) combo(select, words);
  form.addEventListener("input", showShares);
}

function showShares() {
  const sliders = [...form.querySelectorAll('input[type="range"]')];
  const total = sliders.reduce((sum, slider) => sum + Number(slider.value), 0);
  const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
  for (const slider of sliders) {
    const output = form.querySelector(`[data-share="${slider.name.slice("bobot_".length)}"]`);
    output.textContent = total ? percent.format(Number(slider.value) / total) : "–";
  }
}

// A select becomes a text field with a list below it (the combobox pattern of ARIA); the select stays,
// hidden, as the field that is sent.
function combo(select, words) {
  const box = document.createElement("div");
  box.className = "combo";
  const input = document.createElement("input");
  const list = document.createElement("ul");
  Object.assign(input, { type: "text", id: `${select.id}-typed`, autocomplete: "off", spellcheck: false });
  input.className = "input";
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": `${select.id}-list`, "aria-autocomplete": "list", "data-combo-input": "" })) input.setAttribute(name, value);
  list.className = "combo-list";
  list.id = `${select.id}-list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  const label = form.querySelector(`label[for="${select.id}"]`);
  label.htmlFor = input.id;
  list.setAttribute("aria-label", label.textContent);
  select.hidden = true;
  select.after(box);
  box.append(input, list);
  const state = { select, input, list, active: -1, words };
  input.value = shownText(select);
  input.addEventListener("focus", () => { input.select(); open(state, ""); });
  input.addEventListener("click", () => open(state, ""));
  input.addEventListener("input", (event) => { event.stopPropagation(); open(state, input.value); });
  input.addEventListener("keydown", (event) => onKey(event, state));
  input.addEventListener("blur", () => close(state));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest(".combo-option");
    if (option && !option.ariaDisabled) take(state, option);
  });
}

function shownText(select) {
  return select.selectedOptions[0]?.textContent.trim() ?? "";
}

function enabled(state) {
  return [...state.list.querySelectorAll('.combo-option:not([aria-disabled="true"])')];
}

function open(state, text) {
  const wanted = text.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const rows = [];
  for (const child of state.select.children) {
    if (child.tagName === "OPTION") {
      if (!wanted.length) rows.push(optionRow(state, child, rows.length));
      continue;
    }
    const fits = [...child.children].filter((option) => {
      const haystack = `${option.textContent} ${child.label} ${option.value} ${option.dataset.words ?? ""}`.toLocaleLowerCase();
      return wanted.every((word) => haystack.includes(word));
    });
    if (!fits.length) continue;
    const heading = document.createElement("li");
    heading.className = "combo-group";
    heading.setAttribute("role", "presentation");
    heading.textContent = child.label;
    rows.push(heading, ...fits.map((option, i) => optionRow(state, option, `${rows.length}-${i}`)));
  }
  if (!rows.length) {
    const none = document.createElement("li");
    none.className = "combo-none";
    none.setAttribute("role", "presentation");
    none.textContent = state.words["no-match"];
    rows.push(none);
  }
  state.list.replaceChildren(...rows);
  state.list.hidden = false;
  state.input.setAttribute("aria-expanded", "true");
  state.active = -1;
  state.input.removeAttribute("aria-activedescendant");
  if (wanted.length) mark(state, 0);
  else state.list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
}

function optionRow(state, option, id) {
  const row = document.createElement("li");
  row.className = "combo-option";
  row.id = `${state.list.id}-${id}`;
  row.setAttribute("role", "option");
  row.setAttribute("aria-selected", String(option.selected));
  if (option.disabled) row.setAttribute("aria-disabled", "true");
  row.dataset.value = option.value;
  row.textContent = option.textContent.trim();
  return row;
}

function close(state) {
  state.list.hidden = true;
  state.input.setAttribute("aria-expanded", "false");
  state.input.removeAttribute("aria-activedescendant");
  state.input.value = shownText(state.select);
}

function mark(state, next) {
  const rows = enabled(state);
  if (!rows.length) return;
  rows[state.active]?.classList.remove("is-active");
  state.active = (next + rows.length) % rows.length;
  rows[state.active].classList.add("is-active");
  rows[state.active].scrollIntoView({ block: "nearest" });
  state.input.setAttribute("aria-activedescendant", rows[state.active].id);
}

function take(state, row) {
  state.select.value = row.dataset.value;
  close(state);
  state.select.dispatchEvent(new Event("input", { bubbles: true }));
}

function onKey(event, state) {
  const isOpen = !state.list.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!isOpen) open(state, "");
    else mark(state, state.active + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter") {
    if (isOpen && state.active >= 0) take(state, enabled(state)[state.active]);
  } else if (event.key === "Escape" && isOpen) close(state);
  else return;
  event.preventDefault();
}
