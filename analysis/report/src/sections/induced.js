// SPDX-License-Identifier: Apache-2.0
// Who lives in a town only because of the alternative: a map by year, and who they are.
import * as Plot from "@observablehq/plot";
import {alternativeName, classIndex, classPersons, data, differenceAt, horizon, indicatorIndex, t}
  from "../data.js";
import {MORE, chart, el, figure, panelWidth, widthOf} from "../dom.js";
import {number, signed} from "../format.js";

const PLACED = data.areas.map((area, index) => ({...area, index}))
  .filter((area) => area.kind === "county" && area.longitude !== null);

function middleAndSpan(name) {
  const values = PLACED.map((area) => area[name]);
  const ends = [Math.min(...values), Math.max(...values)];
  return [(ends[0] + ends[1]) / 2, 1.06 * (ends[1] - ends[0])];
}

/**
 * Ends of both axes and the height at which kilometres have the same length both ways; the picture
 * is never flatter than three to ten nor higher than three to four.
 */
function frame(inside) {
  const [x, wide] = middleAndSpan("longitude");
  const [y, tall] = middleAndSpan("latitude");
  const narrow = Math.cos(y * Math.PI / 180);
  const across = Math.max(wide, tall / narrow / 0.75, 0.1);
  const up = Math.max(tall, 0.3 * across * narrow);
  return {x: [x - across / 2, x + across / 2], y: [y - up / 2, y + up / 2],
    height: inside * up / across / narrow};
}

function personsAt(k, year) {
  const row = data.movers[k].induced[year];
  return PLACED.map((area) => ({...area, persons: row[area.index]}));
}

/** The largest circles get names, where there is room for one. */
function named(points, width) {
  const lon = (Math.max(...PLACED.map((p) => p.longitude)) -
    Math.min(...PLACED.map((p) => p.longitude))) / width;
  const taken = [];
  for (const point of [...points].sort((a, b) => b.persons - a.persons).slice(0, 14)) {
    const free = taken.every((other) => Math.abs(other.longitude - point.longitude) > 90 * lon ||
      Math.abs(other.latitude - point.latitude) > 26 * lon);
    if (point.persons > 0 && free && taken.length < 8) taken.push(point);
  }
  return taken;
}

function map(box, state) {
  const width = widthOf(box);
  const margins = {left: 44, right: 24, top: 26, bottom: 40};
  const points = personsAt(state.alternative, state.year);
  const most = Math.max(...data.years.flatMap((_, y) =>
    personsAt(state.alternative, y).map((p) => p.persons)), 1);
  const radius = width < 500 ? 17 : 30;
  const scale = (persons) => radius * Math.sqrt(Math.max(0, persons) / most);
  const label = named(points, width);
  const inset = 14;
  const {x, y, height} = frame(width - margins.left - margins.right - 2 * inset);
  const at = {x: "longitude", y: "latitude"};
  const degrees = (key) => (x) => t(key, {number: x});
  const drawn = chart({width, height: height + 2 * inset + margins.top + margins.bottom, marginLeft: margins.left,
    marginRight: margins.right, marginTop: margins.top, marginBottom: margins.bottom,
    ariaLabel: t("map.title"), r: {type: "identity"},
    x: {domain: x, label: t("map.longitude"), tickFormat: degrees("map.east"), ticks: width < 500 ? 4 : 8,
      inset, labelAnchor: "center"},
    y: {domain: y, label: t("map.latitude"), tickFormat: degrees("map.north"), ticks: 5, inset},
    marks: [Plot.dot(PLACED, {...at, r: 1.6, fill: "#999999"}),
      Plot.dot(points.filter((p) => p.persons > 0), {...at, r: (p) => scale(p.persons),
        fill: MORE, fillOpacity: 0.55, stroke: "white",
        title: (p) => `${p.name} ${number(p.persons)}`}),
      Plot.text(label, {...at, text: "name", stroke: "white", strokeWidth: 3.5,
        fill: "black", lineAnchor: "bottom"})]});
  drawn.id = "map";
  return [drawn, circles(most, scale)];
}

