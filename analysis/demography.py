#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the people and households of a run from 2010 with the census of 2020; draws pyramids.

    python3 analysis/demography.py --region scenarios/xizang --table docs/demography.md \\
        --pyramid docs/pyramid.png out/hindcast-2010.h5 out/baseline.h5

The first file starts from the census of 2010 and reaches 2020; the second starts from 2020.
"""
import argparse
import csv
import os
import sys

import h5py
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from townward_results import Results

MALE, FEMALE = "#0072B2", "#D55E00"
GROUPS = ["0", "1_4"] + [f"{a}_{a + 4}" for a in range(5, 85, 5)] + ["85_plus"]
LEVELS = ["none", "primary", "junior", "senior", "college"]
STATES = ["never_married", "married", "divorced", "widowed"]
REGISTERED = ["same_county", "other_county", "outside"]


class Census:
    """One census year of a region: sums over the counties of one prefecture or of all."""

    def __init__(self, folder, year):
        tables = os.path.join(folder, "tables")
        with open(os.path.join(tables, "counties.csv"), encoding="utf-8") as source:
            prefecture = {row["code"]: row["prefecture"] for row in csv.DictReader(source)}
        with open(os.path.join(tables, "census.csv"), encoding="utf-8") as source:
            self.rows = [row for row in csv.DictReader(source) if int(row["year"]) == year]
        self.prefecture = [prefecture[row["code"]] for row in self.rows]

    def sum(self, column, prefecture=None):
        return sum(int(row[column] or 0) for row, at in zip(self.rows, self.prefecture)
                   if prefecture is None or at == prefecture)

    def pyramid(self, prefecture=None):
        return np.array([[self.sum(f"{sex}_{group}", prefecture) for group in GROUPS]
                         for sex in ("male", "female")], dtype=float)

    def classes(self, names):
        return np.array([[self.sum(f"{sex}_{name}") for name in names]
                         for sex in ("male", "female")], dtype=float)


class Composition:
    """Tables of /composition of a result file, mean over replicates, by calendar year."""

    def __init__(self, path):
        with h5py.File(path, "r") as source:
            group = source["composition"]
            self.years = [int(y) for y in group["year"][:]]
            self.table = {name: group[name][:].mean(axis=0) for name in group
                          if group[name].ndim > 2}
        self.counties = Results(path).prefectures

    def at(self, name, year, kind=None, prefecture=None):
        """One table of a year, summed over counties and, unless a kind is given, zones."""
        values = self.table[name][self.years.index(year)]
        chosen = [i for i, p in enumerate(self.counties) if prefecture in (None, p)]
        values = values[chosen].sum(axis=0)
        return values.sum(axis=0) if kind is None else values[kind]


def shares(values):
    return values / values.sum()


def distance(a, b):
    """Total-variation distance of two distributions over sex and age group, in [0, 1]."""
    return 0.5 * np.abs(shares(a) - shares(b)).sum()


def percent_off(simulated, observed):
    return f"{100 * (simulated / observed - 1):+.2f} %"


def whole(value):
    return f"{value:,.0f}"


def met(condition):
    return "met" if condition else "**missed**"


def size_rows(composition, census, year):
    """Population, households and their sizes."""
    sizes = composition.at("family_sizes", year)
    persons = composition.at("persons", year)
    alone = composition.at("collective_persons", year).sum()
    families, people = sizes.sum(), persons.sum() - alone
    observed = census.sum("families"), census.sum("family_persons")
    one = sizes[0] / families, census.sum("one_person_families") / observed[0]
    children = persons[:, :3].sum(), census.pyramid()[:, :3].sum()
    population = persons.sum(), census.sum("persons")
    mean = people / families, observed[1] / observed[0]
    return [
        ("population, persons", whole(population[0]), whole(population[1]),
         percent_off(*population), "within 1 %", met(abs(population[0] / population[1] - 1) < .01)),
        ("family households", whole(families), whole(observed[0]),
         percent_off(families, observed[0]), "within 2 %", met(abs(families / observed[0] - 1) < .02)),
        ("mean family household, persons", f"{mean[0]:.3f}", f"{mean[1]:.3f}",
         f"{mean[0] - mean[1]:+.3f}", "3.19 within 0.05", met(abs(mean[0] - 3.19) < .05)),
        ("one-person family households, share", f"{one[0]:.3f}", f"{one[1]:.3f}",
         f"{one[0] - one[1]:+.3f}", "", ""),
        ("residents of collective households", whole(alone),
         whole(population[1] - observed[1]), percent_off(alone, population[1] - observed[1]), "", ""),
        ("ages 0-9, persons", whole(children[0]), whole(children[1]), percent_off(*children),
         "within 2 %", met(abs(children[0] / children[1] - 1) < .02)),
    ]


def pyramid_rows(composition, census, year):
    found = distance(composition.at("persons", year), census.pyramid())
    rows = [("pyramid by sex and age group, distance", f"{found:.4f}", "0", "", "below 0.04",
             met(found < .04))]
    for prefecture in sorted(set(census.prefecture)):
        found = distance(composition.at("persons", year, prefecture=named(composition, prefecture)),
                         census.pyramid(prefecture))
        rows.append((f"pyramid of {named(composition, prefecture)}, distance", f"{found:.4f}", "0",
                     "", "below 0.07", met(found < .07)))
    return rows


PREFECTURES = {}


def named(composition, prefecture):
    """Name of a prefecture in the result file: its counties come in the same order."""
    return PREFECTURES.get(prefecture, prefecture)


def share_rows(title, simulated, observed, names):
    """Shares of classes, one row each."""
    return [(f"{title}: {name.replace('_', ' ')}, share", f"{s:.3f}", f"{o:.3f}", f"{s - o:+.3f}",
             "", "") for name, s, o in zip(names, shares(simulated), shares(observed))]


def class_rows(composition, census, year):
    generations = ["generations_1", "generations_2", "generations_3", "generations_4_plus"]
    rows = share_rows("families", composition.at("family_generations", year),
                      np.array([census.sum(g) for g in generations], dtype=float), generations)
    marital, schooling = census.classes(STATES), census.classes([f"school_{n}" for n in LEVELS])
    for sex, name in enumerate(("men", "women")):
        rows += share_rows(f"{name} of 15 and over", composition.at("marital", year)[sex],
                           marital[sex], STATES)
    for sex, name in enumerate(("men", "women")):
        rows += share_rows(f"{name} with schooling", composition.at("schooling", year)[sex],
                           schooling[sex], LEVELS)
    registered = composition.at("registration", year)
    for i, name in enumerate(REGISTERED):
        observed = census.sum(f"registered_{name}")
        rows.append((f"registered {name.replace('_', ' ')}, persons", whole(registered[i + 1]),
                     whole(observed), percent_off(registered[i + 1], observed), "", ""))
    for prefecture in sorted(set(census.prefecture)):
        simulated = composition.at("registration", year, prefecture=named(composition, prefecture))[3]
        observed = census.sum("registered_outside", prefecture)
        rows.append((f"registered outside, {named(composition, prefecture)}, persons",
                     whole(simulated), whole(observed), percent_off(simulated, observed), "", ""))
    return rows


def rate(result, flow, first, last):
    """Events per 1000 persons and year over the quarters from one November to another."""
    from_time, to_time = result.at(first), result.at(last)
    events = result.mean(flow)[from_time + 1:to_time + 1].sum()
    persons = result.mean("persons").sum(axis=(1, 2))[from_time:to_time + 1].mean()
    return 1000 * events / persons / (last - first)


def published(folder, series, year):
    with open(os.path.join(folder, "tables", "series.csv"), encoding="utf-8") as source:
        for row in csv.DictReader(source):
            if (row["series"], row["area"], row["year"]) == (series, "region", str(year)):
                return float(row["value"])
    return float("nan")


def rate_rows(hindcast, projection, folder):
    natural = rate(hindcast, "births", 2010, 2020) - rate(hindcast, "deaths", 2010, 2020)
    rows = [("natural growth 2010-20, per 1000 and year", f"{natural:.2f}", "12.5-13.4", "",
             "12.5-13.4", met(12.5 <= natural <= 13.4))]
    for year in (2022, 2023):
        for flow, series in (("births", "birth_rate"), ("deaths", "death_rate")):
            # The calendar year: ten months of one November year, two of the next.
            simulated = (10 * rate(projection, flow, year - 1, year) +
                         2 * rate(projection, flow, year, year + 1)) / 12
            observed = published(folder, series, year)
            rows.append((f"{flow} {year}, per 1000", f"{simulated:.2f}", f"{observed:.2f}",
                         f"{simulated - observed:+.2f}", "within 1.0",
                         met(abs(simulated - observed) <= 1.0)))
    return rows


def write_table(path, command, rows):
    with open(path, "w", encoding="utf-8") as out:
        out.write(f"<!-- Generated: {command} -->\n# People and households against the census\n\n"
                  "The model starts from the census of 2010 and knows of 2020 only what was fitted: "
                  "births of the ten years,\nnet arrivals by county, `households.leave_level` and "
                  "`households.dormitory_share` (numbers of family households\nand of collective "
                  "residents), `moving.town_level` (urban population). Births and deaths of 2022-23 "
                  "are those of\nthe baseline from 2020 against the published rates. *Distance* is "
                  "half the sum of absolute differences of\nshares over sex and 19 age groups: 0 the "
                  "same, 1 nothing in common.\n\n"
                  "| 2020 | simulated | observed | difference | bound | |\n"
                  "|---|--:|--:|--:|---|---|\n")
        for row in rows:
            out.write("| " + " | ".join(row) + " |\n")
        out.write(NOTES)


NOTES = """
## How to read the misses
- Ages 10-14: the census of 2010 counted 246,000 children of 0-4, that of 2020 275,000 of 10-14. More
  cannot have grown up than were born: the younger census missed children. The model starts from what
  it counted and cannot make up for it; that alone is 0.008 of the distance.
