#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One HTML page, readable without a network, from a comparison file of `townward compare`.

    python3 analysis/report.py cmp.h5 -o report.html --lang zh

The page is analysis/report/src/page.html with the script and style of analysis/report/built and the
figures as JSON; nothing else is needed to open it.
"""
import argparse
import base64
import hashlib
import html
import json
import math
import os
import sys

import numpy as np

from townward_comparison import MOVERS, Comparison, interval, student_quantile
from wording import LANGUAGES, Words

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "report")
# Lines of every county are embedded while the figures of all lines stay below this.
MOST_LINE_FIGURES = 330_000
MOST_FLOWS = 100


def plain(values, figures=6):
    """Nested lists for JSON: so many figures of each number, null for NaN."""
    if isinstance(values, np.ndarray):
        values = values.tolist()
    if isinstance(values, (list, tuple)):
        return [plain(value, figures) for value in values]
    if isinstance(values, (float, np.floating)):
        if not math.isfinite(values):
            return None
        short = float(f"{values:.{figures}g}")
        return int(short) if short == int(short) and abs(short) < 1e15 else short
    return values


def scenarios(comparison, words):
    own = list(zip(comparison.scenarios, comparison.questions, comparison.texts))
    return [{"name": name, "label": words.known("scenario." + name, name),
             "question": words.question(question), "text": text} for name, question, text in own]


def areas(comparison, words):
    names = comparison.area_names_zh if words.language == "zh" else comparison.area_names
    return [{"code": code, "name": name or code, "kind": kind, "longitude": plain(float(lon)),
             "latitude": plain(float(lat))}
            for code, name, kind, lon, lat in zip(
                comparison.area_codes, names, comparison.area_kinds, comparison.longitude,
                comparison.latitude)]


def indicators(comparison, words):
    return [{"name": name, "unit": unit, "label": words.known("indicator." + name, name),
             "sentence": words.known("sentence." + name, sentence)}
            for name, unit, sentence in zip(comparison.indicators, comparison.units,
                                            comparison.sentences)]


def lines(comparison):
    """Lines by year, axes turned to (scenario or alternative, indicator, area, year)."""
    bands = [comparison.band(s) for s in range(len(comparison.scenarios))]
    kinds = 3 if comparison.num_replicates > 1 else 1
    figures = kinds * bands[0][0].size * (2 * len(bands) - 1)
    num = len(comparison.area_codes) if figures <= MOST_LINE_FIGURES else \
        comparison.area_kinds.index("county")

    def turned(rows):
        if rows[0] is None:
            return None
        return plain(np.stack(rows)[..., :num].transpose(0, 2, 3, 1), 5)
    found = {name: turned([band[i] for band in bands])
             for i, name in enumerate(("mean", "low", "high"))}
    for name, values in (("difference", comparison.difference), ("differenceLow", comparison.low),
                         ("differenceHigh", comparison.high)):
        found[name] = turned(list(values))
    return {"lineAreas": num, **found}


def at_horizon(comparison):
    h = comparison.horizon
    value = np.stack([comparison.band(s)[0][h] for s in range(len(comparison.scenarios))])
    return {"value": plain(value, 9), "difference": plain(comparison.difference[:, h], 9),
            "low": plain(comparison.low[:, h], 9), "high": plain(comparison.high[:, h], 9)}


def people(comparison):
    """Who lives where: classes of the region, movers by county, kinds of persons."""
    mean = comparison.class_mean()
    where = {name: comparison.classes.index(name) for name in MOVERS}
    names = {"income": ["1", "2", "3", "4", "5"], "age": comparison.words("age_class"),
             "household": comparison.words("household_type")}
    return {
        "classes": {"names": comparison.classes, "starts": comparison.starts,
                    "persons": plain(mean[..., 0].transpose(0, 2, 3, 1), 9)},
        "onlyTown": only_town(comparison),
        "movers": [{name: plain(mean[k, :, c].sum(axis=1), 6) for name, c in where.items()}
                   for k in range(len(comparison.alternatives))],
        "groups": {kind: {"names": names[kind], "persons": plain(comparison.class_by(kind), 9)}
                   for kind in names},
    }


def only_town(comparison):
    """Town residents of the region at the horizon alive in one run only: base, alternative."""
    if not comparison.has("only_town"):
        return None
    at = comparison.numbers("only_town")[:, :, comparison.horizon, :, 0]
    order = [comparison.words("side").index(side) for side in ("base", "alternative")]
    return plain(at.mean(axis=1)[:, order], 9)


def flows(comparison):
    kinds = [name for name in ("induced", "redirected", "deterred", "always")
             if name in comparison.classes]
    found = comparison.flows()
    rows, totals = [], []
    for k in range(len(comparison.alternatives)):
        own = {kind: found.get((k, kind), []) for kind in kinds}
        totals.append({kind: plain(float(sum(row[0] for row in own[kind]))) for kind in kinds})
        rows.append([{"class": kind, "persons": plain(persons, 9), "origin": origin,
                      "destination": destination} for kind in kinds
                     for persons, origin, destination in own[kind][:MOST_FLOWS]])
    return {"classes": kinds, "rows": rows, "totals": totals}


def money(comparison):
    """Outlay, cost per additional resident, and the points of the cost-effectiveness plane."""
    paid, more = comparison.outlay_until_horizon(), comparison.additional("town_residents")
    outlay = [dict(zip(("value", "low", "high"), plain(list(row), 9)))
              for row in zip(*interval(paid))]
    costs = {name: [dict(zip(("value", "low", "high"), plain([float(x) for x in row], 9)))
                    for row in zip(*comparison.cost("cost_per_" + name))]
             for name in ("resident", "registered")}
    plane = [{"mean": plain([more[k].mean(), paid[k].mean()], 9),
              "replicates": plain(np.stack([more[k], paid[k]], axis=1), 7)
              if comparison.num_replicates > 1 else []} for k in range(len(paid))]
    return {"outlay": outlay, "costs": costs, "plane": plane}


def programmes(comparison):
    if not comparison.has("programme"):
        return []
    text = {name: comparison.words("programme_" + name)
            for name in ("lever", "name", "group", "plan", "payer", "grade")}
    until = comparison.horizon + 1
    amounts = {name: comparison.numbers("programme_" + name)[:, :, :until].mean(axis=1).sum(axis=1)
               for name in ("outlay", "units", "refused")}
    amounts["recipients"] = comparison.numbers("programme_recipients").mean(axis=1)
    amounts["deadweight"] = comparison.numbers("deadweight")
    return [{"alternative": int(k), **{name: text[name][p] for name in text},
             **{name: plain(float(amounts[name][p]), 9) for name in amounts}}
            for p, k in enumerate(comparison.numbers("programme_alternative"))]


def shapley(comparison, words):
    if not comparison.has("shapley"):
        return None
    groups = comparison.words("group")
    return {"indicators": comparison.words("indicator_attributed"),
            "groups": [{"name": name, "label": words.known("group." + name, name)}
                       for name in groups],
            **{name: plain(comparison.numbers(variable), 9) for name, variable in (
                ("value", "shapley"), ("error", "shapley_se"), ("alone", "shapley_alone"),
                ("last", "shapley_last"))}}


def singles(comparison):
    if not comparison.has("single"):
        return None
    h = comparison.horizon
    paid = comparison.numbers("single_outlay")[:, :h + 1].sum(axis=1)
    part = {name: comparison.numbers("single_" + variable)[:, h] for name, variable in (
        ("alone", "alone"), ("aloneSe", "alone_se"), ("without", "without"))}
    return [{"lever": lever, "alternative": int(k), "outlay": plain(float(paid[i]), 9),
             **{name: plain(values[i], 9) for name, values in part.items()}}
            for i, (lever, k) in enumerate(zip(comparison.words("single"),
                                               comparison.numbers("single_alternative")))]


def pyramid(comparison):
    persons, ages = comparison.pyramid()
    return {"ages": ages, "persons": plain(persons[:, [0, comparison.horizon]], 7)}


def about(comparison):
    get = comparison.attributes.get
    run = comparison.file.get("provenance/run")
    command = run.attrs.get("command", "") if run is not None else ""
    return {"file": os.path.basename(comparison.path), "region": get("region"),
            "sample": plain(float(get("sample", 1))), "seed": get("seed"),
            "replicates": comparison.num_replicates, "version": get("townward_version", ""),
            "revision": get("townward_revision", ""), "digest": get("digest", ""),
            "command": command.decode("utf-8") if isinstance(command, bytes) else command}


def embedded(comparison, words):
    """Everything that the page shows, as it is written into it."""
    goal = comparison.goal()
    several = comparison.num_replicates > 1
    return {
        "quantile": student_quantile(comparison.num_replicates - 1) if several else None,
        "lang": words.language, "labels": words.text, "meta": about(comparison),
        "years": comparison.years, "horizon": comparison.horizon,
        "goal": {"year": goal[0], "rate": goal[1]} if goal else None,
        "scenarios": scenarios(comparison, words), "areas": areas(comparison, words),
        "indicators": indicators(comparison, words), **lines(comparison),
        "horizonTable": at_horizon(comparison), **people(comparison), "flows": flows(comparison),
        **money(comparison), "programmes": programmes(comparison),
        "shapley": shapley(comparison, words), "singles": singles(comparison),
        "pyramid": pyramid(comparison),
    }


def read(*parts):
    with open(os.path.join(FOLDER, *parts), encoding="utf-8") as source:
        return source.read()


def policy(script):
    """Content security: this one script, styles of the page, no request of any kind."""
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return (f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
            "base-uri 'none'; form-action 'none'")


def page(comparison, words):
    script, data = read("built", "report.js"), embedded(comparison, words)
    title = words("page.title", region=data["areas"][0]["name"],
                  scenarios=words("list.comma").join(s["label"] for s in data["scenarios"]))
    # "<" never stands in the data, so that nothing in a scenario can end its element.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    parts = {"lang": "zh-CN" if words.language == "zh" else "en", "policy": policy(script),
             "generator": html.escape(f"Townward {data['meta']['version']}"),
             "title": html.escape(title), "noscript": html.escape(words("page.noscript")),
             "style": read("built", "report.css"), "data": text.replace("<", "\\u003c"),
             "script": script}
    pieces = read("src", "page.html").split("{{")
    out = [pieces[0]]
    for piece in pieces[1:]:
        name, rest = piece.split("}}", 1)
        out += [parts[name], rest]
    return "".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("comparison", help="file of `townward compare`")
    parser.add_argument("-o", "--output", default="report.html", help="the page to write")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the page")
    arguments = parser.parse_args()
    try:
        comparison = Comparison(arguments.comparison)
        text = page(comparison, Words(arguments.lang))
    except (OSError, KeyError, ValueError) as problem:
        print(f"report.py: cannot read a comparison file: {problem}", file=sys.stderr)
        return 2
    try:
        with open(arguments.output, "w", encoding="utf-8") as target:
            target.write(text)
    except OSError as problem:
        print(f"report.py: cannot write the page: {problem}", file=sys.stderr)
        return 1
    print(f"{arguments.output} {len(text.encode('utf-8')) / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
