/* Shows the OpenAPI document; what is tried is sent to this host only, with the CSRF token of the page. */
const place = document.getElementById("api");
SwaggerUIBundle({
  domNode: place,
  url: place.dataset.document,
  validatorUrl: null,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  filter: true,
  tryItOutEnabled: true,
  syntaxHighlight: { activated: false },
  requestInterceptor(request) {
    request.headers["Accept-Language"] = document.documentElement.lang;
    if (!["GET", "HEAD"].includes((request.method || "GET").toUpperCase())) {
      request.headers["X-CSRFToken"] = place.dataset.csrf;
    }
    return request;
  },
});
