// Behaviour of the shell: keyboard in the search box, sortable tables, charts where a page has them.

const searchForm = document.querySelector("[data-search]");

function options() {
  return [...searchForm.querySelectorAll(".search-option")];
}

function choose(next) {
  const all = options();
  all.forEach((option) => option.classList.remove("is-active"));
  if (!all.length) return;
  const option = all[(next + all.length) % all.length];
  option.classList.add("is-active");
  option.focus();
}

function closeResults() {
  searchForm.querySelector(".search-results").replaceChildren();
}

function onSearchKey(event) {
  const results = searchForm.querySelector(".search-results");
  const at = options().indexOf(document.activeElement);
  if (event.key === "ArrowDown") choose(at + 1);
  else if (event.key === "ArrowUp" && at <= 0) searchForm.querySelector("input").focus();
  else if (event.key === "ArrowUp") choose(at - 1);
  else if (event.key === "Escape" && results.childElementCount) {
    closeResults();
    searchForm.querySelector("input").focus();
  } else return;
  event.preventDefault();
}

if (searchForm) {
  searchForm.addEventListener("keydown", onSearchKey);
  document.addEventListener("click", (event) => {
    if (!searchForm.contains(event.target)) closeResults();
  });
  searchForm.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !searchForm.contains(event.relatedTarget)) closeResults();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    searchForm.querySelector("input").focus();
  });
}

// Sortable tables: <table data-sortable>; a cell may carry data-value where its text does not sort.
function cellValue(row, column) {
  const cell = row.cells[column];
  const raw = cell?.dataset.value ?? cell?.textContent.trim() ?? "";
  const figure = Number(raw);
  return raw !== "" && !Number.isNaN(figure) ? figure : raw;
}

function compare(a, b) {
  if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), document.documentElement.lang, { numeric: true });
}

function sortBy(table, header) {
  const column = header.cellIndex;
  const descending = header.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const rows = [...table.tBodies[0].rows];
  rows.sort((a, b) => compare(cellValue(a, column), cellValue(b, column)) * (descending ? -1 : 1));
  table.tBodies[0].append(...rows);
}

export function makeSortable(table) {
  for (const header of table.tHead?.rows[0]?.cells ?? []) {
    if (header.dataset.sort === "none" || header.querySelector(".sort")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => sortBy(table, header));
  }
}

// A table that scrolls in its frame can be scrolled with the keyboard.
const frames = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollWidth > target.clientWidth + 1 || target.scrollHeight > target.clientHeight + 1;
    if (scrolls) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

function enhance(root) {
  root.querySelectorAll(".table-wrap").forEach((frame) => frames.observe(frame));
  root.querySelectorAll("table[data-sortable]").forEach(makeSortable);
  if (root.querySelector("[data-chart]")) import("./charts.js").then((charts) => charts.draw(root));
}

enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
