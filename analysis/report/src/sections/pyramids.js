// SPDX-License-Identifier: Apache-2.0
// Age and sex: the alternative against the base at the horizon, and against the start.
import * as Plot from "@observablehq/plot";
import {alternativeName, base, data, horizon, t} from "../data.js";
import {COLOURS, chart, el, figure, legend, panelWidth, select} from "../dom.js";
import {axis} from "../format.js";

const MALE = COLOURS[0];
const FEMALE = COLOURS[1];

/** Persons by sex and age of one scenario at start (0) or horizon (1), men negative. */
function rowsOf(scenario, when, zone) {
  const zones = zone === 2 ? [0, 1] : [zone];
  return [0, 1].flatMap((sex) => data.pyramid.ages.map((age, a) => ({age, sex,
    persons: (sex ? 1 : -1) * zones.reduce((sum, z) =>
      sum + data.pyramid.persons[scenario][when][z][sex][a], 0)})));
}

function pyramid(width, filled, outline, changes = false) {
  const all = [...filled, ...outline];
  const most = Math.max(...all.map((row) => Math.abs(row.persons)), 1);
  const form = axis("persons", most);
  const x = (row) => row.persons / form.divide;
  const edge = most / form.divide * 1.04;
  const fill = (row) => row.sex ? FEMALE : MALE;
  return chart({width, height: 330, marginLeft: 52, marginTop: 12, marginBottom: 42,
    ariaLabel: t("pyramid.title"),
    x: {label: form.label, domain: [-edge, edge], grid: true, ticks: 5, labelAnchor: "center",
      tickFormat: (v) => String(changes ? v : Math.abs(v)).replace("-", "\u2212")},
    y: {label: null, domain: [...data.pyramid.ages].reverse(), tickSize: 0, padding: 0.15},
    marks: [Plot.barX(filled, {x1: 0, x2: x, y: "age", fill, fillOpacity: outline.length ? 0.6 : 1}),
      outline.length ? Plot.tickX(outline, {x, y: "age", stroke: "black", strokeWidth: 1.8})
        : null,
      Plot.ruleX([0], {stroke: "black"})]});
}

/** Alternative less base, women and men as two bars from the same 0. */
function changePlot(width, k, zone) {
  const rows = rowsOf(k + 1, 1, zone).map((row, i) => ({...row,
    persons: Math.abs(row.persons) - Math.abs(rowsOf(0, 1, zone)[i].persons)}));
  const most = Math.max(...rows.map((row) => Math.abs(row.persons)), 1);
  const form = axis("persons", most);
  return chart({width, height: 330, marginLeft: 52, marginTop: 12, marginBottom: 42,
    ariaLabel: t("pyramid.title"),
    x: {label: form.label, grid: true, ticks: 5, labelAnchor: "center"},
    y: {label: null, domain: [...data.pyramid.ages].reverse(), tickSize: 0, padding: 0.15},
    marks: [0, 1].map((sex) => Plot.barX(rows.filter((row) => row.sex === sex),
      {x: (row) => row.persons / form.divide, y: "age", fill: sex ? FEMALE : MALE,
        insetTop: sex ? 6.5 : 0, insetBottom: sex ? 0 : 6.5})).concat(
      [Plot.ruleX([0], {stroke: "black"})])});
}

export function draw(box, state) {
  const k = state.alternative;
  box.replaceChildren(el("h2", {}, t("pyramid.title")),
    select("zone", t("control.zone"), [[1, t("zone.town")], [0, t("zone.rural")],
      [2, t("zone.all")]], state.zone, (zone) => {
      state.zone = zone;
      draw(box, state);
    }));
  const town = rowsOf(k + 1, 1, state.zone);
  const before = rowsOf(k + 1, 0, state.zone);
  const share = (rows) => {
    const old = rows.filter((row) => parseInt(row.age, 10) >= 60);
    const sum = (of) => of.reduce((total, row) => total + Math.abs(row.persons), 0);
    return (100 * sum(old) / sum(rows)).toFixed(1);
  };
  box.append(el("p", {class: "finding"}, t("pyramid.finding", {start: data.years[0],
    year: horizon, alternative: alternativeName(k), before: share(before), after: share(town),
    base: base.label, base_after: share(rowsOf(0, 1, state.zone))})),
  legend([{colour: MALE, text: t("sex.male")}, {colour: FEMALE, text: t("sex.female")},
    {colour: "black", text: t("pyramid.outline"), shape: "tick"}]));
  const panels = el("div", {class: "panels"});
  box.append(panels);
  const width = panelWidth(box);
  const name = alternativeName(k);
  panels.append(
    figure(t("pyramid.against_base", {alternative: name, base: base.label, year: horizon}),
      pyramid(width, town, rowsOf(0, 1, state.zone))),
    figure(t("pyramid.against_start", {alternative: name, year: horizon,
      start: data.years[0]}), pyramid(width, town, before)),
    figure(t("pyramid.change", {alternative: name, base: base.label, year: horizon}),
      changePlot(width, k, state.zone)));
}
