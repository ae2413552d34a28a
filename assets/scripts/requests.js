// What the reader is told while htmx works: slow, failed, changed.
const PATIENCE = 1000; // milliseconds before it says that it is working

export function watchRequests(body) {
  const working = body.querySelector("[data-working]");
  const trouble = body.querySelector("[data-trouble]");
  const said = body.querySelector("[data-said]");
  if (!working || !trouble || !said) return;
  const text = working.querySelector("[data-working-text]");
  const underWay = new Map();

  const settle = (request) => {
    clearTimeout(underWay.get(request));
    underWay.delete(request);
    if (underWay.size === 0) working.hidden = true;
  };
  const complain = (message) => {
    trouble.querySelector("[data-trouble-text]").textContent = message;
    trouble.hidden = false;
  };
  body.addEventListener("htmx:beforeSend", (event) => {
    trouble.hidden = true;
    const timer = setTimeout(() => {
      text.textContent = text.dataset.text;
      working.hidden = false;
    }, PATIENCE);
    underWay.set(event.detail.xhr, timer);
  });
  body.addEventListener("htmx:afterRequest", (event) => settle(event.detail.xhr));
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    body.addEventListener(name, () => complain(trouble.dataset.offline));
  }
  // Nothing is swapped on a failure, so what was typed stays. A refused form (400, 422) is an answer.
  body.addEventListener("htmx:beforeSwap", (event) => {
    if ([400, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  body.addEventListener("htmx:responseError", () => complain(trouble.dataset.failed));
  body.addEventListener("htmx:afterSwap", (event) => {
    const summary = event.detail.target.querySelector("[data-error-summary]");
    if (summary) summary.focus();
    else said.textContent = event.detail.target.dataset.said || trouble.dataset.updated;
  });
  trouble.querySelector("[data-trouble-close]").addEventListener("click", () => {
    trouble.hidden = true;
  });
}
