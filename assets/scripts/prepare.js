// Small graces of a page or a freshly swapped part: drop zones, the error summary, one submit.
export function prepare(part) {
  part.querySelectorAll("[data-drop]").forEach(acceptFiles);
  const summary = part.querySelector("[data-error-summary]");
  if (summary) summary.focus();
}

function acceptFiles(zone) {
  const input = zone.querySelector("input[type=file]");
  zone.querySelector("[data-drop-text]").hidden = false;
  const over = (isOver) => (event) => {
    event.preventDefault();
    zone.classList.toggle("hj-drop-over", isOver);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
