// SPDX-License-Identifier: Apache-2.0
// Programmes, settings and provenance, and what the comparison cannot tell.
import {alternativeName, data, horizon, t} from "../data.js";
import {el, fill} from "../dom.js";
import {amount, number} from "../format.js";

const HEADS = ["lever", "plan", "payer", "grade", "outlay", "units", "refused", "recipients",
  "deadweight"];

function cell(programme, key) {
  const figure = programme[key];
  if (key === "lever") return `${programme.lever}.${programme.name}`;
  if (key === "payer") return data.labels[`payer.${figure}`] || figure;
  if (key === "outlay") return amount(figure, "unit.yuan");
  if (key === "deadweight") {
    return figure === null ? t("none") : t("percent", {number: number(100 * figure, 1)});
  }
  return typeof figure === "string" ? figure : number(figure);
}

/** Programmes of the alternative with outlay up to the horizon. */
export function programmes(box, state) {
  const rows = data.programmes.filter((row) => row.alternative === state.alternative);
  box.replaceChildren(el("h2", {}, t("programmes.title",
    {alternative: alternativeName(state.alternative), year: horizon})));
  if (!rows.length) {
    box.append(el("p", {}, t("programmes.empty")));
    return;
  }
  const numeric = (key) => HEADS.indexOf(key) >= 4 ? "number" : null;
  box.append(el("div", {class: "scroll"}, el("table", {class: "programmes"},
    el("thead", {}, el("tr", {}, HEADS.map((key) => el("th", {class: numeric(key)},
      t(`programmes.${key}`))))),
    el("tbody", {}, rows.map((row) => el("tr", {}, HEADS.map((key) =>
      el("td", {class: numeric(key)}, cell(row, key)))))))),
  el("p", {class: "note"}, t("programmes.note")));
}

function scenarioText(scenario, s) {
  const lines = scenario.text.split("\n");
  const before = new Set(data.scenarios[0].text.split("\n"));
  const differing = lines.filter((line) => line.trim() && !before.has(line));
  const parts = [el("details", {}, el("summary", {}, t("about.text",
    {scenario: scenario.label})), el("pre", {}, scenario.text))];
  if (s > 0) {
    parts.unshift(el("details", {}, el("summary", {}, t("about.differs",
      {scenario: scenario.label, number: differing.length})), el("pre", {},
      differing.join("\n"))));
  }
  return parts;
}

export function provenance(box) {
  const {meta} = data;
  const rows = [["about.file", meta.file], ["about.region", data.areas[0].name],
    ["about.horizon", String(horizon)],
    ["about.sample", t("percent", {number: number(100 * meta.sample, meta.sample < 0.1 ? 1 : 0)})],
    ["about.replicates", number(meta.replicates)], ["about.seed", String(meta.seed)],
    ["about.version", meta.version], ["about.revision", meta.revision],
    ["about.digest", meta.digest],
    ["about.command", meta.command]];
  fill(box, el("h2", {}, t("about.title")),
    el("dl", {}, rows.filter(([, text]) => text).flatMap(([key, text]) =>
      [el("dt", {}, t(key)), el("dd", {}, text)])),
    data.scenarios.flatMap((scenario, s) => scenario.text ? scenarioText(scenario, s) : []));
}

export function limits(box) {
  const keys = ["limits.draws", "limits.amounts", "limits.deadweight", "limits.classes",
    "limits.counties", "limits.costs", "limits.missing"];
  const {sample, replicates} = data.meta;
  if (replicates < 2) keys.unshift("limits.one_replicate");
  else if (replicates < 10) keys.unshift("limits.few_replicates");
  if (sample < 1) keys.push("limits.sample");
  box.replaceChildren(el("h2", {}, t("limits.title")), el("ul", {}, keys.map((key) =>
    el("li", {}, t(key, {replicates, sample: number(100 * sample, sample < 0.1 ? 1 : 0)})))));
}
