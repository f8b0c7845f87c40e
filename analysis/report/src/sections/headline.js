// SPDX-License-Identifier: Apache-2.0
// The finding, then the figures it rests on.
import {alternativeName, base, classPersons, data, differenceAt, distinguishable, horizon,
  indicatorIndex, t} from "../data.js";
import {el, fill} from "../dom.js";
import {amount, difference, interval, number, value} from "../format.js";

const RATE = indicatorIndex("urbanization_rate");
const TOWN = indicatorIndex("town_residents");

function sentence(k) {
  const effect = differenceAt(k, RATE, 0);
  const known = distinguishable(effect);
  const rates = data.horizonTable.value.map((row) => row[RATE][0]);
  const key = known === false ? "headline.unclear"
    : effect.value > 0 ? "headline.more" : effect.value < 0 ? "headline.less" : "headline.same";
  return t(key, {year: horizon, alternative: alternativeName(k), base: base.label,
    points: number(Math.abs(100 * effect.value), 2), interval: interval("1", effect),
    rate: value("1", rates[k + 1]), base_rate: value("1", rates[0])});
}

function tile(name, figure, note) {
  return el("div", {class: "tile"}, el("span", {class: "name"}, name),
    el("strong", {"data-tile": name}, figure), el("span", {class: "note"}, note));
}

function costTile(name, cost) {
  if (cost.value === null) return tile(name, t("none"), t("tile.cost_unclear"));
  const note = cost.low === null ? t("interval.none")
    : t("interval", {low: number(cost.low), high: number(cost.high)});
  return tile(name, t("with_unit", {number: number(cost.value), unit: t("unit.yuan_person")}),
    note);
}

export function draw(box, state) {
  const k = state.alternative;
  const town = differenceAt(k, TOWN, 0);
  const paid = data.outlay[k];
  const induced = classPersons(k, "induced", data.horizon);
  const deterred = classPersons(k, "deterred", data.horizon);
  fill(box,
    el("p", {class: "kicker"}, t("kicker", {region: data.areas[0].name,
      alternative: alternativeName(k), base: base.label, year: horizon})),
    el("h1", {id: "finding"}, sentence(k)),
    data.scenarios[k + 1].question ? el("p", {class: "question"}, data.scenarios[k + 1].question)
      : null,
    el("div", {class: "tiles"},
      tile(t("tile.town"), difference("persons", town.value), interval("persons", town)),
      tile(t("tile.induced"), t("with_unit", {number: number(induced), unit: t("unit.persons")}),
        t("tile.deterred", {number: number(deterred)})),
      tile(t("tile.outlay", {year: horizon}), amount(paid.value, "unit.yuan", true),
        interval("yuan", paid)),
      costTile(t("tile.cost_resident"), data.costs.resident[k]),
      costTile(t("tile.cost_registered"), data.costs.registered[k])));
}
