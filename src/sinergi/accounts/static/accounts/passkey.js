/* Passkeys: asks the browser to make or use one and puts the answer into the form.

   <form data-passkey="create | get | sign-in" data-passkey-options="id of a JSON element">
     <input type="hidden" name="credential">  [data-passkey-start]  [data-passkey-fault hidden]
   For sign-in the options are fetched from the address of the form. */

function optionsBelow(form) {
  return JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
}

async function optionsFrom(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return (await answer.json()).request_options;
}

function forCreation(form) {
  const options = optionsBelow(form);
  const alone = form.elements.passwordless?.checked ?? false;
  const wanted = options.publicKey.authenticatorSelection;
  wanted.residentKey = alone ? "required" : "discouraged";
  wanted.requireResidentKey = alone;
  if (alone) wanted.userVerification = "required";
  return options;
}

async function credential(form) {
  const passkeys = window.webauthnJSON;
  if (form.dataset.passkey === "create") return passkeys.create(forCreation(form));
  if (form.dataset.passkey === "get") return passkeys.get(optionsBelow(form));
  return passkeys.get(await optionsFrom(form.action));
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  const fault = form.querySelector("[data-passkey-fault]");
  const start = form.querySelector("[data-passkey-start]");
  start.addEventListener("click", async () => {
    fault.hidden = true;
    start.disabled = true;
    try {
      form.elements.credential.value = JSON.stringify(await credential(form));
      form.submit();
    } catch {
      fault.hidden = false;
      start.disabled = false;
      start.focus();
    }
  });
}
