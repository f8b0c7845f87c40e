// SPDX-License-Identifier: Apache-2.0
// The page: what is chosen, the sections in their order, and when each is drawn again.
import {data, t} from "./data.js";
import {el, select, setPaper} from "./dom.js";
import {limits, programmes, provenance} from "./sections/about.js";
import {draw as attribution} from "./sections/attribution.js";
import {draw as flows} from "./sections/flows.js";
import {draw as headline} from "./sections/headline.js";
import {draw as induced} from "./sections/induced.js";
import {draw as lines} from "./sections/lines.js";
import {draw as loads} from "./sections/loads.js";
import {draw as plane} from "./sections/plane.js";
import {draw as pyramids} from "./sections/pyramids.js";
import {draw as table} from "./sections/table.js";
import {draw as tornado} from "./sections/tornado.js";

const state = {alternative: 0, indicator: 0, area: 0, year: data.horizon,
  flow: data.flows.classes[0], zone: 1, filter: "", sort: {key: "difference", down: true}};

// What is chosen above decides about all but the last two.
const SECTIONS = [["headline", headline], ["lines", lines], ["levers", tornado],
  ["plane", plane], ["induced", induced], ["flows", flows], ["pyramids", pyramids],
  ["loads", loads], ["attribution", attribution], ["programmes", programmes], ["areas", table],
  ["provenance", provenance], ["limits", limits]];

const boxes = new Map();

function drawAll() {
  for (const [id, draw] of SECTIONS) draw(boxes.get(id), state);
}

function choose(name) {
  return (value) => {
    state[name] = value;
    drawAll();
  };
}

function controls() {
  const areas = data.areas.slice(0, data.lineAreas);
  return el("nav", {class: "controls"},
    select("alternative", t("control.alternative"),
      data.scenarios.slice(1).map((scenario, k) => [k, scenario.label]), 0,
      choose("alternative")),
    select("indicator", t("control.indicator"),
      data.indicators.map((indicator, i) => [i, indicator.label]), 0, choose("indicator")),
    select("area", t("control.area"), areas.map((area, a) => [a, area.name]), 0,
      choose("area")));
}

function start() {
  const page = document.getElementById("report");
  page.replaceChildren();
  for (const [id] of SECTIONS) {
    boxes.set(id, el("section", {id}));
    page.append(boxes.get(id));
    if (id === "headline") page.append(controls());
  }
  drawAll();
  let width = page.clientWidth;
  let waiting = null;
  new ResizeObserver(() => {
    if (page.clientWidth === width || matchMedia("print").matches) return;
    width = page.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 150);
  }).observe(page);
  // On paper nothing is folded away.
  addEventListener("beforeprint", () => {
    setPaper(true);
    drawAll();
    for (const details of document.querySelectorAll("details:not([open])")) {
      details.open = true;
    }
  });
  addEventListener("afterprint", () => {
    setPaper(false);
    drawAll();
  });
  document.documentElement.dataset.ready = "";
}

start();
