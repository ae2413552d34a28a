// The icons that pages use, as one sheet of symbols: `<use href="icons.svg#search"/>`.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const OUTLINE = `
activity adjustments alert-circle alert-triangle archive arrow-down arrow-left arrow-right arrow-up
arrows-sort bell bookmark briefcase building building-bank building-community building-factory-2
calendar calendar-due certificate chart-bar chart-line check chevron-down chevron-left chevron-right
chevron-up circle-check circle-x clipboard-list clock coin copy database device-mobile dots download
edit external-link eye eye-off file-export file-import file-spreadsheet file-text filter flag folder
gavel heart-handshake help-circle history home id inbox info-circle key keyboard language link
list-check list-details lock logout map-pin menu-2 message minus paperclip pencil phone player-pause
player-play plus printer qrcode refresh report search send settings shield-check shield-lock sitemap
star switch-horizontal table trash upload user user-check user-plus users users-group world x
`.trim().split(/\s+/);

export async function sheetOfIcons(folder) {
  const symbols = await Promise.all(OUTLINE.map((name) => symbolOf(folder, name)));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

// Stroke and size come from the page (`.hj-icon`), so a symbol keeps only its shapes.
async function symbolOf(folder, name) {
  const source = await readFile(join(folder, "outline", `${name}.svg`), "utf8");
  const shapes = source.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>[\s\S]*$/, "");
  const drawn = shapes.replace(/<path stroke="none"[^>]*>/, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawn}</symbol>`;
}
