// SPDX-License-Identifier: Apache-2.0
// The cost-effectiveness plane: additional town residents against additional outlay.
import * as Plot from "@observablehq/plot";
import {alternativeName, data, horizon, t} from "../data.js";
import {GREY, chart, el, figure, legend, widthOf} from "../dom.js";
import {axis, number} from "../format.js";
import {colourOf} from "./lines.js";

/** Lines of equal cost per resident, in round amounts, that cross the picture. */
function rays(mostResidents, mostOutlay) {
  const slope = mostOutlay / mostResidents;
  const power = 10 ** Math.floor(Math.log10(slope));
  return [0.5, 1, 2, 5, 10, 20].map((factor) => factor * power)
    .filter((cost) => cost > slope / 5 && cost < slope * 3).slice(0, 4)
    .map((cost) => {
      const end = Math.min(mostResidents, mostOutlay / cost);
      return {cost, residents: end, outlay: end * cost};
    });
}

function plane(box, points, singles) {
  const residents = axis("persons", Math.max(...points.map((p) => Math.abs(p.residents))));
  const outlay = axis("yuan", Math.max(...points.map((p) => Math.abs(p.outlay))));
  const width = widthOf(box);
  const x = (p) => p.residents / residents.divide;
  const y = (p) => p.outlay / outlay.divide;
  const all = [...points, ...singles];
  const lines = rays(Math.max(...all.map((p) => p.residents), 1),
    Math.max(...all.map((p) => p.outlay), 1));
  return chart({width, height: Math.min(460, Math.max(320, 0.6 * width)), marginLeft: 56,
    marginRight: 30, marginTop: 34, ariaLabel: t("plane.title"),
    x: {label: t("plane.x", {unit: residents.label}), grid: true, nice: true,
      labelAnchor: "center"},
    y: {label: t("plane.y", {unit: outlay.label}), grid: true, nice: true},
    marks: [Plot.ruleX([0], {stroke: "black"}), Plot.ruleY([0], {stroke: "black"}),
      lines.map((ray) => [
        Plot.link([ray], {x1: 0, y1: 0, x2: x, y2: y, stroke: "#bbbbbb", strokeDasharray: "3 3"}),
        Plot.text([ray], {x, y, dy: -7, textAnchor: "end", fill: "#666666",
          text: () => t("with_unit", {number: number(ray.cost), unit: t("unit.yuan_person")}),
          stroke: "white", strokeWidth: 4})]),
      Plot.dot(singles, {x, y, symbol: "diamond", r: 5, stroke: GREY, fill: "white",
        title: "name"}),
      Plot.dot(points.filter((p) => !p.mean), {x, y, r: 2.5, fill: (p) => colourOf(p.k + 1),
        fillOpacity: 0.45}),
      Plot.dot(points.filter((p) => p.mean), {x, y, r: 6, fill: (p) => colourOf(p.k + 1),
        stroke: "white"})]});
}

export function draw(box, state) {
  const points = data.plane.flatMap(({replicates, mean}, k) =>
    [...replicates.map(([residents, outlay]) => ({k, residents, outlay})),
      {k, residents: mean[0], outlay: mean[1], mean: true}]);
  const town = data.indicators.findIndex((indicator) => indicator.name === "town_residents");
  const singles = (data.singles || []).filter((s) => s.alternative === state.alternative &&
    s.alone[town] !== null && s.outlay !== null)
    .map((s) => ({name: s.lever, residents: s.alone[town], outlay: s.outlay}));
  const costs = data.costs.resident;
  const cheapest = costs.map((cost, k) => [cost.value, k])
    .filter(([cost]) => cost !== null && cost > 0).sort((a, b) => a[0] - b[0])[0];
  box.replaceChildren(el("h2", {}, t("plane.title")),
    el("p", {class: "finding"}, cheapest
      ? t(costs.length > 1 ? "plane.finding" : "plane.finding_one",
        {alternative: alternativeName(cheapest[1]), cost: number(cheapest[0]), year: horizon})
      : t("plane.unclear")),
    legend([...data.plane.map((_, k) => ({colour: colourOf(k + 1), text: alternativeName(k),
      shape: "dot"})),
      ...(singles.length ? [{colour: GREY, text: t("plane.single"), shape: "diamond"}] : [])]));
  box.append(figure(null, plane(box, points, singles), t("plane.note", {year: horizon})));
}
