// While a file is loaded in the background: show how far it is, and go on to its page when it is done.
// Without this script the server has the page asked for again every two seconds.

const POLL_MS = 700;
const box = document.querySelector("[data-loading]");
const text = box.querySelector("[data-loading-text]");
const bar = box.querySelector("[data-loading-bar]");

async function look() {
  try {
    const answer = await fetch(box.dataset.loading, { headers: { Accept: "application/json" } });
    const { text: told, share, address } = await answer.json();
    if (address) {
      window.location.replace(address);
      return;
    }
    if (told && told !== text.textContent) text.textContent = told;
    if (share === null) bar.removeAttribute("value");
    else bar.value = share;
  } catch {
    // The page is being left, or the line is slow: the next question may be answered.
  }
  setTimeout(look, POLL_MS);
}

look();
