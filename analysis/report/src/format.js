// SPDX-License-Identifier: Apache-2.0
// Numbers as text, each with its unit. wording.py writes the same forms.
import {data, t} from "./data.js";

const zh = data.lang === "zh";

export function number(value, decimals = 0) {
  if (value === null || value === undefined || Number.isNaN(value)) return t("none");
  const text = Math.abs(value).toFixed(decimals).replace(/\B(?=(\d{3})+(?!\d))/g, (mark, _, at,
    whole) => whole.includes(".") && at > whole.indexOf(".") ? "" : ",");
  return (value < 0 && Number(value.toFixed(decimals)) !== 0 ? "\u2212" : "") + text;
}

export function signed(value, decimals = 0) {
  const text = number(value, decimals);
  return value > 0 && Number(value.toFixed(decimals)) !== 0 ? "+" + text : text;
}

/** Decimals that show three figures of a number. */
function decimalsFor(value) {
  const size = Math.abs(value);
  if (size === 0 || size >= 100) return 0;
  return size >= 10 ? 1 : 2;
}

/** Large amounts in the words of the language: million and billion, or 万 and 亿. */
const STEPS = zh ? [[1e8, "step.hundred_million"], [1e4, "step.ten_thousand"]]
  : [[1e9, "step.billion"], [1e6, "step.million"]];

export function amount(value, unit, sign = false) {
  if (value === null) return t("none");
  const write = sign ? signed : number;
  const step = STEPS.find(([size]) => Math.abs(value) >= size);
  if (!step) return t("with_unit", {number: write(value), unit: t(unit)});
  const figure = value / step[0];
  return t("with_step", {number: write(figure, decimalsFor(figure)), step: t(step[1]),
    unit: t(unit)});
}

const UNITS = {"1": "unit.share", persons: "unit.persons", jobs: "unit.jobs", yuan: "unit.yuan",
  "yuan/month": "unit.yuan_month", "yuan/person": "unit.yuan_person"};

export function unitName(unit) {
  return UNITS[unit] ? t(UNITS[unit]) : unit;
}

/** A value of an indicator, with unit. */
export function value(unit, figure, decimals = 2) {
  if (figure === null) return t("none");
  if (unit === "1") return t("percent", {number: number(100 * figure, decimals)});
  if (unit === "yuan") return amount(figure, "unit.yuan");
  return t("with_unit", {number: number(figure), unit: unitName(unit)});
}

/** A difference of an indicator, signed, with unit; shares differ by points. */
export function difference(unit, figure, decimals = 2) {
  if (figure === null) return t("none");
  if (unit === "1") return t("points", {number: signed(100 * figure, decimals)});
  if (unit === "yuan") return amount(figure, "unit.yuan", true);
  const places = unit === "yuan/month" ? 1 : 0;
  return t("with_unit", {number: signed(figure, places), unit: unitName(unit)});
}

/** "95 % interval from .. to ..)" without repeating the unit, or what is missing. */
export function interval(unit, {low, high}) {
  if (low === null || high === null) return t("interval.none");
  const most = Math.max(Math.abs(low), Math.abs(high));
  const step = unit === "yuan" ? STEPS.find(([size]) => most >= size) : null;
  const plain = unit === "1" ? (x) => signed(100 * x, 2)
    : step ? (x) => signed(x / step[0], most / step[0] >= 100 ? 1 : 2)
      : (x) => signed(x, unit === "yuan/month" ? 1 : 0);
  return t("interval", {low: plain(low), high: plain(high)});
}

/** The interval of a mean with a standard error. */
export function around(unit, mean, error) {
  const half = error === null || data.quantile === null ? null : data.quantile * error;
  return interval(unit, half === null ? {low: null, high: null}
    : {low: mean - half, high: mean + half});
}

/**
 * How an axis writes values of a unit: {divide, label, points}.
 * most is the largest absolute value on the axis; change says that values are differences.
 */
export function axis(unit, most, change = false) {
  if (unit === "1") return {divide: 0.01, label: t(change ? "axis.points" : "axis.percent")};
  const step = STEPS.find(([size]) => most >= 2 * size) ||
    (!zh && most >= 2e4 ? [1e3, "step.thousand"] : null);
  if (!step) return {divide: 1, label: unitName(unit)};
  return {divide: step[0], label: t("step_unit", {step: t(step[1]), unit: unitName(unit)})};
}
