#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Charts for papers from a comparison file of `townward compare`: PNG, SVG and PDF.

    python3 analysis/comparison_charts.py cmp.h5 --out charts --format svg,pdf --style print --lang zh

They are those of the page that report.py makes; the style `print` needs no colour.
"""
import argparse
import os
import sys

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Patch, PathPatch, Rectangle
from matplotlib.path import Path

from chart_style import (FORMATS, GREY, STYLES, NoFont, Style, bare, finish, name_points,
                         use_language, wrapped)
from townward_comparison import Comparison, student_quantile
from wording import LANGUAGES, Words

WIDTH = 7.0
LOADS = ("rent", "rent_burden", "vacancy_rate", "school_load", "hospital_load",
         "unemployment_rate")
MOST_FLOWS = 30


class Sheet:
    """What every chart needs: the file, the words, the look, and where charts go."""

    def __init__(self, comparison, words, style, out, formats):
        self.comparison, self.words, self.style = comparison, words, style
        self.out, self.formats = out, formats
        chinese = words.language == "zh"
        self.names = comparison.area_names_zh if chinese else comparison.area_names
        self.scenarios = [words.known("scenario." + name, name) for name in comparison.scenarios]
        self.year = comparison.horizon_year
        self.quantile = student_quantile(comparison.num_replicates - 1) \
            if comparison.num_replicates > 1 else np.nan

    def label(self, indicator):
        return self.words.known("indicator." + indicator, indicator)

    def alternative(self, k):
        return self.scenarios[k + 1]

    def interval(self, unit, low, high):
        if not np.isfinite(low):
            return self.words("interval.none")
        factor, decimals = (100, 2) if unit == "1" else (1, 0)
        return self.words("interval", low=self.words.number(factor * low, decimals, sign=True),
                          high=self.words.number(factor * high, decimals, sign=True))

    def around(self, mean, error):
        """Interval of a share with a standard error."""
        half = self.quantile * error
        return self.interval("1", mean - half, mean + half)

    def figure(self, height, title, note, columns=1, rows=1, left=0.75, right=0.25, between=0.5,
               above=0.15, below=0.5, **options):
        """Axes between a title and a note, both wrapped; sizes in inches."""
        title = wrapped(title, 77, self.words.language)
        note = wrapped(note, 118, self.words.language)
        top = 0.16 + 0.2 * (title.count("\n") + 1) + above
        bottom = 0.12 + 0.155 * (note.count("\n") + 1) + below if note else 0.1 + below
        whole = height + top + bottom
        figure, axes = plt.subplots(rows, columns, figsize=(WIDTH, whole), squeeze=False,
                                    **options)
        figure.subplots_adjust(left=left / WIDTH, right=1 - right / WIDTH, top=1 - top / whole,
                               bottom=bottom / whole, wspace=between,
                               hspace=options.get("gridspec_kw", {}).get("hspace", 0.5))
        figure.text(0.01, 1 - 0.1 / whole, title, fontsize=10.5, va="top",
                    fontweight="normal" if self.words.language == "zh" else "bold")
        figure.text(0.01, 0.08 / whole, note, fontsize=7.5, va="bottom", color=GREY)
        self.above_note = (bottom - below) / whole
        for axis in axes.flat:
            axis.tick_params(labelsize=8)
        return figure, axes

    def legend(self, figure, handles, labels, **options):
        """A legend between the axes and the note of the last figure, which has room `below`."""
        figure.legend(handles, labels, loc="lower center", frameon=False, fontsize=8,
                      ncol=len(labels), bbox_to_anchor=(0.5, self.above_note), **options)

    def finish(self, figure, name):
        finish(figure, self.out, name, formats=self.formats, dpi=200)


def chart_fan(sheet, k):
    """The rate by scenario, and what the alternative adds to the base."""
    comparison, words, style = sheet.comparison, sheet.words, sheet.style
    rate, h = comparison.indicator("urbanization_rate"), comparison.horizon
    gap = comparison.difference[k, :, rate, 0]
    low, high = comparison.low[k, :, rate, 0], comparison.high[k, :, rate, 0]
    values = [comparison.band(s)[0][h, rate, 0] for s in (0, k + 1)]
    title = words("fan.finding", year=sheet.year, alternative=sheet.alternative(k),
                  base=sheet.scenarios[0], value=words.value("1", values[1]),
                  base_value=words.value("1", values[0]), difference=words.difference("1", gap[h]),
                  interval=sheet.interval("1", low[h], high[h]))
    bands = words("fan.band", replicates=comparison.num_replicates) \
        if comparison.num_replicates > 1 else words("fan.no_band")
    figure, axes = sheet.figure(4.6, title, bands + " " + words("fan.difference_note"), rows=2,
                                sharex=True, gridspec_kw={"height_ratios": [2, 1],
                                                          "hspace": 0.28})
    above, below = axes[:, 0]
    for s, name in enumerate(sheet.scenarios):
        mean, lowest, highest = (None if part is None else 100 * part[:, rate, 0]
                                 for part in comparison.band(s))
        if lowest is not None:
            above.fill_between(comparison.years, lowest, highest, **style.band(s))
        above.plot(comparison.years, mean, label=name, **style.line(s))
    goal = comparison.goal()
    if goal:
        above.plot([goal[0]], [100 * goal[1]], "D", color="black", fillstyle="none", markersize=6)
        above.annotate(words("fan.goal", year=goal[0], rate=words.value("1", goal[1], 0)),
                       (goal[0], 100 * goal[1]), xytext=(-8, 6), textcoords="offset points",
                       fontsize=8, ha="right")
    above.legend(fontsize=8, frameon=False, loc="upper left")
    above.set_title(words("fan.title", indicator=sheet.label("urbanization_rate"),
                          area=sheet.names[0]), loc="left", fontsize=9)
    if np.isfinite(low).any():
        below.fill_between(comparison.years, 100 * low, 100 * high, **style.band(k + 1))
    below.plot(comparison.years, 100 * gap, **style.line(k + 1))
    below.axhline(0, color="black", linewidth=0.8)
    below.set_title(words("fan.difference_title_of", alternative=sheet.alternative(k),
                          base=sheet.scenarios[0]), loc="left", fontsize=9)
    for axis, unit in ((above, "axis.percent"), (below, "axis.points")):
        axis.axvline(sheet.year, color="#bbbbbb", linewidth=0.8, zorder=0)
        axis.set_ylabel(words(unit), fontsize=8)
        bare(axis)
    below.set_xlabel(words("axis.november"), fontsize=8)
    sheet.finish(figure, f"urbanization_rate_{comparison.alternatives[k]}")


def chart_levers(sheet, k):
    """Single levers: effect alone, what is lost without, outlay."""
    comparison, words, style = sheet.comparison, sheet.words, sheet.style
    if not comparison.has("single"):
        return
    h, rate = comparison.horizon, comparison.indicator("urbanization_rate")
    part = {name: comparison.numbers("single_" + name)[:, h, rate]
            for name in ("alone", "alone_se", "without")}
    paid = comparison.numbers("single_outlay")[:, :h + 1].sum(axis=1)
    levers = comparison.words("single")
    rows = [i for i, of in enumerate(comparison.numbers("single_alternative"))
            if of == k and np.isfinite(part["alone"][i])]
    if not rows:
        return
    rows.sort(key=lambda i: abs(part["alone"][i]))
    best = rows[-1]
    title = words("tornado.finding", lever=levers[best], year=sheet.year,
                  indicator=sheet.label("urbanization_rate"),
                  difference=words.difference("1", part["alone"][best]),
                  interval=sheet.around(part["alone"][best], part["alone_se"][best]),
                  outlay=words.amount(paid[best]))
    figure, axes = sheet.figure(0.3 * len(rows) + 0.2, title,
                                words("tornado.note", year=sheet.year), left=2.35, right=1.2,
                                below=0.75)
    axis = axes[0, 0]
    for y, i in enumerate(rows):
        alone = 100 * part["alone"][i]
        axis.barh(y, alone, height=0.62, **style.bar(alone >= 0))
        error = 100 * sheet.quantile * np.nan_to_num(part["alone_se"][i])
        axis.plot([alone - error, alone + error], [y, y], color="black", linewidth=0.9)
        axis.text(1.02, y, words.amount(paid[i]), transform=axis.get_yaxis_transform(),
                  fontsize=8, va="center")
    axis.plot(100 * part["without"][rows], range(len(rows)), "o", color="black", fillstyle="none",
              markerfacecolor="white", markersize=4.5, label=words("tornado.without"))
    axis.set_yticks(range(len(rows)), [levers[i] for i in rows])
    axis.axvline(0, color="black", linewidth=0.8)
    axis.set_xlabel(words("axis.points"), fontsize=8)
    sheet.legend(figure, *axis.get_legend_handles_labels())
    bare(axis, "x")
    sheet.finish(figure, f"levers_{comparison.alternatives[k]}")


def chart_plane(sheet):
    """Additional residents against additional outlay of all alternatives."""
    comparison, words, style = sheet.comparison, sheet.words, sheet.style
    more, paid = comparison.additional("town_residents"), comparison.outlay_until_horizon()
    cost = comparison.cost("cost_per_resident")[0]
    known = [k for k in range(len(cost)) if np.isfinite(cost[k]) and cost[k] > 0]
    key = "plane.finding" if len(cost) > 1 else "plane.finding_one"
    best = min(known, key=lambda k: cost[k]) if known else None
    title = words("plane.unclear") if best is None else words(
        key, alternative=sheet.alternative(best), cost=words.number(cost[best]), year=sheet.year)
    across, unit_x = words.axis("persons", np.abs(more.mean(axis=1)).max())
    up, unit_y = words.axis("yuan", np.abs(paid.mean(axis=1)).max())
    figure, axes = sheet.figure(3.6, title, words("plane.note", year=sheet.year))
    axis = axes[0, 0]
    for k in range(len(more)):
        look = style.marker(k + 1)
        axis.plot(more[k] / across, paid[k] / up, linestyle="", markersize=3, alpha=0.5, **look)
        axis.plot([more[k].mean() / across], [paid[k].mean() / up], linestyle="", markersize=8,
                  label=sheet.alternative(k), **look)
    right, top = (1.15 * max(values.mean(axis=1).max(), 0) / factor
                  for values, factor in ((more, across), (paid, up)))
    axis.set_xlim(min(0, 1.15 * more.min() / across), right or 1)
    axis.set_ylim(min(0, 1.15 * paid.min() / up), top or 1)
    rays(axis, across / up, words)
    axis.axhline(0, color="black", linewidth=0.8)
    axis.axvline(0, color="black", linewidth=0.8)
    axis.set_xlabel(words("plane.x", unit=unit_x), fontsize=8)
    axis.set_ylabel(words("plane.y", unit=unit_y), fontsize=8)
    axis.legend(fontsize=8, frameon=False, loc="lower right")
    bare(axis, "both")
    sheet.finish(figure, "cost_and_effect")


def rays(axis, scale, words):
    """Dashed lines of equal, round outlay per resident; scale turns yuan a person into slopes."""
    right, top = axis.get_xlim()[1], axis.get_ylim()[1]
    slope = top / right / scale
    power = 10 ** np.floor(np.log10(slope))
    costs = [f * power for f in (0.5, 1, 2, 5, 10, 20) if slope / 5 < f * power < slope * 3]
    for cost in costs:
        x = min(right, top / (cost * scale))
        axis.plot([0, x], [0, x * cost * scale], color="#bbbbbb", linewidth=0.8, linestyle="--",
                  zorder=0)
        axis.annotate(words("with_unit", number=words.number(cost), unit=words("unit.yuan_person")),
                      (x, x * cost * scale), xytext=(-3, -3), textcoords="offset points",
                      fontsize=7, color=GREY, ha="right", va="top")


def chart_map(sheet, k):
    """Induced persons by the county where they lived at the start."""
    comparison, words = sheet.comparison, sheet.words
    counties = np.array([i for i in comparison.counties()
                         if np.isfinite(comparison.longitude[i])])
    induced = comparison.classes.index("induced")
    persons = comparison.class_mean()[k, comparison.horizon, induced].sum(axis=0)[counties]
    x, y = comparison.longitude[counties], comparison.latitude[counties]
    names = [sheet.names[i] for i in counties]
    first = int(np.argmax(persons))
    title = words("map.finding", year=sheet.year, alternative=sheet.alternative(k),
                  persons=words.number(persons.sum()), county=names[first],
                  most=words.number(persons[first]))
    wide, tall = np.ptp(x) + 1.6, np.ptp(y) + 1.2
    stretch = 1 / np.cos(np.radians(y.mean()))
    height = min(5.0, (WIDTH - 0.95) * tall / wide * stretch)
    figure, axes = sheet.figure(height, title, words("map.note"), left=0.7, below=0.85)
    axis = axes[0, 0]
    scale = 700 / max(persons.max(), 1)
    axis.scatter(x, y, s=3, color="#999999", linewidth=0)
    axis.scatter(x, y, s=persons * scale, **sheet.style.bubble())
    name_points(axis, names, x, y, [i for i in np.argsort(-persons)[:14] if persons[i] > 0])
    axis.set_xlim(x.min() - 0.8, x.max() + 0.8)
    axis.set_ylim(y.min() - 0.6, y.max() + 0.6)
    axis.set_aspect(stretch)
    axis.set_xlabel(words("map.longitude"), fontsize=8)
    axis.set_ylabel(words("map.latitude"), fontsize=8)
    for of, key in ((axis.xaxis, "map.east"), (axis.yaxis, "map.north")):
        of.set_major_formatter(lambda value, _, key=key: words(key, number=f"{value:g}"))
    size = 10 ** np.floor(np.log10(max(persons.max(), 10)))
    handles = [axis.scatter([], [], s=amount * scale, **sheet.style.bubble())
               for amount in (size / 4, size)]
    sheet.legend(figure, handles, [words("with_unit", number=words.number(amount),
                                         unit=words("unit.persons"))
                                   for amount in (size / 4, size)], columnspacing=3)
    bare(axis, "both")
    sheet.finish(figure, f"induced_map_{comparison.alternatives[k]}")


def chart_kinds(sheet, k):
    """Induced persons by household, income and age at the start."""
    comparison, words = sheet.comparison, sheet.words
    groups = {"household": comparison.words("household_type"), "income": list("12345"),
              "age": comparison.words("age_class")}
    induced = comparison.classes.index("induced")
    figure, axes = sheet.figure(1.9, words("kinds.title", year=sheet.year) + " – " +
                                sheet.alternative(k), words("kinds.note"), columns=3, left=0.95,
                                right=0.6, between=1.15, above=0.5, below=0.1)
    for axis, (group, names) in zip(axes[0], groups.items()):
        persons = comparison.class_by(group)[k]
        own, all_ = persons[induced], persons.sum(axis=0)
        rate = 1000 * own / np.where(all_ > 0, all_, 1)
        places = np.arange(len(names))[::-1]
        axis.barh(places, own, height=0.62, **sheet.style.bar(True))
        for place, number, share in zip(places, own, rate):
            axis.annotate(words("kinds.bar", persons=words.number(number),
                                rate=words.number(share, 1)), (number, place), xytext=(3, 0),
                          textcoords="offset points", fontsize=7, va="center")
        axis.set_yticks(places, [words(f"{group}.{name}") for name in names], fontsize=8)
        axis.set_xticks([])
        axis.set_xlim(0, 1.75 * max(own.max(), 1))
        axis.set_title(wrapped(words(f"{group}.title"), 24, words.language), loc="left",
                       fontsize=8.5)
        axis.spines[["top", "right", "bottom"]].set_visible(False)
    sheet.finish(figure, f"induced_kinds_{comparison.alternatives[k]}")


def stacked(totals, room, gap):
    """Where nodes of these sizes begin, from the top, when they share a height with gaps."""
    scale = (room - gap * (len(totals) - 1)) / sum(totals)
    begins, at = [], room
    for total in totals:
        begins.append(at)
        at -= total * scale + gap
    return begins, scale


def band_path(x0, x1, top0, top1, thick):
    """Outline of a band between two heights at x0 and x1."""
    middle = (x0 + x1) / 2
    points = [(x0, top0), (middle, top0), (middle, top1), (x1, top1), (x1, top1 - thick),
              (middle, top1 - thick), (middle, top0 - thick), (x0, top0 - thick), (x0, top0)]
    codes = [Path.MOVETO] + [Path.CURVE4] * 3 + [Path.LINETO] + [Path.CURVE4] * 3 + \
        [Path.CLOSEPOLY]
    return Path(points, codes)


def chart_flows(sheet, k):
    """The largest flows of the induced, county of the start to town."""
    comparison, words = sheet.comparison, sheet.words
    rows = comparison.flows().get((k, "induced"), [])
    if not rows:
        return
    shown = rows[:MOST_FLOWS]
    total = sum(row[0] for row in rows)
    title = words("flows.finding", year=sheet.year, origin=sheet.names[shown[0][1]],
                  destination=sheet.names[shown[0][2]], persons=words.number(shown[0][0]),
                  **{"class": words("class.induced")})
    note = words("flows.note", number=len(shown), total=words.number(total),
                 shown=words.number(sum(row[0] for row in shown)))
    sums = [{}, {}]
    for persons, *ends in shown:
        for side, end in zip(sums, ends):
            side[end] = side.get(end, 0) + persons
    # Towns by size; counties in the order of the towns they go to, so that bands cross little.
    towns = sorted(sums[1], key=lambda town: -sums[1][town])
    mean = {county: sum(row[0] * towns.index(row[2]) for row in shown if row[1] == county)
            / sums[0][county] for county in sums[0]}
    order = [sorted(sums[0], key=lambda county: (mean[county], -sums[0][county])), towns]
    room = 0.19 * max(len(order[0]), len(order[1])) + 0.6
    figure, axes = sheet.figure(room, title, note, left=1.6, right=1.6, above=0.25, below=0.05)
    axis = axes[0, 0]
    draw_sankey(sheet, axis, shown, sums, order, room)
    axis.text(-0.03, room + 0.1, words("flows.from"), ha="right", fontsize=8, fontweight="bold")
    axis.text(1.03, room + 0.1, words("flows.to", year=sheet.year), fontsize=8, fontweight="bold")
    sheet.finish(figure, f"flows_{comparison.alternatives[k]}")


def draw_sankey(sheet, axis, shown, sums, order, room):
    gap = 0.09
    placed = []
    scale = min(stacked([sums[side][end] for end in order[side]], room, gap)[1]
                for side in (0, 1))
    for side in (0, 1):
        sizes = [sums[side][end] * scale for end in order[side]]
        spare = (room - sum(sizes)) / max(len(sizes) - 1, 1) if len(sizes) > 1 else 0
        at, begin = room, {}
        for end, size in zip(order[side], sizes):
            begin[end] = at
            axis.add_patch(Rectangle((0 - 0.015 if side == 0 else 1, at - size), 0.015, size,
                                     color="#333333", linewidth=0))
            axis.text(-0.03 if side == 0 else 1.03, at - size / 2,
                      f"{sheet.names[end]} {sheet.words.number(sums[side][end])}", fontsize=7.5,
                      ha="right" if side == 0 else "left", va="center")
            at -= size + spare
        placed.append(begin)
    ranked = {town: rank for rank, town in enumerate(order[1])}
    inside = sorted(shown, key=lambda row: (order[0].index(row[1]), ranked[row[2]]))
    for persons, origin, town in inside:
        thick = persons * scale
        axis.add_patch(PathPatch(band_path(0, 1, placed[0][origin], placed[1][town], thick),
                                 **sheet.style.flow(ranked[town])))
        placed[0][origin] -= thick
        placed[1][town] -= thick
    axis.set_xlim(-0.02, 1.02)
    axis.set_ylim(0, room)
    axis.axis("off")


def chart_pyramids(sheet, k):
    """Residents of towns by age and sex: against the base, against the start, and the change."""
    comparison, words, style = sheet.comparison, sheet.words, sheet.style
    persons, ages = comparison.pyramid()
    h, town = comparison.horizon, 1
    own, base, start = persons[k + 1, h, town], persons[0, h, town], persons[k + 1, 0, town]

    def old(of):
        return words.number(100 * of[:, ages.index("60-64"):].sum() / of.sum(), 1)
    name = sheet.alternative(k)
    title = (words("zone.town").capitalize() + words("list.colon")) + words(
        "pyramid.finding", start=comparison.years[0], year=sheet.year, alternative=name,
        before=old(start), after=old(own), base=sheet.scenarios[0], base_after=old(base))
    figure, axes = sheet.figure(3.2, title, "", columns=3, left=0.6, between=0.28, above=0.5,
                                below=0.8)
    factor, unit = words.axis("persons", own.max())
    places = np.arange(len(ages))
    panels = ((axes[0, 0], base, "pyramid.against_base"),
              (axes[0, 1], start, "pyramid.against_start"))
    for axis, other, key in panels:
        for sex in (0, 1):
            sign = 1 if sex else -1
            axis.barh(places, sign * own[sex] / factor, height=0.85, **style.sex(sex))
            axis.plot(sign * other[sex] / factor, places, "|", color="black", markersize=5.5,
                      markeredgewidth=1.2)
        axis.axvline(0, color="black", linewidth=0.8)
        axis.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
        axis.set_xlabel(unit, fontsize=8)
        axis.set_title(wrapped(words(key, alternative=name, base=sheet.scenarios[0],
                                     year=sheet.year, start=comparison.years[0]), 30,
                               words.language), loc="left", fontsize=8.5)
    axis, change = axes[0, 2], own - base
    factor, unit = words.axis("persons", np.abs(change).max())
    for sex in (0, 1):
        axis.barh(places + (0.21 if sex == 0 else -0.21), change[sex] / factor, height=0.42,
                  **style.sex(sex))
    axis.axvline(0, color="black", linewidth=0.8)
    axis.set_xlabel(unit, fontsize=8)
    axis.set_title(wrapped(words("pyramid.change", alternative=name, base=sheet.scenarios[0],
                                 year=sheet.year), 30, words.language), loc="left", fontsize=8.5)
    for axis in axes[0]:
        axis.set_yticks(places, ages, fontsize=6.5)
        axis.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(5))
        bare(axis, "x")
    handles = [Patch(**style.sex(0)), Patch(**style.sex(1)),
               plt.Line2D([], [], color="black", marker="|", linestyle="", markersize=6)]
    sheet.legend(figure, handles,
                 [words("sex.male"), words("sex.female"), words("pyramid.outline")])
    sheet.finish(figure, f"pyramids_{comparison.alternatives[k]}")


def chart_loads(sheet, k):
    """Dwellings, schools, hospitals and jobs of towns by year, base and alternative."""
    comparison, words, style = sheet.comparison, sheet.words, sheet.style
    shown = [name for name in LOADS if name in comparison.indicators]
    bands = {s: comparison.band(s) for s in (0, k + 1)}
    figure, axes = sheet.figure(3.4, words("loads.title", area=sheet.names[0]), "", columns=3,
                                rows=2, left=0.55, between=0.35, above=0.25, below=0.55,
                                gridspec_kw={"hspace": 0.42})
    for axis, name in zip(axes.flat, shown):
        i = comparison.indicator(name)
        factor, unit = words.axis(comparison.units[i], 0)
        for s, (mean, low, high) in bands.items():
            if low is not None:
                axis.fill_between(comparison.years, low[:, i, 0] / factor, high[:, i, 0] / factor,
                                  **style.band(s))
            axis.plot(comparison.years, mean[:, i, 0] / factor, label=sheet.scenarios[s],
                      **style.line(s))
        axis.set_title(f"{sheet.label(name)} ({unit})" if words.language == "en"
                       else f"{sheet.label(name)}（{unit}）", loc="left", fontsize=8.5)
        axis.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(4, integer=True))
        bare(axis)
    for axis in list(axes.flat)[len(shown):]:
        axis.axis("off")
    sheet.legend(figure, *axes[0, 0].get_legend_handles_labels())
    sheet.finish(figure, f"loads_{comparison.alternatives[k]}")


def chart_attribution(sheet, k):
    """Shapley's value of every group of levers, alone and added last beside it."""
    comparison, words, style = sheet.comparison, sheet.words, sheet.style
    if not comparison.has("shapley"):
        return
    which = comparison.words("indicator_attributed").index("urbanization_rate")
    value, error, alone, last = (100 * comparison.numbers("shapley" + end)[k, which]
                                 for end in ("", "_se", "_alone", "_last"))
    if not np.isfinite(value).any():
        return
    groups = [words.known("group." + name, name) for name in comparison.words("group")]
    order = [g for g in np.argsort(value) if np.isfinite(value[g])]
    best = order[-1]
    total = np.nansum(value) / 100
    title = words("attribution.finding", indicator=sheet.label("urbanization_rate"),
                  alternative=sheet.alternative(k), year=sheet.year, group=groups[best],
                  value=words.difference("1", value[best] / 100),
                  interval=sheet.around(value[best] / 100, error[best] / 100),
                  total=words.difference("1", total),
                  interaction=words.difference("1", total - np.nansum(alone) / 100))
    figure, axes = sheet.figure(0.36 * len(order) + 0.2, title, words("attribution.note"),
                                left=1.55, below=0.75)
    axis = axes[0, 0]
    for y, g in enumerate(order):
        axis.barh(y, value[g], height=0.6, **style.bar(value[g] >= 0))
        if np.isfinite(error[g]):
            half = sheet.quantile * error[g]
            axis.plot([value[g] - half, value[g] + half], [y, y], color="black", linewidth=0.9)
    rows = range(len(order))
    axis.plot(alone[order], rows, "o", color="black", markerfacecolor="white", markersize=5,
              label=words("attribution.alone"))
    axis.plot(last[order], rows, "D", color="black", markersize=4,
              label=words("attribution.last"))
    axis.set_yticks(list(rows), [groups[g] for g in order])
    axis.axvline(0, color="black", linewidth=0.8)
    axis.set_xlabel(words("axis.points"), fontsize=8)
    sheet.legend(figure, *axis.get_legend_handles_labels())
    bare(axis, "x")
    sheet.finish(figure, f"attribution_{comparison.alternatives[k]}")


