// Boxes of cooperation objects: narrowed by typing; what is ticked stands in the summary at once.

function narrow(picker, text) {
  const wanted = text.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const group of picker.querySelectorAll("[data-objects-group]")) {
    const heading = group.querySelector("legend").textContent.toLocaleLowerCase();
    let any = false;
    for (const label of group.querySelectorAll("label")) {
      const said = `${heading} ${label.textContent}`.toLocaleLowerCase();
      label.hidden = !wanted.every((word) => said.includes(word));
      any ||= !label.hidden;
    }
    group.hidden = !any;
  }
}

function tell(picker) {
  const chosen = picker.querySelector("[data-objects-chosen]");
  const names = [...picker.querySelectorAll("input:checked")].map((box) => box.parentElement.textContent.trim());
  chosen.textContent = names.join(", ") || chosen.dataset.none;
}

for (const picker of document.querySelectorAll("[data-objects]")) {
  const filter = picker.querySelector("[data-objects-filter]");
  filter.hidden = false;
  filter.addEventListener("input", (event) => {
    event.stopPropagation();
    narrow(picker, filter.value);
  });
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  picker.addEventListener("change", () => tell(picker));
  tell(picker);
}
