// SPDX-License-Identifier: Apache-2.0
// Levers one at a time: what each does alone, and what is lost without it; with its outlay.
import * as Plot from "@observablehq/plot";
import {alternativeName, data, horizon, t} from "../data.js";
import {LESS, MORE, chart, el, figure, legend, widthOf} from "../dom.js";
import {amount, around, axis, difference} from "../format.js";

function rowsOf(k, i) {
  return data.singles.filter((single) => single.alternative === k && single.alone[i] !== null)
    .map((single) => ({lever: single.lever, alone: single.alone[i], error: single.aloneSe[i],
      without: single.without[i], outlay: single.outlay}))
    .sort((a, b) => Math.abs(b.alone) - Math.abs(a.alone));
}

/** Bars with the name of each above it, so that long names need no margin. */
function bars(box, rows, unit) {
  const most = Math.max(...rows.map((row) => Math.abs(row.alone)));
  const form = axis(unit, most, true);
  const width = widthOf(box);
  const x = (name) => (row) => row[name] === null ? NaN : row[name] / form.divide;
  const error = (sign) => (row) => (row.alone + sign * data.quantile * (row.error ?? 0)) / form.divide;
  const y = {y: "lever"};
  return chart({width, height: 44 * rows.length + 70, marginLeft: 12, marginRight: 24,
    marginTop: 16, ariaLabel: t("tornado.title"),
    x: {label: form.label, grid: true, nice: true, labelAnchor: "center"},
    y: {axis: null, domain: rows.map((row) => row.lever), padding: 0.62, align: 1},
    marks: [
      Plot.barX(rows, {...y, x: x("alone"), fill: (row) => row.alone >= 0 ? MORE : LESS}),
      Plot.ruleX([0], {stroke: "black"}),
      Plot.ruleY(rows.filter((row) => row.error !== null), {...y, x1: error(-1), x2: error(1),
        stroke: "black"}),
      Plot.dot(rows.filter((row) => row.without !== null), {...y, x: x("without"), r: 4.5,
        fill: "white", stroke: "black", strokeWidth: 1.5}),
      Plot.text(rows, {...y, frameAnchor: "left", dy: -17, textAnchor: "start",
        text: "lever", stroke: "white", strokeWidth: 4, fill: "black"}),
      Plot.text(rows, {...y, frameAnchor: "right", dy: -17, dx: 10, textAnchor: "end",
        text: (row) => amount(row.outlay, "unit.yuan"), fill: "#444444",
        stroke: "white", strokeWidth: 4})]});
}

export function draw(box, state) {
  const {alternative: k, indicator: i} = state;
  box.replaceChildren(el("h2", {}, t("tornado.title")));
  if (!data.singles) {
    box.append(el("p", {}, t("tornado.absent")), el("pre", {class: "command"},
      `townward compare ${base_files(k)} --each-lever -o cmp.h5`));
    return;
  }
  const rows = rowsOf(k, i);
  if (!rows.length) {
    box.append(el("p", {}, t("tornado.empty", {alternative: alternativeName(k)})));
    return;
  }
  const {unit, label} = data.indicators[i];
  const first = rows[0];
  box.append(
    el("p", {class: "finding"}, t("tornado.finding", {lever: first.lever, indicator: label,
      year: horizon, difference: difference(unit, first.alone), interval: around(unit, first.alone, first.error),
      outlay: amount(first.outlay, "unit.yuan")})),
    legend([{colour: MORE, text: t("tornado.more")}, {colour: LESS, text: t("tornado.less")},
      {colour: "black", text: t("tornado.without"), shape: "ring"}]));
  box.append(figure(null, bars(box, rows, unit), t("tornado.note", {year: horizon})));
}

function base_files(k) {
  return `${data.scenarios[0].name}.cfg ${data.scenarios[k + 1].name}.cfg`;
}
