// SPDX-License-Identifier: Apache-2.0
// What moves weigh on: dwellings, schools, hospitals, jobs. Base and alternative side by side.
import * as Plot from "@observablehq/plot";
import {alternativeName, base, data, differenceAt, horizon, indicatorIndex, t} from "../data.js";
import {chart, el, figure, legend, panelWidth, yearAxis} from "../dom.js";
import {axis, difference, value} from "../format.js";
import {colourOf} from "./lines.js";

const SHOWN = ["rent", "rent_burden", "vacancy_rate", "school_load", "hospital_load",
  "unemployment_rate"];

function small(width, k, i, area) {
  const unit = data.indicators[i].unit;
  const rows = [0, k + 1].flatMap((s) => data.years.map((year, y) => ({s, year,
    mean: data.mean[s][i][area][y], low: data.low ? data.low[s][i][area][y] : null,
    high: data.high ? data.high[s][i][area][y] : null}))).filter((row) => row.mean !== null);
  const form = axis(unit, Math.max(...rows.map((row) => row.mean), 0));
  const of = (name) => (row) => row[name] === null ? NaN : row[name] / form.divide;
  const colour = (row) => colourOf(row.s);
  return chart({width, height: 200, marginLeft: 44, marginTop: 26,
    ariaLabel: data.indicators[i].label, x: {...yearAxis(data.years, width), label: null},
    y: {label: form.label, grid: true, nice: true, ticks: 5},
    marks: [Plot.areaY(rows.filter((row) => row.low !== null), {x: "year", y1: of("low"),
      y2: of("high"), z: "s", fill: colour, fillOpacity: 0.18}),
    Plot.lineY(rows.filter((row) => row.s === 0), {x: "year", y: of("mean"), stroke: colourOf(0),
      strokeDasharray: "5 3", strokeWidth: 1.8}),
    Plot.lineY(rows.filter((row) => row.s !== 0), {x: "year", y: of("mean"),
      stroke: colourOf(k + 1), strokeWidth: 2})]});
}

export function draw(box, state) {
  const {alternative: k, area} = state;
  box.replaceChildren(el("h2", {}, t("loads.title", {area: data.areas[area].name})),
    el("p", {class: "finding"}, t("loads.finding", {year: horizon, area: data.areas[area].name,
      alternative: alternativeName(k), base: base.label,
      changes: SHOWN.map(indicatorIndex).filter((i) => i >= 0)
        .map((i) => [i, differenceAt(k, i, area).value]).filter(([, d]) => d !== null)
        .slice(0, 4).map(([i, d]) => t("loads.change", {indicator: data.indicators[i].label,
          difference: difference(data.indicators[i].unit, d)})).join(t("list.comma"))})),
    legend([0, k + 1].map((s) => ({colour: colourOf(s), text: data.scenarios[s].label,
      shape: s ? "line" : "dashed"}))));
  const panels = el("div", {class: "panels"});
  box.append(panels);
  const width = panelWidth(box);
  for (const name of SHOWN) {
    const i = indicatorIndex(name);
    if (i >= 0 && data.mean[k + 1][i][area].some((x) => x !== null)) {
      panels.append(figure(t("loads.panel", {indicator: data.indicators[i].label,
        value: value(data.indicators[i].unit, data.horizonTable.value[k + 1][i][area]),
        year: horizon}), small(width, k, i, area)));
    }
  }
}
