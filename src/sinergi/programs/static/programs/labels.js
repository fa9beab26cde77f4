// Judging pairs of lines: keys 1 to 5 answer, but only while the focus is on the answers.
const answers = document.querySelector("[data-answers]");
if (answers) {
  let sent = false;
  answers.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    const button = answers.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
  answers.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  addEventListener("pageshow", () => (sent = false));
  if (document.querySelector(".messages, [role=status]")) answers.focus({ preventScroll: true });
}
