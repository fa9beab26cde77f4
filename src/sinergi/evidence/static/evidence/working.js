// While a file is sent, read or stored: say so, show how far it is, and keep a form from being sent twice.
// Without this script the forms work as they are; the browser then shows that it waits.

const POLL_MS = 700;

class Work {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector("[data-work]");
    this.text = form.querySelector("[data-work-text]");
    this.bar = form.querySelector("[data-work-bar]");
    this.error = form.querySelector("[data-work-error]");
    this.timer = 0;
  }

  // Buttons are disabled after the form was sent: a disabled button is not part of what is sent.
  start() {
    this.error.hidden = true;
    this.box.hidden = false;
    this.form.setAttribute("aria-busy", "true");
    this.tell(this.form.dataset.working, null);
    setTimeout(() => this.buttons(true));
  }

  stop(error = "") {
    clearInterval(this.timer);
    this.box.hidden = true;
    this.form.removeAttribute("aria-busy");
    this.buttons(false);
    this.error.textContent = error;
    this.error.hidden = !error;
  }

  buttons(disabled) {
    document.querySelectorAll("form[data-working] button[type=submit]").forEach((button) => {
      button.disabled = disabled;
    });
  }

  tell(text, share) {
    if (text && text !== this.text.textContent) this.text.textContent = text;
    if (share === null) this.bar.removeAttribute("value");
    else this.bar.value = share;
  }

  watch(address) {
    this.timer = setInterval(async () => {
      try {
        const answer = await fetch(address, { headers: { Accept: "application/json" } });
        const { text, share } = await answer.json();
        if (text) this.tell(text, share);
      } catch {
        // The page is being left, or the line is slow: the next question may be answered.
      }
    }, POLL_MS);
  }
}

// Send a file piece by piece in view of the user, then go to its preview.
function send(work) {
  const { form } = work;
  const request = new XMLHttpRequest();
  const language = document.documentElement.lang;
  request.open("POST", form.action || window.location.href);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    const percent = (loaded / total).toLocaleString(language, { style: "percent" });
    work.tell(loaded < total ? `${form.dataset.sending}: ${percent}` : form.dataset.working, loaded < total ? loaded / total : null);
  });
  request.addEventListener("load", () => {
    const answer = request.response;
    if (answer?.address) {
      work.watch(answer.progress);
      window.location.assign(answer.address);
    } else if (answer?.errors) {
      work.stop(answer.errors.join(" "));
    } else {
      form.submit();
    }
  });
  request.addEventListener("error", () => form.submit());
  request.send(new FormData(form));
}

document.querySelectorAll("form[data-working]").forEach((form) => {
  const work = new Work(form);
  form.addEventListener("submit", (event) => {
    const file = form.querySelector("input[type=file]")?.files[0];
    if (file && file.size > Number(form.dataset.limit)) {
      event.preventDefault();
      work.stop(form.dataset.tooLarge);
      return;
    }
    work.start();
    if (file) {
      event.preventDefault();
      send(work);
    } else if (form.dataset.progress) {
      work.watch(form.dataset.progress);
    }
  });
  // Coming back with the back button finds the form as it was left.
  window.addEventListener("pageshow", ({ persisted }) => persisted && work.stop());
});
