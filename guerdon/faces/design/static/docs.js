// The API's description as a page on which every request can be tried with a key of one's own.
"use strict";
SwaggerUIBundle({
  url: "/v1/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  persistAuthorization: false, // a key is not left behind in the browser
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  tryItOutEnabled: true,
  validatorUrl: null, // nothing is sent to anybody else
});
