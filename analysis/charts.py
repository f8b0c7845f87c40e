#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Projection charts from result files of `townward run`.

    python3 analysis/charts.py --region scenarios/xizang --out out out/baseline.h5 out/plan-2030.h5

Files named band-SCENARIO-*.h5 given with --band span the band of that scenario: runs with low and
high outside flows, exit share and search level. Every chart is written as a PNG file.
"""
import argparse
import os
import sys

import matplotlib
import matplotlib.pyplot as plt
import numpy as np

from chart_style import COLOURS, GREY, end_labels, finish, name_points, percent
from townward_results import Results, goals

LABELS = {"baseline": "Baseline", "plan-2030": "Plan to 2030", "hindcast-2010": "Model from 2010"}


def label(scenario):
    return LABELS.get(scenario, scenario)


def years_of_novembers(result):
    return [int(result.years[i]) for i in result.november]


def band_of(result, bands):
    """Lowest and highest rate over the scenario's own run and its variants, by November."""
    runs = [result] + [b for b in bands if b.scenario_of_band == result.scenario]
    rates = [r.mean("region_urbanization_rate")[r.november] for r in runs]
    rates = [r for r in rates if len(r) == len(rates[0])]
    return np.min(rates, axis=0), np.max(rates, axis=0), len(rates) - 1


def goal_sentence(results, goal_year, goal):
    """The finding of the main chart, from the runs alone."""
    parts = []
    for result in results:
        i = result.at(goal_year)
        if i is not None:
            rate = result.mean("region_urbanization_rate")[i]
            parts.append(f"{label(result.scenario)} reaches {100 * rate:.1f} %")
    verdict = "; ".join(parts)
    return f"{goal_year}: {verdict} (goal {100 * goal:.0f} %)"


def draw_hindcast(axis, hindcast):
    if hindcast is None:
        return
    rate = hindcast.mean("region_urbanization_rate")[hindcast.november]
    years = years_of_novembers(hindcast)
    axis.plot(years, rate, color=GREY, linewidth=1.4, linestyle="--")
    axis.annotate("model from 2010\n(one level fitted)", (years[5], rate[5]), color=GREY,
                  fontsize=9, xytext=(-12, 6), textcoords="offset points", ha="right")


def observed_rates(results):
    """Observed rates of the region that any of the files holds."""
    return sorted({value for result in results for value in result.observed("urbanization_rate")})


