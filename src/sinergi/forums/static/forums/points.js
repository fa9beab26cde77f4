// The form of a new point: says that another choice of themes has not been taken over yet.

for (const made of document.querySelectorAll("[data-made-of]")) {
  const hint = made.querySelector("[data-take-hint]");
  const button = made.querySelector("button[name=ambil]");
  made.addEventListener("change", () => {
    hint.textContent = hint.dataset.changed;
    button.classList.add("btn-primary");
  });
}
