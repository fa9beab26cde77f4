/* A certified OpenID Connect provider on 127.0.0.1 for the tests of sign-in: node provider.mjs CONFIGURATION.
   It says whatever identity the test names: POST /next with JSON { sub, email, email_verified }. */
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const { port, client, redirect } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
let next = {};
const accounts = new Map();

const provider = new Provider(issuer, {
  clients: [{ ...client, redirect_uris: redirect, token_endpoint_auth_method: "client_secret_basic" }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  cookies: { keys: ["only for tests"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...accounts.get(sub), sub }) }),
});
provider.on("server_error", (_context, error) => console.error(error));

async function consented(details) {
  const { params, session, grantId } = details;
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return { consent: { grantId: await grant.save() } };
}

async function interact(request, response) {
  const details = await provider.interactionDetails(request, response);
  const login = details.prompt.name === "login";
  const result = login ? { login: { accountId: next.sub } } : await consented(details);
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
}

async function remember(request, response) {
  let text = "";
  for await (const part of request) text += part;
  next = JSON.parse(text);
  accounts.set(next.sub, next);
  response.end("ok");
}

const answer = provider.callback();
createServer((request, response) => {
  if (request.url === "/next") return remember(request, response);
  if (request.url.startsWith("/interaction/")) return interact(request, response);
  return answer(request, response);
}).listen(port, "127.0.0.1", () => console.log("ready"));
