// Bar and line charts with one theme from the tokens, drawn as SVG; the table stays one key away.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, AriaComponent, GridComponent, LabelLayout, LegendComponent, TooltipComponent, SVGRenderer]);

const LABELLED_UP_TO = 12; // marks that can carry their own figure without crowding

export function draw(figure) {
  const place = figure.querySelector("[data-chart-place]");
  if (place.dataset.drawn) return;
  place.dataset.drawn = "yes";
  const data = JSON.parse(figure.querySelector("[data-chart-data]").textContent);
  place.hidden = false;
  figure.querySelector("[data-chart-table]").open = false;
  const chart = init(place, null, { renderer: "svg" });
  chart.setOption(optionsOf(figure.dataset.chart, data, themeOf(figure)));
  new ResizeObserver(() => chart.resize()).observe(place);
}

function themeOf(element) {
  const style = getComputedStyle(element);
  const token = (name) => style.getPropertyValue(`--hj-${name}`).trim();
  return {
    series: [1, 2, 3, 4, 5].map((number) => token(`chart-${number}`)),
    ink: token("ink"), soft: token("ink-soft"), line: token("line"), strong: token("line-strong"),
    surface: token("surface"), font: style.fontFamily,
  };
}

function optionsOf(kind, data, theme) {
  const isLine = kind === "line";
  const isAcross = kind === "bars"; // names are long: bars lie
  const names = {
    type: "category", data: data.labels, inverse: isAcross, boundaryGap: !isLine,
    axisLine: { lineStyle: { color: theme.strong } }, axisTick: { show: false },
    axisLabel: { color: theme.soft, hideOverlap: true },
  };
  const figures = {
    type: "value", min: isLine ? null : 0, splitNumber: 4, splitLine: { lineStyle: { color: theme.line } },
    axisLabel: { color: theme.soft, formatter: (value) => spoken(value) },
  };
  const isLabelled = data.series.length === 1 && data.labels.length <= LABELLED_UP_TO;
  return {
    animation: false,
    color: theme.series,
    textStyle: { fontFamily: theme.font, color: theme.ink },
    grid: { left: 4, right: isAcross ? 56 : 12, top: data.series.length > 1 ? 36 : 20, bottom: 4, containLabel: true },
    legend: data.series.length > 1 ? { top: 0, left: 0, itemWidth: 12, itemHeight: 8, textStyle: { color: theme.soft } } : undefined,
    tooltip: {
      trigger: "axis", renderMode: "richText", axisPointer: { type: isLine ? "line" : "shadow" },
      backgroundColor: theme.surface, borderColor: theme.strong, textStyle: { color: theme.ink, fontSize: 13 },
      valueFormatter: (value) => value.toLocaleString("en"),
    },
    xAxis: isAcross ? figures : names,
    yAxis: isAcross ? names : figures,
    series: data.series.map((series) => ({
      type: isLine ? "line" : "bar", name: series.name, data: series.values, barMaxWidth: 28,
      symbol: "circle", symbolSize: 6, lineStyle: { width: 2 }, itemStyle: { borderRadius: isLine ? 0 : 2 },
      labelLayout: { hideOverlap: true },
      label: { show: isLabelled, position: isAcross ? "right" : "top", color: theme.soft, formatter: (mark) => mark.value.toLocaleString("en") },
    })),
  };
}

// 12,000 is 1.2万 to a Chinese reader and 12K to an English one.
function spoken(value) {
  const language = document.documentElement.lang;
  return new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 }).format(value);
}
