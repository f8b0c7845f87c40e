# SPDX-License-Identifier: Apache-2.0
"""Observed values of the model's indicators: the censuses by county, published values by year.

The censuses come from the tables made before; a recipe says which published series are values of
which indicator, at which date, whether a later count superseded them, and in what unit they stand.
"""

from decimal import Decimal

COLUMNS = ["indicator", "area", "date", "value", "unit", "standard_error", "revised", "source"]
COUNTS = [("population", "persons", "persons"), ("urban_population", "urban", "persons"),
          ("households", "families", "households")]


def _row(indicator, area, date, value, unit, source, revised="yes"):
    return {"indicator": indicator, "area": area, "date": date, "value": value, "unit": unit,
            "standard_error": "", "revised": revised, "source": source}


def _plain(value):
    """Decimal text without an exponent or zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def census_rows(census, source):
    """Counts and the share of towns, of the region and of every county."""
    out = []
    for year in sorted(census):
        areas = {"region": {name: sum(row[name] for row in census[year].values())
                            for _, name, _ in COUNTS}}
        areas.update(sorted(census[year].items()))
        for area, row in areas.items():
            where = f"census {year}, {source}" + (", sum of counties" if area == "region" else "")
            out += [_row(indicator, area, f"{year}-11", row[name], unit, where)
                    for indicator, name, unit in COUNTS]
            if row["persons"] > 0:
                share = f"{row['urban'] / row['persons']:.6f}"
                out.append(_row("urbanization_rate", area, f"{year}-11", share, "1", where))
    return out


def county_rows(extra, counties, plan):
    """A column of the file of counties; nothing where the cell is empty."""
    by_code = {row["gb_code"]: row for row in extra}
    out = []
    for item in plan.get("counties", []):
        for county in counties:
            text = by_code.get(str(county["code"]), {}).get(item["column"], "")
            if text:
                value = _plain(Decimal(text) * Decimal(item["scale"]))
                out.append(_row(item["indicator"], county["code"], item["date"], value,
                                item["unit"], item["source"], item["revised"]))
    return out


def series_rows(series, plan):
    """Values of series, of the areas and years named."""
    out = []
    series = sorted(series, key=lambda row: row["year"])
    for item in plan.get("series", []):
        for row in series:
            if row["series"] == item["series"] and row["area"] in item["areas"] and \
                    int(row["year"]) in item["years"]:
                value = _plain(Decimal(row["value"]) * Decimal(item["scale"]))
                source = "; ".join(text for text in (row["source"], row["note"]) if text)
                out.append(_row(item["indicator"], row["area"], f"{row['year']}-{item['month']}",
                                value, item["unit"], source, item["revised"]))
    return out


def rate_rows(series, made, plan):
    """Events of a year: a published rate times the mean of the population at both ends of it."""
    population = {(row["area"], row["date"]): Decimal(str(row["value"])) for row in made
                  if row["indicator"] == "population"}
    out = []
    for item in plan.get("rates", []):
        for row in series:
            ends = [(row["area"], f"{year}-12") for year in (int(row["year"]) - 1,
                                                             int(row["year"]))]
            if row["series"] == item["series"] and int(row["year"]) in item["years"] and \
                    all(end in population for end in ends):
                events = Decimal(row["value"]) / 1000 * sum(population[end] for end in ends) / 2
                out.append(_row(item["indicator"], row["area"], ends[1][1], int(round(events)),
                                "persons", f"derived: {row['value']} per 1000 ({row['source']}) "
                                "times the mean of both year-end populations"))
    return out


def table(census, counties, extra, series, recipe, notes):
    """Rows of observations.csv; a region without a recipe has its censuses alone."""
    plan = recipe.get("observations", {})
    if not plan:
        notes.append("observations: none in the recipe; those of the censuses alone are made")
    rows = census_rows(census, plan.get("census_source", "county tables"))
    rows += county_rows(extra, counties, plan) + series_rows(series, plan)
    return rows + rate_rows(series, rows, plan)