def draw_observed(axis, observed):
    """Marks of observed values, hollow where a later count superseded them; ends are labelled."""
    for value in observed:
        year, rate, error, revised = value
        axis.errorbar(year, rate, yerr=error or None, color="black", marker="o", markersize=6,
                      markerfacecolor="black" if revised else "white", linestyle="", zorder=3)
    firm = [value for value in observed if value[3]]
    for year, rate, _, _ in firm[:1] + firm[1:][-1:]:
        first = (year, rate) == firm[0][:2]
        axis.annotate(f"observed {int(year)}{' ' if first else chr(10)}{100 * rate:.2f} %",
                      (year, rate), fontsize=9, xytext=(-30, -20) if first else (-6, 8),
                      textcoords="offset points", ha="left" if first else "right")
    hollow = [value for value in observed if not value[3]]
    if hollow:
        year, rate = hollow[len(hollow) // 2][:2]
        axis.annotate("hollow: published, later revised", (year, rate), fontsize=9, color=GREY,
                      xytext=(10, -4), textcoords="offset points")


def chart_rate(results, bands, hindcast, region_folder, out):
    figure, axis = plt.subplots(figsize=(9, 5.8))
    observed = observed_rates(results + ([hindcast] if hindcast else []))
    goal = goals(region_folder)
    variants, ends = 0, []
    draw_hindcast(axis, hindcast)
    for colour, result in zip(COLOURS, results):
        years = years_of_novembers(result)
        low, high, count = band_of(result, bands)
        variants = max(variants, count)
        if count:
            axis.fill_between(years, low, high, color=colour, alpha=0.15, linewidth=0)
        for run in result.replicates("region_urbanization_rate"):
            axis.plot(years, run[result.november], color=colour, linewidth=0.6)
        mean = result.mean("region_urbanization_rate")[result.november]
        axis.plot(years, mean, color=colour, linewidth=1.8)
        ends.append((years[-1], mean[-1], label(result.scenario), colour))
    draw_observed(axis, observed)
    last = max(goal)
    axis.plot([last], [goal[last]], marker="D", color="black", markersize=6, fillstyle="none")
    axis.annotate(f"goal {last}: close to {100 * goal[last]:.0f} %", (last, goal[last]),
                  fontsize=9, xytext=(-8, 8), textcoords="offset points", ha="right")
    axis.set_title(goal_sentence(results, last, goal[last]), loc="left", fontsize=12)
    axis.set_ylabel("Residents of towns, share of all residents (%)")
    axis.set_xlabel("1 November of the year")
    first = min([years_of_novembers(results[0])[0]] + [value[0] for value in observed])
    axis.set_xlim(first - 2.2, years_of_novembers(results[0])[-1] + 3.2)
    axis.set_ylim(axis.get_ylim()[0] - 0.02, max(goal[last], axis.get_ylim()[1]) + 0.015)
    end_labels(axis, ends)
    axis.grid(axis="y", color="#dddddd", linewidth=0.6)
    axis.spines[["top", "right"]].set_visible(False)
    percent(axis)
    replicates = results[0].replicates("region_urbanization_rate").shape[0]
    band = (f"Band: lowest to highest of {variants} runs with low or high outside flows, "
            "organised share of the\nexit and search level, one at a time. ") if variants else ""
    figure.subplots_adjust(left=0.08, right=0.97, top=0.92, bottom=0.2)
    finish(figure, out, "urbanization_rate",
           f"{results[0].region}. {band}Thin lines: {replicates} replicate(s), other draws only; "
           "their spread is a\nfew hundredths of a point and says nothing of the uncertainty of "
           "the model. Most amounts of the\nplan's levers are assumed.")


def draw_map(axis, result, index, scale):
    towns = result.mean("urban_population")[index]
    rates = result.mean("urbanization_rate")[index]
    x, y = result.file["longitude"][:], result.file["latitude"][:]
    order = np.argsort(-towns)
    points = axis.scatter(x[order], y[order], s=towns[order] * scale, c=rates[order],
                          cmap="cividis", vmin=0, vmax=1, edgecolor="white", linewidth=0.6)
    name_points(axis, result.county_names, x, y, order)
    axis.set_aspect(1 / np.cos(np.radians(y.mean())))
    axis.set_ylabel("Latitude (degrees north)")
    axis.grid(color="#eeeeee", linewidth=0.6)
    axis.set_axisbelow(True)
    return points


def chart_map(result, out, years=(2020, 2030)):
    indices = [(year, result.at(year)) for year in years if result.at(year) is not None]
    if not indices:
        return
    scale = 1.0 / 500
    figure, axes = plt.subplots(len(indices), 1, figsize=(9.4, 3.1 * len(indices) + 1.7),
                                sharex=True, squeeze=False)
    for axis, (year, index) in zip(axes[:, 0], indices):
        points = draw_map(axis, result, index, scale)
        rate = result.mean("region_urbanization_rate")[index]
        axis.set_title(f"{year}: {100 * rate:.1f} % of residents live in towns", loc="left",
                       fontsize=11)
    axes[-1, 0].set_xlabel("Longitude (degrees east)")
    handles = [axes[-1, 0].scatter([], [], s=persons * scale, color="#999999")
               for persons in (10000, 100000, 400000)]
    figure.legend(handles, ["10,000", "100,000", "400,000"], title="Town residents (persons)\n",
                  loc="lower right", ncol=3, frameon=False, fontsize=9, handletextpad=1.2,
                  columnspacing=2.4, bbox_to_anchor=(0.88, 0.015), title_fontsize=9,
                  borderpad=1.0)
    gained = result.mean("urban_population")[indices[-1][1]] - \
        result.mean("urban_population")[indices[0][1]]
    top = int(np.argmax(gained))
    figure.suptitle(f"{result.region}, {label(result.scenario)}: {result.county_names[top]} "
                    f"gains most town residents ({gained[top]:+,.0f}); the region "
                    f"{gained.sum():+,.0f}", x=0.01, ha="left", fontsize=12)
    figure.subplots_adjust(left=0.07, right=0.87, top=0.9, bottom=0.19, hspace=0.2)
    bar = figure.colorbar(points, cax=figure.add_axes([0.89, 0.19, 0.02, 0.71]))
    bar.set_label("Residents of the county who live in its town (%)")
    bar.ax.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1, decimals=0))
    finish(figure, out, f"map_{result.scenario}",
           "Circles at county seats; area proportional to the residents of the town.")


