// Fetches the chart module only where a figure asks for it; without it the table stands there.
export function drawCharts(part) {
  const figures = [...part.querySelectorAll("figure[data-chart]")];
  if (figures.length === 0) return;
  import(figures[0].dataset.module).then((module) => figures.forEach(module.draw), () => {});
}
