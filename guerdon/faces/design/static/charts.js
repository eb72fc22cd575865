// Draws every chart from the table below it: what is drawn is what is read. Arrows walk along it, and say what is there.
"use strict";

const WHOLE = [1, 2, 5].flatMap((one) => Array.from({ length: 13 }, (_, zeros) => one * 10 ** zeros)).sort((a, b) => a - b);
const DIM = 0.65; // of what is compared, as its mark in the legend
const BAR = 0.65; // of the room between two points
const BAR_MOST = 48; // pixels

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-chart]").forEach(show));
// What was swapped may have taken the place of its target; those that are drawn already stay.
document.addEventListener("htmx:afterSwap", () => document.querySelectorAll("[data-chart]").forEach(show));

function show(figure) {
  const plot = figure.querySelector(".plot");
  if (plot.hasAttribute("tabindex")) return;
  const told = read(figure);
  if (told.titles.length === 0) return;
  figure.querySelector("details").open = false;
  Object.entries({
    tabindex: 0, role: "slider", "aria-label": figure.querySelector("figcaption").textContent,
    "aria-valuemin": 0, "aria-valuemax": told.titles.length - 1, "aria-valuenow": 0, "aria-valuetext": told.says(0),
  }).forEach(([name, value]) => plot.setAttribute(name, value));
  let drawn = draw(figure, told);
  const again = () => {
    drawn.destroy();
    drawn = draw(figure, told);
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-mode"] });
  new ResizeObserver(() => drawn.setSize(size(plot))).observe(plot);
  walk(plot, told, () => drawn);
}

function read(figure) {
  const rows = [...figure.querySelectorAll("tbody tr")];
  const words = (cell) => cell.textContent.trim();
  const titles = rows.map((row) => words(row.cells[0]));
  const series = [...figure.querySelectorAll("thead th")].slice(1).map(words);
  const text = (at, one) => words(rows[at].cells[one + 1]);
  const columns = series.map((_, one) =>
    rows.map((row) => (row.cells[one + 1].dataset.number === "" ? null : Number(row.cells[one + 1].dataset.number))));
  const says = (at) => `${titles[at]}\n${series.map((name, one) => `${name}: ${text(at, one)}`).join("\n")}`;
  return { titles, series, columns, says };
}

const size = (plot) => ({ width: Math.max(160, plot.clientWidth), height: 240 });
const colour = (element) => getComputedStyle(element).color;

// Stacked figures stand on one another; what is drawn last lies on top, so that the highest sum comes first.
function stacked(columns) {
  const sums = [];
  columns.forEach((column, one) => sums.push(column.map((number, at) => (number ?? 0) + (one > 0 ? sums[one - 1][at] : 0))));
  return sums;
}

// Bars of several series stand side by side; those that are stacked, and a single one, have the whole place.
function bar(beside, one) {
  if (beside.length < 2) return { size: [BAR, BAR_MOST], radius: beside.length * 0.12 };
  const wide = (chart) => Math.min(BAR / beside.length, chart.posToVal(BAR_MOST, "x") - chart.posToVal(0, "x"));
  const first = (chart) => wide(chart) * (beside.indexOf(one) - beside.length / 2);
  const places = { unit: 1, values: (chart) => chart.data[0].map((at) => at + first(chart)) };
  return { disp: { x0: places, size: { unit: 1, values: (chart) => [wide(chart)] } }, gap: 1, radius: 0.12 };
}

function draw(figure, told) {
  const drawing = figure.dataset.chart;
  const plot = figure.querySelector(".plot");
  const marks = [...figure.querySelectorAll(".legend .mark")];
  const columns = drawing === "stacked" ? stacked(told.columns) : told.columns;
  const order = columns.map((_, one) => one);
  if (drawing === "stacked") order.reverse();
  const bars = drawing !== "line";
  const beside = drawing === "bars" ? order.filter((one) => !marks[one].classList.contains("compared")) : [];
  const series = order.map((one) => {
    const compared = marks[one].classList.contains("compared");
    const made = colour(marks[one]);
    if (bars && !compared) return { stroke: made, fill: made, width: 0, points: { show: false }, paths: uPlot.paths.bars(bar(beside, one)) };
    return { stroke: made, width: 2, alpha: compared ? DIM : 1, dash: compared ? [6, 5] : undefined, points: { show: told.titles.length < 3 } };
  });
  const ink = colour(figure.querySelector("details"));
  const grid = { stroke: colour(figure.querySelector(".lines")), width: 1 };
  const font = `12px ${getComputedStyle(figure).fontFamily}`;
  const number = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumSignificantDigits: 3 });
  const last = told.titles.length - 1;
  const whole = columns.flat().every((one) => Number.isInteger(one ?? 0)); // there is no half a purchase
  const options = {
    ...size(plot), legend: { show: false }, series: [{}, ...series], padding: [12, 36, 0, 0],
    cursor: { y: false, drag: { setScale: false, x: false, y: false }, points: { size: 8 } },
    scales: { x: { time: false, range: bars ? [-0.6, last + 0.6] : [0, Math.max(1, last)] }, y: { range: (_, least, most) => [Math.min(0, least ?? 0), (most || 1) * 1.05] } },
    axes: [
      { stroke: ink, font, grid: { show: false }, ticks: { show: false }, size: 28, space: 90, incrs: [1, 2, 5, 7, 10, 14, 28, 50, 91, 182, 365], values: (_, at) => at.map((one) => told.titles[one] ?? "") },
      { stroke: ink, font, grid, ticks: { show: false }, incrs: whole ? WHOLE : undefined, size: (_, labels) => 16 + 7 * Math.max(3, ...(labels ?? []).map((one) => one.length)), values: (_, at) => at.map((one) => number.format(one)) },
    ],
    hooks: { setCursor: [(chart) => tell(figure, told, chart)] },
  };
  return new uPlot(options, [told.titles.map((_, at) => at), ...order.map((one) => columns[one])], plot);
}

function tell(figure, told, chart) {
  const tip = figure.querySelector("output");
  const at = chart.cursor.idx;
  tip.hidden = at === null || at === undefined || chart.cursor.left < 0;
  if (tip.hidden) return;
  tip.textContent = told.says(at);
  const left = chart.over.offsetLeft + chart.valToPos(at, "x") + 12;
  const room = figure.querySelector(".plot").clientWidth - tip.offsetWidth;
  tip.style.left = `${Math.max(0, left > room ? left - tip.offsetWidth - 24 : left)}px`;
}

function walk(plot, told, drawn) {
  let at = 0;
  const go = (to) => {
    at = Math.min(told.titles.length - 1, Math.max(0, to));
    plot.setAttribute("aria-valuenow", at);
    plot.setAttribute("aria-valuetext", told.says(at));
    drawn().setCursor({ left: drawn().valToPos(at, "x"), top: 10 });
  };
  const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 7, PageDown: -7, Home: -Infinity, End: Infinity };
  plot.addEventListener("keydown", (event) => {
    if (!(event.key in STEPS)) return;
    event.preventDefault();
    go(at + STEPS[event.key]);
  });
  plot.addEventListener("focus", () => plot.matches(":focus-visible") && go(at));
  plot.addEventListener("blur", () => drawn().setCursor({ left: -10, top: -10 }));
}
