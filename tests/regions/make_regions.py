#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the small regions of this folder out of the shipped one by keeping a few counties.

    python3 tests/regions/make_regions.py [FOLDER]     # writes them here, or into FOLDER

A row stays when every county it names is kept; of lists of counties only those kept stay. Of series
and schedules those stay whose name stands in quotes somewhere in sim/: the simulator reads no
others. Totals are added up again, and so are the region's values of the censuses among those
observed; values observed of larger areas go. Scenario files are not made: what they state for a
whole region is a choice.
"""
import csv
import io
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "..", "..")
SHIPPED = os.path.join(SOURCE, "scenarios", "xizang")
REGIONS = {
    "one": ("540502",),                        # Nedong, a city
    "three": ("540502", "540521", "540522"),   # and two county towns on its road to the west
}
COUNTY_COLUMNS = ("code", "county", "from", "to", "origin", "destination", "seat")


def read(name):
    with open(os.path.join(SHIPPED, "tables", name), encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return list(rows.fieldnames), list(rows)


def text_of(columns, rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def quoted_names():
    """Every text of one word that stands in quotes in the sources."""
    names = set()
    for folder, _, files in os.walk(os.path.join(SOURCE, "sim")):
        for name in files:
            if name.endswith((".c", ".h")):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    names.update(re.findall(r'"([A-Za-z0-9_]+)"', file.read()))
    return names


def other_areas(keep):
    """Names of prefectures and counties of which nothing is kept."""
    counties = read("counties.csv")[1]
    kept = {row["name"] for row in counties if row["code"] in keep}
    kept.update(row["prefecture"] for row in counties if row["code"] in keep)
    names = {row["name"] for row in counties} | {row["prefecture"] for row in counties}
    return names - kept


def stays(row, keep, word, areas, names):
    """Whether a row of a table stays; a list of counties in it is cut to those kept."""
    if word == "prefectures":
        return row["seat"] in keep
    if any(row[column] not in keep for column in COUNTY_COLUMNS if column in row):
        return False
    if "counties" in row and row["counties"]:
        row["counties"] = " ".join(code for code in row["counties"].split() if code in keep)
        return row["counties"] != ""
    if row.get("area") in areas:
        return False
    return row.get("series", row.get("schedule", word)) in names | {word}


def observations(rows, keep):
    """Observed values of the counties kept; counts and share of the region added up again."""
    counts = ("population", "urban_population", "households")
    of_counties = [row for row in rows if row["area"] in keep]

    def total(name, date):
        return sum(int(row["value"]) for row in of_counties
                   if row["indicator"] == name and row["date"] == date)
    made = []
    for row in rows:
        if row["area"] != "region" or not row["date"].endswith("-11"):
            continue
        value = None
        if row["indicator"] in counts:
            value = str(total(row["indicator"], row["date"]))
        elif row["indicator"] == "urbanization_rate":
            share = total("urban_population", row["date"]) / total("population", row["date"])
            value = f"{share:.6f}"
        if value is not None:
            made.append({**row, "value": value})
    return made + of_counties


def totals(config, keep):
    """The stated totals, added up over the counties that are kept."""
    rows = [row for row in read("census.csv")[1] if row["code"] in keep]

    def again(match):
        total = {name: sum(int(row[name]) for row in rows if row["year"] == match.group(1))
                 for name in ("persons", "urban", "families")}
        inside = " ".join(f"{name} = {value};" for name, value in total.items())
        return f"{{ year = {match.group(1)}; {inside} }}"
    return re.sub(r"\{ year = (\d+);[^}]*\}", again, config)


def circles(config, groups):
    """Of the circles those whose group has a county that is kept."""
    kept = {line.split(",")[0] for line in groups.splitlines()}

    def again(found):
        names = [name for name in re.findall(r'"([^"]+)"', found.group(0)) if name in kept]
        return "circles = [" + ", ".join(f'"{name}"' for name in names) + "];"
    return re.sub(r"^circles = \[[^]]*\];", again, config, flags=re.MULTILINE)


def make(keep):
    """Files of a region by path."""
    with open(os.path.join(SHIPPED, "region.cfg"), encoding="utf-8") as file:
        config = file.read()
    prefectures = {row["prefecture"] for row in read("counties.csv")[1] if row["code"] in keep}
    seats = {row["name"] for row in read("prefectures.csv")[1] if row["seat"] in keep}
    if prefectures != seats:
        sys.exit(f"the seats of {', '.join(sorted(prefectures - seats))} are not kept")
    areas, names, files = other_areas(keep), quoted_names(), {}
    for word, name in re.findall(r'^ *(\w+) = "tables/([^"]+)";', config, re.MULTILINE):
        columns, rows = read(name)
        if word == "observations":
            rows = observations(rows, keep)
        rows = [row for row in rows if stays(row, keep, word, areas, names)]
        files[os.path.join("tables", name)] = text_of(columns, rows)
    config = circles(config, files["tables/groups.csv"])
    lines = totals(config, keep).splitlines(keepends=True)
    body = [line for line in lines if not line.startswith(("#", "name"))]
    head = ["# Made by tests/regions/make_regions.py from the shipped region; not to be edited.\n",
            f'name = "Part of Xizang, counties {" ".join(keep)}";\n', 'name_zh = "西藏的一部分";\n']
    files["region.cfg"] = "".join(head + body)
    return files


def main():
    into = sys.argv[1] if len(sys.argv) > 1 else HERE
    for region, keep in REGIONS.items():
        for path, text in make(keep).items():
            target = os.path.join(into, region, path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "w", encoding="utf-8", newline="") as file:
                file.write(text)


if __name__ == "__main__":
    main()