def prefecture_rates(result):
    urban, persons = result.mean("urban_population"), result.mean("population")
    names = sorted(set(result.prefectures), key=result.prefectures.index)
    rates = {}
    for name in names:
        inside = np.array([p == name for p in result.prefectures])
        rates[name] = urban[:, inside].sum(axis=1) / persons[:, inside].sum(axis=1)
    return rates


def chart_prefectures(results, out):
    all_rates = [prefecture_rates(r) for r in results]
    names = list(all_rates[0])
    columns = 4
    rows = -(-len(names) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(11, 2.7 * rows + 1.1), sharex=True,
                                sharey=True)
    for axis, name in zip(axes.flat, names):
        for colour, result, rates in zip(COLOURS, results, all_rates):
            axis.plot(years_of_novembers(result), rates[name][result.november], color=colour,
                      linewidth=1.8, label=label(result.scenario))
        first, last = all_rates[0][name][0], all_rates[0][name][-1]
        axis.set_title(f"{name}: {100 * first:.0f} to {100 * last:.0f} %", loc="left", fontsize=10)
        axis.grid(axis="y", color="#dddddd", linewidth=0.6)
        axis.spines[["top", "right"]].set_visible(False)
        percent(axis)
    for axis in list(axes.flat)[len(names):]:
        axis.axis("off")
    handles, labels = axes.flat[0].get_legend_handles_labels()
    list(axes.flat)[-1].legend(handles, labels, loc="center", frameon=False)
    gain = {name: all_rates[0][name][-1] - all_rates[0][name][0] for name in names}
    most = max(gain, key=gain.get)
    end = years_of_novembers(results[0])[-1]
    figure.suptitle(f"{label(results[0].scenario)}: {most} urbanizes most until {end} "
                    f"({100 * gain[most]:+.1f} points)", x=0.01, ha="left", fontsize=12)
    figure.supylabel("Residents of towns, share of residents (%)", fontsize=10)
    figure.supxlabel("1 November of the year", fontsize=10, y=0.015)
    figure.subplots_adjust(left=0.08, right=0.98, top=0.88, bottom=0.1, hspace=0.3, wspace=0.12)
    finish(figure, out, "prefectures")


SOURCES = [
    ("Natural increase", lambda r: r.town_flow("births") - r.town_flow("deaths")),
    ("Pupils, partners, kin (net)", lambda r: r.town_flow("joined_in") - r.town_flow("joined_out")),
    ("Rural exit less return", lambda r: r.town_flow("exits")
     - r.mean("returns")[:, :, 0].sum(axis=1)),
    ("Organised relocation", lambda r: r.town_flow("relocated_in") - r.town_flow("relocated_out")),
    ("Places relabelled", lambda r: r.town_flow("reclassified_in")
     - r.town_flow("reclassified_out")),
    ("Outside the region", lambda r: r.town_flow("arrivals") - r.town_flow("departures")),
]


