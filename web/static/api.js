// Shows the description of the API with the bundled reader.
"use strict";

const place = document.getElementById("api");
SwaggerUIBundle({
  domNode: place,
  url: place.dataset.description,
  deepLinking: true,
  docExpansion: "list",
  validatorUrl: null,
});
