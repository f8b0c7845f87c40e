// SPDX-License-Identifier: Apache-2.0
// Elements, controls and the frame of a chart.
import * as Plot from "@observablehq/plot";
import {t} from "./data.js";

// Okabe & Ito (2008): distinguishable with all common forms of colour blindness.
export const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];
export const GREY = "#555555";
export const MORE = COLOURS[0];
export const LESS = COLOURS[1];

/** el("p", {class: "note"}, "text", child): an element with attributes and children. */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null) node.setAttribute(key, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Puts children in place of what a box holds; nothing for null. */
export function fill(box, ...children) {
  box.replaceChildren(...children.flat().filter((child) => child !== null));
}

/** A labelled select; options are [value, text]. */
export function select(id, label, options, chosen, onchange) {
  const box = el("select", {id, onchange: (event) => onchange(Number(event.target.value))},
    options.map(([value, text]) => el("option", {value, selected: value === chosen}, text)));
  return el("label", {class: "control", for: id}, el("span", {}, label), box);
}

/** Names of colours, each a swatch: [{colour, text, shape}]. */
export function legend(entries) {
  return el("p", {class: "legend"}, entries.map(({colour, text, shape = "box"}) =>
    el("span", {}, el("i", {class: shape, style: `--colour:${colour}`}), text)));
}

// A4 with its margins, in pixels; charts are drawn anew for paper whatever the screen is.
const PAPER = 680;
let onPaper = false;

export function setPaper(paper) {
  onPaper = paper;
}

/** Width that a chart may take inside its box. */
export function widthOf(box) {
  if (onPaper) return PAPER;
  return Math.max(280, Math.min(980, box.clientWidth || 800));
}

/** Width of one of several small charts beside each other. */
export function panelWidth(box) {
  return Math.min(widthOf(box), 320);
}

/** A Plot with what all charts of the page have in common. */
export function chart(options) {
  return Plot.plot({marginTop: 28, marginBottom: 38, marginRight: 16, marginLeft: 48, ...options,
    style: {fontSize: "12.5px", fontFamily: "inherit", overflow: "visible", ...options.style}});
}

/** A figure: title, chart and the sentence below it. */
export function figure(title, drawn, note = null) {
  return el("figure", {}, title ? el("figcaption", {}, title) : null, drawn,
    note ? el("p", {class: "note"}, note) : null);
}

/** A years axis without thousands separators and with room between ticks. */
export function yearAxis(years, width) {
  const apart = Math.ceil(years.length / Math.max(3, Math.floor(width / 70)));
  const ticks = years.filter((year, i) => i % apart === 0);
  return {ticks, tickFormat: String, label: t("axis.november")};
}
