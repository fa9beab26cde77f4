// The form of an issue: objects are narrowed by typing; the button for the evidence is for those without a script.

const form = document.getElementById("issue-form");

function narrow(filter) {
  const wanted = filter.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const group of form.querySelectorAll("[data-issue-group]")) {
    const heading = group.querySelector("legend").textContent.toLocaleLowerCase();
    let any = false;
    for (const label of group.querySelectorAll("label")) {
      const text = `${heading} ${label.textContent}`.toLocaleLowerCase();
      label.hidden = !wanted.every((word) => text.includes(word));
      any ||= !label.hidden;
    }
    group.hidden = !any;
  }
}

if (form) {
  for (const button of form.querySelectorAll("[data-issue-show]")) button.hidden = true;
  const filter = form.querySelector("[data-issue-filter]");
  if (filter) {
    filter.hidden = false;
    filter.addEventListener("input", (event) => {
      event.stopPropagation();
      narrow(filter);
    });
    filter.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
}
