// Buttons that need a script: print, and copy the address of the page.

document.querySelectorAll("[data-needs-script]").forEach((element) => {
  element.hidden = false;
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.addEventListener("click", () => window.print());
});

document.querySelectorAll("[data-copy-address]").forEach((button) => {
  if (!navigator.clipboard) button.hidden = true;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(window.location.href);
    button.textContent = button.dataset.copied;
    setTimeout(() => {
      button.textContent = label;
    }, 2500);
  });
});

// On paper everything is open.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details").forEach((details) => {
    details.open = true;
  });
});