- Lhasa and Nagqu are the farthest off. Lhasa has too many of 20-24 and too few of 30-50: all colleges of the region are put into its capital,
  and moves by choice bring it fewer families than it got. Nagqu has too few children: fertility by kind
  of zone is the region's, Nagqu's is higher (17.7 against 15.3 births per 1000 in 2010); no factor by
  county is used.
- One-person families: a third of all in 2020 after 15 % in 2010. The model splits too few persons off
  and too many couples; to live together and be registered apart is one family here.
- Three generations: spans of ages fall short where grandparents are young; couples leave parents at one
  rate everywhere.
- Marital status is a 10 % sample (long form). No table has it by age, so rates of unions are assumed.
- Schooling: the census of 2020 counts ages 3 and over, the model 6 and over; the shares of *none* are
  not comparable.
- Registered elsewhere in the county: 1,562 in 2010 and 253,054 in 2020; the two censuses do not count
  the same thing. Half of the boarding pupils are put into the town of their own county, and moves go to
  near towns, so too many are elsewhere in the county and too few in other counties.
- Generations are read off the span of ages in a household, in the model as in the starting population.

## What the census tables do not have
Household sizes other than one person and the mean; marital status by age; who is whose partner or
child; who lives in collective households by age, sex or kind; anything by town and country within a
county but the population; reasons of leaving home; marriages and divorces by year.
"""


def merge_infants(pyramid):
    """Ages 0 and 1-4 as one group, so that all bars span five years."""
    return np.concatenate([pyramid[:, :1] + pyramid[:, 1:2], pyramid[:, 2:]], axis=1)


def draw_pyramid(axis, pyramid, outline, limit, title):
    ages = np.arange(0, 90, 5)
    axis.barh(ages, -pyramid[0] / 1000, height=4.4, align="edge", color=MALE, label="men")
    axis.barh(ages, pyramid[1] / 1000, height=4.4, align="edge", color=FEMALE, label="women")
    if outline is not None:
        for sex, sign in ((0, -1), (1, 1)):
            axis.stairs(sign * outline[sex] / 1000, np.append(ages, 90), orientation="horizontal",
                        color="black", linewidth=1.1, label="census" if sex else None)
    axis.axvline(0, color="white", linewidth=0.8)
    axis.set_xlim(-limit, limit)
    axis.xaxis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda v, _: f"{abs(v):.0f}"))
    axis.set_title(title, fontsize=10, loc="left")
    axis.set_yticks(range(0, 91, 15))
    for side in ("top", "right"):
        axis.spines[side].set_visible(False)


def draw_pyramids(path, runs, years, folder):
    """Rows: rural zones, towns, region; columns: years. The region is outlined by the census."""
    kinds = [(0, "rural zones"), (1, "towns"), (None, "region")]
    figure, axes = plt.subplots(3, len(years), figsize=(3.1 * len(years) + 0.8, 9.2),
                                squeeze=False, sharey=True)
    source = {y: next(r for r in runs if y in r.years) for y in years}
    for row, (kind, name) in enumerate(kinds):
        drawn = [merge_infants(source[y].at("persons", y, kind)) for y in years]
        limit = 1.08 * max(p.max() for p in drawn) / 1000
        for column, year in enumerate(years):
            outline = merge_infants(Census(folder, year).pyramid()) if (
                kind is None and year in (2010, 2020)) else None
            draw_pyramid(axes[row][column], drawn[column], outline, limit,
                         f"{name}, {year}: {drawn[column].sum() / 1e6:.2f} million")
        axes[row][0].set_ylabel("age, years")
    for axis in axes[2]:
        axis.set_xlabel("thousand persons per five years of age")
    handles, labels = axes[2][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="upper right", ncol=3, frameon=False, fontsize=10)
    figure.suptitle(f"Who lives where: {years[0]} and 2020 from the census of 2010, then projected",
                    x=0.01, ha="left", fontsize=12)
    figure.tight_layout(rect=(0, 0, 1, 0.98))
    figure.savefig(path, dpi=110, metadata={"Software": None})
    plt.close(figure)
    print(path)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", nargs=2, metavar="RESULT.h5", help="from 2010, from 2020")
    parser.add_argument("--region", required=True, help="folder of the region")
    parser.add_argument("--table", help="Markdown file to write")
    parser.add_argument("--pyramid", help="PNG file to write")
    parser.add_argument("--years", default="2010,2020,2030,2035", help="years of the pyramids")
    return parser.parse_args()


def main():
    wanted = arguments()
    runs = [Composition(path) for path in wanted.results]
    if 2020 not in runs[0].years or 2010 not in runs[0].years:
        sys.exit(f"{wanted.results[0]}: years {runs[0].years[0]}-{runs[0].years[-1]}; "
                 "expected a run from 2010 to 2020")
    census = Census(wanted.region, 2020)
    PREFECTURES.update(zip(census.prefecture, runs[0].counties))
    if wanted.table:
        rows = size_rows(runs[0], census, 2020) + pyramid_rows(runs[0], census, 2020)
        rows += rate_rows(Results(wanted.results[0]), Results(wanted.results[1]), wanted.region)
        rows += class_rows(runs[0], census, 2020)
        command = (f"python3 analysis/demography.py --region {wanted.region} --table ... "
                   "HINDCAST.h5 BASELINE.h5")
        write_table(wanted.table, command, rows)
        print(wanted.table)
    if wanted.pyramid:
        have = set(runs[0].years) | set(runs[1].years)
        years = [int(y) for y in wanted.years.split(",") if int(y) in have]
        draw_pyramids(wanted.pyramid, runs, years, wanted.region)


if __name__ == "__main__":
    main()
