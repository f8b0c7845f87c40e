// SPDX-License-Identifier: Apache-2.0
// Lines by year: the fan of one indicator by scenario, and the paired difference to the base.
import * as Plot from "@observablehq/plot";
import {alternativeName, base, data, differenceAt, horizon, t} from "../data.js";
import {COLOURS, GREY, chart, el, figure, legend, widthOf, yearAxis} from "../dom.js";
import {axis, difference, interval, value} from "../format.js";

/** Colour of a scenario: the base grey, alternatives in order. */
export function colourOf(scenario) {
  return scenario === 0 ? GREY : COLOURS[(scenario - 1) % COLOURS.length];
}

function rowsOf(scenario, i, area, divide) {
  const at = (name, y) => {
    const found = data[name] && data[name][scenario][i][area][y];
    return found === null || found === undefined ? NaN : found / divide;
  };
  return data.years.map((year, y) => ({scenario, year, mean: at("mean", y), low: at("low", y),
    high: at("high", y)}));
}

function mostOf(rows) {
  return Math.max(...rows.flatMap((row) => [row.mean, row.low, row.high])
    .filter(Number.isFinite).map(Math.abs), 0);
}

/** Which goal of the file, if any, belongs to this indicator and area. */
function goalOf(i, area) {
  return area === 0 && data.goal && data.indicators[i].name === "urbanization_rate"
    ? data.goal : null;
}

function fanMarks(rows, scenarios, chosen) {
  const marks = [];
  for (const s of scenarios) {
    const own = rows.filter((row) => row.scenario === s && Number.isFinite(row.mean));
    const colour = colourOf(s);
    marks.push(Plot.areaY(own.filter((row) => Number.isFinite(row.low)),
      {x: "year", y1: "low", y2: "high", fill: colour, fillOpacity: 0.18}));
    marks.push(Plot.lineY(own, {x: "year", y: "mean", stroke: colour,
      strokeWidth: s === chosen ? 2.4 : 1.6, strokeDasharray: s === 0 ? "5 3" : null}));
  }
  return marks;
}

function fan(box, state) {
  const {indicator: i, area} = state;
  const unit = data.indicators[i].unit;
  const scenarios = data.scenarios.map((scenario, s) => s);
  const raw = scenarios.flatMap((s) => rowsOf(s, i, area, 1));
  const form = axis(unit, mostOf(raw));
  const rows = scenarios.flatMap((s) => rowsOf(s, i, area, form.divide));
  const width = widthOf(box);
  const goal = goalOf(i, area);
  const marks = fanMarks(rows, scenarios, state.alternative + 1);
  if (goal) {
    const at = {year: goal.year, rate: goal.rate / form.divide};
    marks.push(Plot.ruleY([at], {y: "rate", stroke: "black", strokeDasharray: "2 3"}),
      Plot.dot([at], {x: "year", y: "rate", symbol: "diamond", r: 5, stroke: "black",
        fill: "white"}),
      Plot.text([at], {x: data.years[0], y: "rate", dy: -8, textAnchor: "start",
        text: () => t("fan.goal", {year: goal.year, rate: value("1", goal.rate, 0)})}));
  }
  return chart({width, height: width < 500 ? 300 : 380, marginLeft: 52,
    ariaLabel: data.indicators[i].label,
    x: yearAxis(data.years, width), y: {label: form.label, grid: true, nice: true},
    marks: [Plot.ruleX([horizon], {stroke: "#bbbbbb"}), ...marks]});
}

function gap(box, state) {
  const {alternative: k, indicator: i, area} = state;
  const unit = data.indicators[i].unit;
  const rowsIn = (divide) => data.years.map((year, y) => {
    const of = (name) => data[name][k][i][area][y];
    return {year, mean: of("difference") === null ? NaN : of("difference") / divide,
      low: of("differenceLow") === null ? NaN : of("differenceLow") / divide,
      high: of("differenceHigh") === null ? NaN : of("differenceHigh") / divide};
  });
  const form = axis(unit, mostOf(rowsIn(1)), true);
  const rows = rowsIn(form.divide).filter((row) => Number.isFinite(row.mean));
  const width = widthOf(box);
  const colour = colourOf(k + 1);
  return chart({width, height: width < 500 ? 250 : 280, marginLeft: 52,
    ariaLabel: data.indicators[i].label, x: yearAxis(data.years, width),
    y: {label: form.label, grid: true, nice: true},
    marks: [Plot.ruleX([horizon], {stroke: "#bbbbbb"}),
      Plot.areaY(rows.filter((row) => Number.isFinite(row.low)),
        {x: "year", y1: "low", y2: "high", fill: colour, fillOpacity: 0.22}),
      Plot.ruleY([0], {stroke: "black"}),
      Plot.lineY(rows, {x: "year", y: "mean", stroke: colour, strokeWidth: 2.2})]});
}

export function draw(box, state) {
  const {alternative: k, indicator: i, area} = state;
  const {label, unit, sentence} = data.indicators[i];
  const effect = differenceAt(k, i, area);
  const replicates = data.meta.replicates;
  const names = data.scenarios.map((scenario, s) => ({colour: colourOf(s), text: scenario.label,
    shape: s === 0 ? "dashed" : "line"}));
  const bands = replicates > 1 ? t("fan.band", {replicates}) : t("fan.no_band");
  box.replaceChildren(
    el("h2", {}, t("fan.title", {indicator: label, area: data.areas[area].name})),
    el("p", {class: "finding"}, effect.value === null ? t("fan.undefined")
      : t("fan.finding", {year: horizon, alternative: alternativeName(k), base: base.label,
        value: value(unit, data.horizonTable.value[k + 1][i][area]),
        base_value: value(unit, data.horizonTable.value[0][i][area]),
        difference: difference(unit, effect.value), interval: interval(unit, effect)})),
    legend(names));
  box.append(figure(null, fan(box, state), `${sentence} ${bands}`));
  box.append(figure(t("fan.difference_title_of", {alternative: alternativeName(k),
    base: base.label}), gap(box, state), t("fan.difference_note")));
}
