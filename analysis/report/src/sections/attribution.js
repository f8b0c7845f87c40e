// SPDX-License-Identifier: Apache-2.0
// The effect shared out among groups of levers by Shapley's value, with what each does alone and
// as the last one.
import * as Plot from "@observablehq/plot";
import {alternativeName, base, data, horizon, indicatorIndex, t} from "../data.js";
import {LESS, MORE, chart, el, figure, legend, widthOf} from "../dom.js";
import {around, axis, difference} from "../format.js";

function bars(box, rows, unit) {
  const width = widthOf(box);
  const form = axis(unit, Math.max(...rows.flatMap((row) =>
    [row.value, row.alone, row.last].map((x) => Math.abs(x ?? 0)))), true);
  const x = (name) => (row) => row[name] === null ? NaN : row[name] / form.divide;
  const error = (sign) => (row) => (row.value + sign * data.quantile * row.error) / form.divide;
  const y = {y: "name"};
  return chart({width, height: 40 * rows.length + 60, marginLeft: data.lang === "zh" ? 88 : 140,
    marginRight: 24, marginTop: 12, ariaLabel: t("attribution.title"),
    x: {label: form.label, grid: true, nice: true, labelAnchor: "center"},
    y: {label: null, domain: rows.map((row) => row.name), tickSize: 0, padding: 0.4},
    marks: [Plot.barX(rows, {...y, x: x("value"), fill: (row) => row.value >= 0 ? MORE : LESS}),
      Plot.ruleX([0], {stroke: "black"}),
      Plot.ruleY(rows.filter((row) => row.error !== null), {...y, x1: error(-1), x2: error(1),
        stroke: "black"}),
      Plot.dot(rows, {...y, x: x("alone"), r: 4.5, fill: "white", stroke: "black",
        strokeWidth: 1.5}),
      Plot.dot(rows, {...y, x: x("last"), r: 4, symbol: "diamond", fill: "black",
        stroke: "white", strokeWidth: 0.5})]});
}

export function draw(box, state) {
  const k = state.alternative;
  box.replaceChildren(el("h2", {}, t("attribution.title")));
  if (!data.shapley) {
    box.append(el("p", {}, t("attribution.absent")), el("pre", {class: "command"},
      `townward compare ${base.name}.cfg ${data.scenarios[k + 1].name}.cfg --attribute -o cmp.h5`));
    return;
  }
  const {indicators, groups, value, error, alone, last} = data.shapley;
  let which = indicators.indexOf(data.indicators[state.indicator].name);
  if (which < 0) which = 0;
  const i = indicatorIndex(indicators[which]);
  const {unit, label} = data.indicators[i];
  const rows = groups.map((group, g) => ({name: group.label, value: value[k][which][g],
    error: error[k][which][g], alone: alone[k][which][g], last: last[k][which][g]}))
    .filter((row) => row.value !== null).sort((a, b) => b.value - a.value);
  if (!rows.length) {
    box.append(el("p", {}, t("attribution.empty", {alternative: alternativeName(k)})));
    return;
  }
  const total = rows.reduce((sum, row) => sum + row.value, 0);
  const interaction = total - rows.reduce((sum, row) => sum + (row.alone ?? 0), 0);
  box.append(el("p", {class: "finding"}, t("attribution.finding", {indicator: label,
    alternative: alternativeName(k), year: horizon, group: rows[0].name,
    value: difference(unit, rows[0].value),
    interval: around(unit, rows[0].value, rows[0].error), total: difference(unit, total),
    interaction: difference(unit, interaction)})),
  legend([{colour: MORE, text: t("attribution.value")}, {colour: LESS,
    text: t("attribution.negative")}, {colour: "black", shape: "ring",
    text: t("attribution.alone")}, {colour: "black", shape: "diamond filled",
    text: t("attribution.last")}]));
  box.append(figure(null, bars(box, rows, unit), t("attribution.note")));
}