/** What the circles' areas mean: two round amounts. */
function circles(most, scale) {
  const power = 10 ** Math.floor(Math.log10(most));
  const large = most >= 5 * power ? 5 * power : most >= 2 * power ? 2 * power : power;
  return el("p", {class: "legend"}, [large, large / 5].filter((p) => p >= 1).map((persons) =>
    el("span", {}, el("i", {class: "circle",
      style: `--size:${(2 * scale(persons)).toFixed(1)}px;--colour:${MORE}`}),
    t("with_unit", {number: number(persons), unit: t("unit.persons")}))));
}

function kinds(box, group, k) {
  const of = data.groups[group].persons[k];
  const induced = classIndex("induced");
  const rows = data.groups[group].names.map((name, c) => {
    const all = of.reduce((sum, row) => sum + row[c], 0);
    return {name: t(`${group}.${name}`), persons: of[induced][c],
      rate: all > 0 ? 1000 * of[induced][c] / all : 0};
  });
  const width = panelWidth(box);
  return chart({width, height: 34 * rows.length + 34, marginLeft: data.lang === "zh" ? 88 : 104,
    marginRight: 116, marginTop: 8, marginBottom: 8, ariaLabel: t(`${group}.title`),
    x: {axis: null, domain: [0, Math.max(...rows.map((row) => row.persons), 1)]},
    y: {label: null, domain: rows.map((row) => row.name), tickSize: 0, padding: 0.3},
    marks: [Plot.barX(rows, {x: "persons", y: "name", fill: MORE}),
      Plot.ruleX([0], {stroke: "black"}),
      Plot.text(rows, {x: "persons", y: "name", dx: 5, textAnchor: "start",
        text: (row) => t("kinds.bar", {persons: number(row.persons),
          rate: number(row.rate, 1)})})]});
}

function accounts(k) {
  const starts = data.classes.starts;
  const head = el("tr", {}, el("th", {}, t("accounts.class")),
    starts.map((start) => el("th", {class: "number"}, t(`start.${start}`))));
  const rows = data.classes.names.map((name) => el("tr", {},
    el("td", {}, t(`class.${name}`)),
    starts.map((_, s) => el("td", {class: "number"},
      number(classPersons(k, name, data.horizon, s))))));
  const only = data.onlyTown && data.onlyTown[k];
  const sum = only ? el("p", {}, t("accounts.sum", {
    town: signed(differenceAt(k, indicatorIndex("town_residents"), 0).value),
    induced: number(classPersons(k, "induced", data.horizon)),
    deterred: number(classPersons(k, "deterred", data.horizon)),
    alternative: number(only[1]), base: number(only[0])})) : null;
  return el("div", {}, sum, el("details", {}, el("summary", {}, t("accounts.title", {year: horizon})),
    el("div", {class: "scroll"}, el("table", {}, el("thead", {}, head), el("tbody", {}, rows))),
    el("p", {class: "note"}, t("accounts.note"))));
}

function drawMap(place, state) {
  const year = data.years[state.year];
  const points = personsAt(state.alternative, state.year);
  const first = points.reduce((a, b) => b.persons > a.persons ? b : a);
  const total = points.reduce((sum, p) => sum + p.persons, 0);
  place.replaceChildren(el("p", {class: "finding", id: "map-finding"}, total > 0
    ? t("map.finding", {year, alternative: alternativeName(state.alternative),
      persons: number(total), county: first.name, most: number(first.persons)})
    : t("map.nobody", {year, alternative: alternativeName(state.alternative)})));
  place.append(figure(null, el("div", {}, map(place, state)), t("map.note")));
}

export function draw(box, state) {
  const place = el("div", {});
  const shown = el("output", {for: "year"}, String(data.years[state.year]));
  const slider = el("input", {type: "range", id: "year", min: 0, max: data.years.length - 1,
    step: 1, value: state.year, "aria-label": t("control.year"), oninput: (event) => {
      state.year = Number(event.target.value);
      shown.textContent = data.years[state.year];
      drawMap(place, state);
    }});
  box.replaceChildren(el("h2", {}, t("map.title")),
    el("p", {class: "control year"}, el("span", {}, t("control.year")), slider, shown), place);
  drawMap(place, state);
  const panels = el("div", {class: "panels"});
  box.append(el("h3", {}, t("kinds.title", {year: horizon})), panels);
  for (const group of ["household", "income", "age"]) {
    panels.append(figure(t(`${group}.title`), kinds(box, group, state.alternative)));
  }
  box.append(el("p", {class: "note"}, t("kinds.note")), accounts(state.alternative));
}
