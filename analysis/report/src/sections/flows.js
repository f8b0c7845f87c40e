// SPDX-License-Identifier: Apache-2.0
// From which county to which town: the largest flows of a class, as bands and as a table.
import {sankey, sankeyJustify, sankeyLinkHorizontal} from "d3-sankey";
import {alternativeName, data, horizon, t} from "../data.js";
import {COLOURS, GREY, el, figure, select, widthOf} from "../dom.js";
import {number} from "../format.js";

const MOST = 30;
const SVG = "http://www.w3.org/2000/svg";

function svg(name, attributes, text = null) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== null) node.textContent = text;
  return node;
}

/** About how many pixels a text takes: Chinese characters are as wide as high. */
function wide(text, size) {
  return [...text].reduce((sum, sign) => sum + (sign > "\u2e80" ? 1 : 0.58), 0) * size;
}

/** Nodes and links as d3-sankey wants them; an area is one node as origin, another as town. */
function graphOf(rows) {
  const nodes = new Map();
  const node = (side, area) => {
    const key = side + area;
    if (!nodes.has(key)) nodes.set(key, {key, side, area, name: data.areas[area].name});
    return key;
  };
  const links = rows.map((row) => ({source: node("from", row.origin),
    target: node("to", row.destination), value: row.persons}));
  return {nodes: [...nodes.values()], links};
}

function coloursOf(graph) {
  const towns = graph.nodes.filter((node) => node.side === "to")
    .sort((a, b) => b.value - a.value);
  return new Map(towns.map((node, i) => [node.key, COLOURS[i] || "#999999"]));
}

function bands(box, rows) {
  const width = widthOf(box);
  const graph = graphOf(rows);
  const size = width < 500 ? 11.5 : 12.5;
  const margin = Math.min(0.36 * width, 16 + Math.max(...graph.nodes.map((node) =>
    wide(`${node.name} 00,000`, size))));
  const tall = Math.max(...["from", "to"].map((side) =>
    graph.nodes.filter((node) => node.side === side).length));
  const height = Math.max(240, 20 * tall + 30);
  sankey().nodeId((node) => node.key).nodeAlign(sankeyJustify).nodeWidth(10)
    .nodePadding(8).extent([[margin, 22], [width - margin, height - 8]])(graph);
  const colours = coloursOf(graph);
  const picture = svg("svg", {viewBox: `0 0 ${width} ${height}`, width, height, role: "img",
    "aria-label": t("flows.title"), "font-size": size, id: "sankey"});
  picture.append(svg("text", {x: 0, y: 12, "text-anchor": "start", "font-weight": 600},
    t("flows.from")), svg("text", {x: width, y: 12, "text-anchor": "end",
    "font-weight": 600}, t("flows.to", {year: horizon})));
  for (const link of graph.links) {
    picture.append(svg("path", {d: sankeyLinkHorizontal()(link), fill: "none",
      stroke: colours.get(link.target.key), "stroke-opacity": 0.5,
      "stroke-width": Math.max(1, link.width)}));
  }
  for (const node of graph.nodes) {
    const left = node.side === "from";
    picture.append(svg("rect", {x: node.x0, y: node.y0, width: node.x1 - node.x0,
      height: Math.max(1, node.y1 - node.y0), fill: colours.get(node.key) || GREY}),
    svg("text", {x: left ? node.x0 - 6 : node.x1 + 6, y: (node.y0 + node.y1) / 2, dy: "0.35em",
      "text-anchor": left ? "end" : "start"}, `${node.name} ${number(node.value)}`));
  }
  return picture;
}

function table(rows) {
  const head = ["flows.from", "flows.to", "flows.persons"].map((key, i) =>
    el("th", {class: i === 2 ? "number" : null}, t(key, {year: horizon})));
  return el("details", {}, el("summary", {}, t("flows.table", {number: rows.length})),
    el("div", {class: "scroll"}, el("table", {}, el("thead", {}, el("tr", {}, head)),
      el("tbody", {}, rows.map((row) => el("tr", {},
        el("td", {}, data.areas[row.origin].name), el("td", {}, data.areas[row.destination].name),
        el("td", {class: "number"}, number(row.persons))))))));
}

export function draw(box, state) {
  const kinds = data.flows.classes;
  const of = data.flows.rows[state.alternative];
  const all = of.filter((row) => row.class === state.flow);
  const rows = all.slice(0, MOST);
  box.replaceChildren(el("h2", {}, t("flows.title")),
    select("flow", t("control.class"), kinds.map((name, c) => [c, t(`class.${name}`)]),
      kinds.indexOf(state.flow), (c) => {
        state.flow = kinds[c];
        draw(box, state);
      }));
  if (!rows.length) {
    box.append(el("p", {}, t("flows.empty", {alternative: alternativeName(state.alternative)})));
    return;
  }
  const shown = rows.reduce((sum, row) => sum + row.persons, 0);
  box.append(el("p", {class: "finding"}, t("flows.finding", {year: horizon,
    origin: data.areas[rows[0].origin].name, destination: data.areas[rows[0].destination].name,
    persons: number(rows[0].persons), class: t(`class.${state.flow}`)})));
  box.append(figure(null, bands(box, rows), t("flows.note", {number: rows.length,
    shown: number(shown), total: number(data.flows.totals[state.alternative][state.flow])})),
  table(all));
}
