// The details of a new list stand open while a new list is chosen. Without a script they always do.

const details = document.querySelector("details[data-new]");
const list = details?.closest("form").elements.to;

function follow() {
  details.open = list.value === details.dataset.new || Boolean(details.querySelector("[aria-invalid]"));
}

if (list) {
  follow();
  list.addEventListener("change", follow);
}
