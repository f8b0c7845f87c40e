#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the tables of a region from the national census workbooks and a folder of regional files.

    build.py RAW OUT --recipe recipes/xizang.json
    build.py RAW OUT --province 青海省

RAW holds china/census_county_{2010,2020}_v1.xlsx and, for a province with a recipe, the folder that
the recipe names. OUT receives the tables. What is missing is listed on standard output and in
OUT/MISSING.txt (only when something is). Exit 0 done, 1 failed.
"""

import argparse
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import arrival_profile  # noqa: E402
import hazards  # noqa: E402
import observations  # noqa: E402
import regional  # noqa: E402
from census_columns import COLUMNS  # noqa: E402
from census_match import findings, match, merge_units, split  # noqa: E402
from census_rows import read_year, stem  # noqa: E402
from tables import number, plain, read_csv, write_csv  # noqa: E402

COUNTY_COLUMNS = ["code", "name", "name_zh", "prefecture", "tier", "latitude", "longitude",
                  "seat_elevation_m", "area_km2", "area_defacto_km2"]


def known_counties(folder, recipe):
    """Counties with places and areas, from the regional files."""
    rows = read_csv(os.path.join(folder, "counties.csv")) if folder else None
    if rows is None:
        return None
    extra = {r["gb_code"]: r for r in read_csv(os.path.join(folder, "counties_extra.csv")) or []}
    seats = {r["county_name_zh"] for r in read_csv(os.path.join(folder, "groups.csv")) or []
             if r["group"] == "prefecture_seat"}
    names = recipe.get("prefecture_names", {})
    out = []
    for r in rows:
        code = int(r["gb_code"])
        tier = "city" if r["name_zh"] in seats else "county"
        if code in recipe.get("capital", []):
            tier = "capital"
        out.append({
            "code": code, "name": plain(r["name_local"]), "name_zh": r["name_zh"],
            "prefecture": names.get(r["prefecture_en"], r["prefecture_en"]),
            "prefecture_zh": r["prefecture_zh"], "is_seat": r["name_zh"] in seats, "tier": tier,
            "latitude": number(r["seat_lat"]), "longitude": number(r["seat_lon"]),
            "seat_elevation_m": number(r["seat_elevation_m"]), "area_km2": number(r["area_km2"]),
            "area_defacto_km2": number(extra.get(r["gb_code"], {}).get("area_defacto_km2")
                                       or r["area_km2"]),
        })
    return sorted(out, key=lambda c: c["code"])


def bare_counties(book, notes):
    """Counties of a province of which only the census is known: Chinese names, no places."""
    out = []
    for unit in book["units"]:
        if unit["code"] is None:
            notes.append(f"counties: '{unit['name']}' has no code in 2020, left out "
                         f"({unit['counts']['persons']} persons)")
            continue
        out.append({"code": unit["code"], "name": unit["name"], "name_zh": unit["name"],
                    "prefecture": unit["prefecture"], "prefecture_zh": unit["prefecture"],
                    "is_seat": False, "tier": "county", "latitude": "", "longitude": "",
                    "seat_elevation_m": "", "area_km2": "", "area_defacto_km2": ""})
    notes.append("counties: English names, tiers, places, elevations and areas are missing")
    return sorted(out, key=lambda c: c["code"])


def census_tables(books, counties, recipe, notes):
    """{year: {code: counts}} on the list of counties."""
    out = {}
    for year, book in books.items():
        units = merge_units(book["units"], recipe.get(f"merge_{year}", {}))
        found, unmatched = match(units, counties, recipe.get(f"renamed_{year}", {}))
        for unit in unmatched:
            notes.append(f"census {year}: '{unit['name']}' ({unit['prefecture']}, "
                         f"{unit['counts']['persons']} persons) is no county of the list")
        out[year] = found
    for item in recipe.get("split_2010", []):
        a, b = item["row"], item["into"]
        out[2010][a], out[2010][b] = split(out[2010][a], out[2020][a], out[2020][b])
    for year in books:
        for county in counties:
            if county["code"] not in out[year]:
                notes.append(f"census {year}: no row of {county['code']} {county['name_zh']}")
        for code, row in sorted(out[year].items()):
            notes += [f"census: {text}" for text in findings(code, year, row)]
        for name in COLUMNS:
            have = sum(row[name] for row in out[year].values())
            if have != books[year]["total"][name]:
                notes.append(f"census {year}: {name} adds up to {have}, the province has "
                             f"{books[year]['total'][name]}")
    return out


def write_base(out, counties, census, books, notes):
    seats = {c["prefecture"]: c["code"] for c in counties if c["is_seat"]}
    codes = {stem(p["name"]): p["code"] for p in books[2020]["prefectures"]}
    prefectures, seen = [], set()
    for c in counties:
        if c["prefecture"] in seen:
            continue
        seen.add(c["prefecture"])
        code = codes.get(stem(c["prefecture_zh"]), c["code"] // 100 * 100)
        if c["prefecture"] not in seats:
            notes.append(f"prefectures: the seat of {c['prefecture']} is not known")
        prefectures.append({"code": code, "name": c["prefecture"], "name_zh": c["prefecture_zh"],
                            "seat": seats.get(c["prefecture"], "")})
    prefectures.sort(key=lambda p: p["code"])
    write_csv(out, "prefectures.csv", ["code", "name", "name_zh", "seat"], prefectures)
    write_csv(out, "counties.csv", COUNTY_COLUMNS, counties)
    rows, zones = [], []
    for year in sorted(census):
        for code in sorted(census[year]):
            rows.append(dict(census[year][code], code=code, year=year))
    write_csv(out, "census.csv", ["code", "year"] + COLUMNS, rows)
    for c in counties:
        both = [census[year].get(c["code"]) for year in (2010, 2020)]
        for kind, digit in (("rural", 1), ("town", 2)):
            persons = ["" if r is None else r["urban"] if kind == "town"
                       else r["persons"] - r["urban"] for r in both]
            zones.append({"zone": c["code"] * 10 + digit, "county": c["code"], "kind": kind,
                          "tier": c["tier"] if kind == "town" else "rural",
                          "persons_2010": persons[0], "persons_2020": persons[1]})
    write_csv(out, "zones.csv", ["zone", "county", "kind", "tier", "persons_2010",
                                 "persons_2020"], zones)


def arrival_rows(census, schedules, notes):
    """Ages of arrivals from outside: need both censuses and the region's death rates."""
    if census[2010] and census[2020] and any(r["schedule"] == "mx_fitted" for r in schedules):
        return arrival_profile.rows(census, schedules)
    notes.append("schedules: no ages of arrivals without two censuses and mx_fitted")
    return []


