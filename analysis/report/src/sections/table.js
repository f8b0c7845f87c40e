// SPDX-License-Identifier: Apache-2.0
// All areas at the horizon for the chosen indicator: filter, sort, take away as CSV.
import {base, data, horizon, t} from "../data.js";
import {el} from "../dom.js";
import {axis, number, signed} from "../format.js";

const COLUMNS = ["name", "kind", "base", "value", "difference", "low", "high"];

function rowsOf(k, i) {
  const {value, difference, low, high} = data.horizonTable;
  return data.areas.map((area, a) => ({code: area.code, name: area.name,
    kind: t(`kind.${area.kind}`), base: value[0][i][a], value: value[k + 1][i][a],
    difference: difference[k][i][a], low: low[k][i][a], high: high[k][i][a]}));
}

/** One unit for the whole column, so that figures can be compared. */
function forms(unit) {
  if (unit === "1") {
    return {unit: t("axis.percent"), change: t("axis.points"),
      write: (x) => x === null ? t("none") : number(100 * x, 2),
      differ: (x) => x === null ? t("none") : signed(100 * x, 2)};
  }
  const form = unit === "yuan" ? axis(unit, 1e7) : axis(unit, 0);
  const places = unit === "persons" || unit === "jobs" ? 0 : 1;
  return {unit: form.label, change: form.label,
    write: (x) => x === null ? t("none") : number(x / form.divide, places),
    differ: (x) => x === null ? t("none") : signed(x / form.divide, places)};
}

function sorted(rows, {key, down}) {
  const sign = down ? -1 : 1;
  return [...rows].sort((a, b) => {
    if (a[key] === null || b[key] === null) return (a[key] === null) - (b[key] === null);
    return sign * (typeof a[key] === "string" ? a[key].localeCompare(b[key], data.lang)
      : a[key] - b[key]);
  });
}

function csv(rows, form) {
  const quote = (x) => /[",\n]/.test(x) ? `"${x.replace(/"/g, '""')}"` : x;
  const head = ["code", ...COLUMNS].map((key) => t(`table.${key}`));
  const lines = rows.map((row) => ["code", ...COLUMNS].map((key) =>
    row[key] === null ? "" : String(row[key])));
  return [head, ...lines].map((line) => line.map(quote).join(",")).join("\r\n") + "\r\n";
}

/** Offers text as a file; the leading mark makes spreadsheets read it as UTF-8. */
function download(name, text) {
  const url = URL.createObjectURL(new Blob(["\ufeff", text], {type: "text/csv"}));
  const link = el("a", {href: url, download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function body(rows, form) {
  return rows.map((row) => el("tr", {"data-code": row.code}, COLUMNS.map((key) => {
    const text = key === "name" || key === "kind" ? row[key]
      : ["base", "value"].includes(key) ? form.write(row[key]) : form.differ(row[key]);
    return el("td", {class: ["name", "kind"].includes(key) ? key : `number ${key}`}, text);
  })));
}

export function draw(box, state) {
  const {alternative: k, indicator: i} = state;
  const {label, unit, name} = data.indicators[i];
  const form = forms(unit);
  const rows = rowsOf(k, i);
  const shown = () => {
    const words = state.filter.toLowerCase();
    return sorted(rows.filter((row) => `${row.name} ${row.kind} ${row.code}`.toLowerCase()
      .includes(words)), state.sort);
  };
  const place = el("tbody", {});
  const count = el("span", {class: "count"});
  const fill = () => {
    const now = shown();
    place.replaceChildren(...body(now, form));
    count.textContent = t("table.count", {shown: now.length, all: rows.length});
    for (const head of headings) {
      const own = head.dataset.key === state.sort.key;
      head.setAttribute("aria-sort", own ? (state.sort.down ? "descending" : "ascending")
        : "none");
    }
  };
  const headings = COLUMNS.map((key) => el("th", {"data-key": key,
    class: key === "name" || key === "kind" ? key : `number ${key}`}, el("button",
    {type: "button", onclick: () => {
      state.sort = {key, down: state.sort.key === key ? !state.sort.down
        : !["name", "kind"].includes(key)};
      fill();
    }}, t(`table.${key}`, {base: base.label}))));
  const filter = el("input", {type: "search", id: "filter", value: state.filter,
    oninput: (event) => {
      state.filter = event.target.value;
      fill();
    }});
  box.replaceChildren(el("h2", {}, t("table.title", {indicator: label, year: horizon})),
    el("p", {class: "controls"}, el("label", {class: "control", for: "filter"},
      el("span", {}, t("table.filter")), filter),
    el("button", {type: "button", id: "download", onclick: () =>
      download(`${data.scenarios[k + 1].name}-${name}-${horizon}.csv`, csv(shown(), form))},
    t("table.download")), count),
    el("p", {class: "note"}, t("table.units", {unit: form.unit, change: form.change})),
    el("div", {class: "scroll"}, el("table", {id: "areas"},
      el("thead", {}, el("tr", {}, headings)), place)));
  fill();
}
