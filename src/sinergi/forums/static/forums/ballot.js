// The page of a closed ballot: looks again while it is counted, and finds a vote by its code without sending it.
if (document.querySelector("[data-counting]")) setTimeout(() => location.reload(), 3000);

const form = document.querySelector("[data-check]");
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const hash = async (text) => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

const check = async () => {
  const typed = form.elements.kode.value.replace(/[\s-]/g, "");
  for (const row of document.querySelectorAll("tr.is-selected")) row.classList.remove("is-selected");
  let row = null;
  for (const code of [typed.toLowerCase(), typed]) row ||= document.getElementById(`s-${await hash(code)}`);
  const told = form.querySelector("[data-told]");
  told.className = `notice ${row ? "notice-good" : "notice-warn"}`;
  told.textContent = row ? form.dataset.found : form.dataset.missing;
  if (!row) return;
  document.querySelector("[data-votes]").open = true;
  row.classList.add("is-selected");
  row.scrollIntoView({ block: "center" });
};

// Browsers hash only on pages that came safely; elsewhere the form is sent.
if (form && globalThis.crypto?.subtle) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
}