def write_regional(out, folder, counties, census, recipe, notes):
    def source(name):
        rows = read_csv(os.path.join(folder, name)) if folder else None
        if rows is None:
            notes.append(f"{name}: not there; its table is not made")
        return rows

    rows = source("roads_detail.csv")
    if rows:
        table = regional.links(rows, counties, recipe, notes)
        write_csv(out, "links.csv", list(table[0]), table)
    rows = source("projects.csv")
    if rows:
        table = regional.projects(rows, counties, recipe)
        write_csv(out, "projects.csv", list(table[0]), table)
    rows, published = source("series.csv"), []
    if rows:
        published, apart = regional.series(rows, recipe)
        write_csv(out, "series.csv", list(published[0]), published)
        write_csv(out, "series_apart.csv", list(published[0]) + ["reason"], apart)
    rows = source("schedules.csv")
    if rows:
        kept, apart = regional.schedules(rows, recipe)
        kept += arrival_rows(census, kept, notes)
        write_csv(out, "schedules.csv", list(kept[0]), kept)
        write_csv(out, "cohort_ratios.csv", list(kept[0]), apart)
    rows = source("groups.csv")
    high, grouped = set(), []
    if rows:
        table = grouped = regional.groups(rows, counties, notes)
        high = {r["county"] for r in table if r["group"] == "seat_above_4500m"}
        write_csv(out, "groups.csv", list(table[0]), table)
    rural = {code: row["persons"] - row["urban"] for code, row in census[2020].items()}
    flow = ["origin", "destination", "start", "end", "persons", "quality", "source"]
    write_csv(out, "relocations.csv", flow,
              regional.relocations(counties, rural, high, recipe, notes))
    write_csv(out, "reclassifications.csv", flow, regional.reclassifications(census, recipe))
    rates, events = hazards.tables(folder, counties, grouped, rural, recipe, notes)
    if rates:
        write_csv(out, "hazards.csv", hazards.RATE_COLUMNS, rates)
    if events:
        write_csv(out, "hazard_events.csv", hazards.EVENT_COLUMNS, events)
    extra = read_csv(os.path.join(folder, "counties_extra.csv")) if folder else None
    write_csv(out, "observations.csv", observations.COLUMNS,
              observations.table(census, counties, extra or [], published, recipe, notes))


def build(raw, out, province, recipe):
    """Writes the tables of a province; returns the notes on what is missing."""
    notes = []
    books = {year: read_year(os.path.join(raw, "china", f"census_county_{year}_v1.xlsx"), year,
                             province) for year in (2010, 2020)}
    folder = os.path.join(raw, recipe["folder"]) if "folder" in recipe else None
    counties = known_counties(folder, recipe) or bare_counties(books[2020], notes)
    census = census_tables(books, counties, recipe, notes)
    write_base(out, counties, census, books, notes)
    write_regional(out, folder, counties, census, recipe, notes)
    return notes


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("raw")
    parser.add_argument("out")
    parser.add_argument("--recipe")
    parser.add_argument("--province")
    arguments = parser.parse_args()
    recipe = {}
    if arguments.recipe:
        with open(arguments.recipe, encoding="utf-8") as file:
            recipe = json.load(file)
    province = arguments.province or recipe.get("province")
    if not province:
        parser.error("name a --province or a --recipe")
    try:
        notes = build(arguments.raw, arguments.out, province, recipe)
    except (OSError, ValueError) as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 1
    for note in notes:
        print(note)
    listing = os.path.join(arguments.out, "MISSING.txt")
    if notes:
        with open(listing, "w", encoding="utf-8") as file:
            file.write("".join(note + "\n" for note in notes))
    elif os.path.exists(listing):
        os.remove(listing)
    return 0


if __name__ == "__main__":
    sys.exit(main())