CHARTS = (chart_fan, chart_levers, chart_map, chart_kinds, chart_flows, chart_pyramids,
          chart_loads, chart_attribution)


def formats_of(text):
    formats = text.split(",")
    for form in formats:
        if form not in FORMATS:
            raise argparse.ArgumentTypeError(f"{form}: formats are {', '.join(FORMATS)}")
    return formats


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("comparison", help="file of `townward compare`")
    parser.add_argument("--out", default="charts", help="folder for the charts")
    parser.add_argument("--format", type=formats_of, default=["png"],
                        help="png, svg, pdf or several with commas between")
    parser.add_argument("--style", choices=STYLES, default="colour",
                        help="print: readable in black and white")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the words")
    arguments = parser.parse_args()
    try:
        use_language(arguments.lang)
        comparison = Comparison(arguments.comparison)
    except NoFont as problem:
        print(f"comparison_charts.py: {problem}", file=sys.stderr)
        return 2
    except (OSError, KeyError) as problem:
        print(f"comparison_charts.py: cannot read a comparison file: {problem}", file=sys.stderr)
        return 2
    os.makedirs(arguments.out, exist_ok=True)
    sheet = Sheet(comparison, Words(arguments.lang), Style(arguments.style), arguments.out,
                  arguments.format)
    chart_plane(sheet)
    for k in range(len(comparison.alternatives)):
        for chart in CHARTS:
            chart(sheet, k)
    return 0


if __name__ == "__main__":
    sys.exit(main())
