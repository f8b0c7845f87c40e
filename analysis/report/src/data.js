// SPDX-License-Identifier: Apache-2.0
// The comparison as embedded in the page, and the few questions that every section asks of it.
// Indices: scenario 0 is the base, alternative k is scenario k + 1.

export const data = JSON.parse(document.getElementById("data").textContent);

/** Text of a key in the page's language; {name} is replaced by values.name. */
export function t(key, values = {}) {
  const text = data.labels[key];
  if (text === undefined) throw new Error(`no label ${key}`);
  return text.replace(/\{(\w+)\}/g, (all, name) => {
    if (!(name in values)) throw new Error(`label ${key} wants ${name}`);
    return values[name];
  });
}

export const horizon = data.years[data.horizon];
export const base = data.scenarios[0];

export function alternativeName(k) {
  return data.scenarios[k + 1].label;
}

export function indicatorIndex(name) {
  return data.indicators.findIndex((indicator) => indicator.name === name);
}

/** Mean difference, alternative less base, with its interval, at the horizon. */
export function differenceAt(k, i, area) {
  const {difference, low, high} = data.horizonTable;
  return {value: difference[k][i][area], low: low[k][i][area], high: high[k][i][area]};
}

/** Whether an interval excludes 0; undefined without an interval. */
export function distinguishable({low, high}) {
  if (low === null || high === null) return undefined;
  return low > 0 || high < 0;
}

export function classIndex(name) {
  return data.classes.names.indexOf(name);
}

/** Persons of a class at a year, of a start or of all, whole region. */
export function classPersons(k, name, year, start = null) {
  const rows = data.classes.persons[k][classIndex(name)];
  return rows.reduce((sum, row, s) => start === null || s === start ? sum + row[year] : sum, 0);
}
