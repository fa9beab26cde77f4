// The screen in the hall: the turnout as it is pushed, asked for every second where no stream is to be had.
const main = document.getElementById("layar");
const lost = document.getElementById("putus");
const EVERY = 900;
const AGAIN = 60000;
let heard = Date.now();

const show = (told) => {
  heard = Date.now();
  if (lost) lost.hidden = true;
  if (told.state !== main.dataset.state || (told.counted ? "1" : "0") !== main.dataset.counted) {
    location.reload();
    return;
  }
  const voted = document.getElementById("sudah");
  if (!voted) return;
  voted.textContent = told.voted;
  document.getElementById("hak").textContent = told.may_vote;
  document.getElementById("bilah").value = told.voted;
  document.getElementById("kuorum").classList.toggle("met", told.quorum_met);
};

const poll = async (until) => {
  try {
    const answer = await fetch(main.dataset.poll, { cache: "no-store", headers: { Accept: "application/json" } });
    if (answer.ok) show(await answer.json());
  } catch {
    // Asked again in a second.
  }
  if (Date.now() > until) listen();
  else setTimeout(() => poll(until), EVERY);
};

const listen = () => {
  const source = new EventSource(main.dataset.stream);
  source.onmessage = (event) => show(JSON.parse(event.data));
  source.addEventListener("error", () => {
    // The browser connects again by itself, unless it was refused: then there are screens enough on streams.
    if (source.readyState === EventSource.CLOSED) poll(Date.now() + AGAIN);
  });
};

// What is over does not change any more.
if (main.dataset.counted !== "1" && main.dataset.state !== "cancelled") {
  listen();
  setInterval(() => {
    if (lost && Date.now() - heard > 40000) lost.hidden = false;
  }, 5000);
}
