// `/` search, `j` `k` rows, `o` open, `a` the page's main action, `?` help, Escape.
const TYPING = "input, textarea, select, [contenteditable]";
const HERE = "hj-row-here";

export function listenToKeys(page) {
  const help = page.querySelector("[data-help-dialog]");
  const helpButton = page.querySelector("[data-help]");
  if (helpButton && help) {
    helpButton.hidden = false;
    helpButton.addEventListener("click", () => help.showModal());
  }
  const search = () => page.querySelector("[data-search]");
  const does = {
    "/": () => search() && (search().focus(), search().select()),
    "?": () => help && help.showModal(),
    a: () => press(page.querySelector("[data-main-action]")),
    j: () => moveBy(page, 1),
    k: () => moveBy(page, -1),
    o: () => press(linkOf(rowHere(page))),
  };
  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") return leave(page, event.target);
    if (event.target.closest(TYPING) || page.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && event.target.classList.contains(HERE)) return does.o();
    if (does[event.key]) {
      event.preventDefault();
      does[event.key]();
    }
  });
  closeMenusOutside(page);
}

function leave(page, target) {
  for (const menu of page.querySelectorAll(".hj-menu[open]")) {
    menu.open = false;
    if (menu.contains(target)) menu.querySelector("summary").focus();
  }
  if (target.closest && target.closest(TYPING)) target.blur();
}

function closeMenusOutside(page) {
  page.addEventListener("click", (event) => {
    for (const menu of page.querySelectorAll(".hj-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
}

function rowHere(page) {
  return page.querySelector(`[data-list] tbody tr.${HERE}`);
}

function moveBy(page, step) {
  const rows = [...page.querySelectorAll("[data-list] tbody tr")].filter(linkOf);
  if (rows.length === 0) return;
  const now = rows.indexOf(rowHere(page));
  const next = now === -1 ? (step > 0 ? 0 : rows.length - 1) : now + step;
  const row = rows[Math.min(Math.max(next, 0), rows.length - 1)];
  if (now !== -1) rows[now].classList.remove(HERE);
  row.classList.add(HERE);
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function linkOf(row) {
  return row && (row.querySelector("a[data-open]") || row.querySelector("a[href]"));
}

function press(element) {
  if (element) element.click();
}