def by_year(result, quarterly):
    """Sums of four quarters that end at each November after the first, thousand persons."""
    return np.array([quarterly[i - 3:i + 1].sum() for i in result.november if i >= 4]) / 1000


def chart_sources(results, out, name="sources_of_town_growth"):
    figure, axes = plt.subplots(1, len(results), figsize=(5.6 * len(results) + 1, 5), sharey=True,
                                squeeze=False)
    totals, highest = {}, 0
    for axis, result in zip(axes[0], results):
        years = years_of_novembers(result)[1:]
        above, below = np.zeros(len(years)), np.zeros(len(years))
        for colour, (source, of) in zip(COLOURS, SOURCES):
            value = by_year(result, of(result))
            base = np.where(value >= 0, above, below)
            axis.bar(years, value, bottom=base, color=colour, width=0.8, label=source)
            above, below = above + np.maximum(value, 0), below + np.minimum(value, 0)
            totals.setdefault(result.scenario, {})[source] = value.sum()
        change = result.mean("region_urban_population")[result.november]
        axis.plot(years, np.diff(change) / 1000, "o-", color="black", markersize=3, linewidth=1,
                  label="Growth of town residents")
        axis.axhline(0, color="black", linewidth=0.8)
        axis.set_title(label(result.scenario), loc="left", fontsize=11)
        axis.set_xlabel("Twelve months that end on 1 November of")
        axis.grid(axis="y", color="#dddddd", linewidth=0.6)
        axis.set_axisbelow(True)
        axis.spines[["top", "right"]].set_visible(False)
        axis.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True, nbins=6))
        highest = max(highest, above.max())
    axes[0][0].set_ylim(axes[0][0].get_ylim()[0], 1.08 * highest)
    axes[0][0].set_ylabel("Town residents gained\n(thousand persons a year)")
    handles, labels = axes[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncol=3, frameon=False, fontsize=9)
    first = totals[results[0].scenario]
    most = max(first, key=first.get)
    share = 100 * first[most] / sum(first.values())
    figure.suptitle(f"{most} is the largest source of town growth: {first[most]:,.0f} of "
                    f"{sum(first.values()):,.0f} thousand ({share:.0f} %, "
                    f"{label(results[0].scenario)})", x=0.01, ha="left",
                    fontsize=12 if len(results) > 1 else 9)
    figure.subplots_adjust(left=0.09 if len(results) > 1 else 0.13, right=0.98, top=0.85,
                           bottom=0.23, wspace=0.06)
    finish(figure, out, name)


def open_band(path):
    result = Results(path)
    name = os.path.basename(path)
    if name.startswith("band-"):
        # band-SCENARIO--VARIANT.h5
        result.scenario_of_band = name[len("band-"):].split("--")[0]
    else:
        result.scenario_of_band = result.scenario
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("results", nargs="+", help="result files, the reference scenario first")
    parser.add_argument("--band", nargs="*", default=[],
                        help="files band-SCENARIO--VARIANT.h5 that span the band")
    parser.add_argument("--hindcast", help="a run from the census of 2010 to that of 2020")
    parser.add_argument("--region", default="scenarios/xizang", help="folder of the region")
    parser.add_argument("--out", default="out", help="folder for the charts")
    arguments = parser.parse_args()
    try:
        results = [Results(path) for path in arguments.results]
        bands = [open_band(path) for path in arguments.band]
        hindcast = Results(arguments.hindcast) if arguments.hindcast else None
    except (OSError, KeyError) as problem:
        print(f"charts.py: cannot read a result file: {problem}", file=sys.stderr)
        return 2
    os.makedirs(arguments.out, exist_ok=True)
    chart_rate(results, bands, hindcast, arguments.region, arguments.out)
    for result in results:
        chart_map(result, arguments.out)
    chart_prefectures(results, arguments.out)
    chart_sources(results, arguments.out)
    if hindcast is not None:
        chart_sources([hindcast], arguments.out, "sources_of_town_growth_2010-2020")
    return 0


if __name__ == "__main__":
    sys.exit(main())
