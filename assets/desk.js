// The desk with script: quicker, never other. Everything here has a way without it.
import "htmx.org/dist/htmx.esm.js";
import { listenToKeys } from "./scripts/keyboard.js";
import { drawCharts } from "./scripts/charts.js";
import { watchRequests } from "./scripts/requests.js";
import { prepare } from "./scripts/prepare.js";

listenToKeys(document);
watchRequests(document.body);
prepare(document.body);
drawCharts(document.body);
document.body.addEventListener("htmx:load", (event) => {
  prepare(event.detail.elt);
  drawCharts(event.detail.elt);
});
