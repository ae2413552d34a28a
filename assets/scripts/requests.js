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
  // A whole page where a part was asked for is the sign-in page: the session has ended.
  body.addEventListener("htmx:beforeSwap", (event) => {
    const xhr = event.detail.xhr;
    if (event.detail.boosted || !isWholePage(xhr)) return;
    event.detail.shouldSwap = false;
    if (event.detail.requestConfig.verb === "get" && xhr.status === 200) window.location.reload();
    else complain(xhr.status === 200 ? trouble.dataset.expired : trouble.dataset.failed);
  });
  // Nothing is swapped on a failure, so what was typed stays. A refused form (400, 422) is an answer.
  body.addEventListener("htmx:beforeSwap", (event) => {
    const xhr = event.detail.xhr;
    if ([400, 422].includes(xhr.status) && !isWholePage(xhr)) {
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

function isWholePage(xhr) {
  return /^\s*<!doctype/i.test(xhr.responseText);
}
