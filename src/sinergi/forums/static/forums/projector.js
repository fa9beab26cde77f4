// The screen in the hall: the turnout as it is pushed, asked for every second where no stream is to be had.
const main = document.getElementById("layar");
const lost = document.getElementById("putus");
const EVERY = 900;
const AGAIN = 60000;
// A stream says something every few seconds: one that is silent this long is dead, whatever the browser thinks.
const SILENT = 10000;
let heard = Date.now();
let source = null;

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
  document.getElementById("kuorum")?.classList.toggle("met", told.quorum_met);
  const base = document.getElementById("dasar");
  if (base) base.textContent = told.members;
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
  source = new EventSource(main.dataset.stream);
  source.onmessage = (event) => show(JSON.parse(event.data));
  source.addEventListener("error", () => {
    // The browser connects again by itself, unless it was refused: then there are screens enough on streams.
    if (!source || source.readyState !== EventSource.CLOSED) return;
    source = null;
    poll(Date.now() + AGAIN);
  });
};
const look = () => {
  if (Date.now() - heard < SILENT) return;
  if (lost) lost.hidden = false;
  if (!source) return;
  source.close();
  heard = Date.now();
  listen();
};

// What is over does not change any more.
if (main.dataset.counted !== "1" && main.dataset.state !== "cancelled") {
  listen();
  setInterval(look, 2000);
}
