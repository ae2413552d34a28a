// Keeps the ground of Tabler (Bootstrap 5): its reset, grid and utilities. Its buttons, cards, forms
// and the rest stay out, since a page has those from the components of `ui`, in one look.
import { readFile } from "node:fs/promises";
import postcss from "postcss";

// A rule stays when each class in its selector begins with one of these.
const KEPT = [
  "container", "row", "col", "g", "gx", "gy", "offset", // grid
  "m", "mx", "my", "mt", "mb", "ms", "me", "p", "px", "py", "pt", "pb", "ps", "pe", "gap",
  "d", "flex", "justify", "align", "order", "w", "h", "overflow", "position", "float",
  "text", "fw", "fs", "font", "small", "border", "rounded", "visually", "sticky",
];
const DROPPED = [
  /^(text|border)-(?!start|end|center|muted|secondary|nowrap|break|truncate|wrap|top|bottom|0)/,
  /-(?:xxl|print)(?:-|$)/,
  /^(?:position|float|order|fs|row-(?:cards|deck))/,
];
const BANNED_WORDS = /\[data-bs-theme|\[data-vc|\.theme-|:root\[|\[dir|-indeterminate|::part|tomselect|\.ts-/;

export async function tablerParts(path) {
  const sheet = postcss.parse(await readFile(path, "utf8"));
  sheet.walkRules((rule) => {
    if (rule.parent.type === "atrule" && rule.parent.name.endsWith("keyframes")) return;
    rule.selectors = keptSelectors(rule.selectors);
    if (rule.selector === "") rule.remove();
  });
  sheet.walkDecls((declaration) => {
    declaration.value = inLight(declaration.value);
    if (/url\(["']?data:/.test(declaration.value)) declaration.remove();
  });
  dropUnused(sheet);
  sheet.walkAtRules((atRule) => {
    if (atRule.nodes && atRule.nodes.length === 0) atRule.remove();
  });
  sheet.walkComments((comment) => comment.remove());
  return sheet.toString();
}

function keptSelectors(selectors) {
  return selectors.filter((selector) => {
    if (BANNED_WORDS.test(selector)) return false;
    const classes = [...selector.matchAll(/\.([a-zA-Z][\w-]*)/g)].map((match) => match[1]);
    return classes.every(
      (name) => KEPT.includes(name.split("-")[0]) && !DROPPED.some((part) => part.test(name)),
    );
  });
}

// `light-dark(a, b)` is younger than the browsers of many offices; there is one theme: the light one.
function inLight(value) {
  let start;
  while ((start = value.indexOf("light-dark(")) !== -1) {
    const open = start + "light-dark(".length;
    let depth = 1, comma = -1, end = open;
    for (; depth > 0; end += 1) {
      if (value[end] === "(") depth += 1;
      if (value[end] === ")") depth -= 1;
      if (value[end] === "," && depth === 1 && comma === -1) comma = end;
    }
    value = value.slice(0, start) + value.slice(open, comma).trim() + value.slice(end);
  }
  return value;
}

// Variables and animations that nothing left refers to.
function dropUnused(sheet) {
  for (let before = -1, after = 0; before !== after; ) {
    before = after;
    const text = sheet.toString();
    const used = new Set([...text.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]));
    sheet.walkDecls(/^--/, (declaration) => {
      if (!used.has(declaration.prop)) declaration.remove();
    });
    sheet.walkAtRules(/keyframes$/, (frames) => {
      if (!new RegExp(`animation[^;]*\\b${frames.params}\\b`).test(text)) frames.remove();
    });
    sheet.walkRules((rule) => {
      if (rule.nodes.length === 0) rule.remove();
    });
    after = sheet.toString().length;
  }
}
