# SPDX-License-Identifier: Apache-2.0
"""How often earthquakes and floods strike a county, and the events that have happened.

Frequencies by county come from hazard_rates.csv; a recipe names what no file has: the frequency of
floods (assumed) and, per event, its counties, its dates and which published count its share of lost
dwellings is made of.
"""

import os

from tables import read_csv

RATE_COLUMNS = ["code", "earthquake_m5_per_year", "earthquake_m6_per_year", "flood_per_year",
                "quality", "source"]
EVENT_COLUMNS = ["event", "kind", "county", "date", "rural_loss_share", "town_loss_share",
                 "service_loss_share", "reconstructed", "quality", "source"]


def rates(rows, counties, plan, notes):
    """One row per county; the smoothed rates, since few quakes were near any one seat."""
    by_name = {row["county_zh"]: row for row in rows}
    flood = plan["flood_per_year"]
    out = []
    for county in counties:
        row = by_name.get(county["name_zh"])
        if row is None:
            notes.append(f"hazards: no rates of {county['code']} {county['name_zh']}")
            continue
        out.append({"code": county["code"],
                    "earthquake_m5_per_year": row["rate_M5_smoothed_per_year_50km"],
                    "earthquake_m6_per_year": row["rate_M6_smoothed_per_year_50km"],
                    "flood_per_year": flood["value"],
                    "quality": f"earthquakes derived; flood {flood['quality']}",
                    "source": f"{plan['rates_source']}; flood: {flood['source']}"})
    return out


def _fact(facts, event, item):
    for row in facts:
        if row["event"] == event and row["item"] == item:
            return float(row["value"])
    raise ValueError(f"hazard_facts.csv: no {item} of {event}")


def events(facts, groups, rural, plan):
    """Persons resettled over the rural persons of all counties struck: one share for all of them.

    `groups` holds rows of group and county code, `rural` is {code: rural persons 2020}.
    """
    out = []
    for item in plan["events"]:
        struck = [row["county"] for row in groups if row["group"] == item["group"]]
        resettled = _fact(facts, item["fact"], item["persons_item"])
        share = resettled / sum(rural[code] for code in struck)
        for code in sorted(struck):
            out.append({"event": item["event"], "kind": item["kind"], "county": code,
                        "date": item["date"], "rural_loss_share": f"{share:.4f}",
                        "town_loss_share": item["town_loss_share"],
                        "service_loss_share": item["service_loss_share"],
                        "reconstructed": item["reconstructed"], "quality": item["quality"],
                        "source": item["source"]})
    return out


def tables(folder, counties, groups, rural, recipe, notes):
    """Rows of hazards.csv and of hazard_events.csv; an empty list is a table not to be made."""
    plan = recipe.get("hazards")
    found = {name: read_csv(os.path.join(folder, name)) if folder else None
             for name in ("hazard_rates.csv", "hazard_facts.csv")}
    if plan is None or found["hazard_rates.csv"] is None:
        notes.append("hazards: no rates, or no hazards in the recipe; their tables are not made")
        return [], []
    rows = rates(found["hazard_rates.csv"], counties, plan, notes)
    if found["hazard_facts.csv"] is None:
        notes.append("hazard_facts.csv: not there; hazard_events.csv is not made")
        return rows, []
    return rows, events(found["hazard_facts.csv"], groups, rural, plan)
