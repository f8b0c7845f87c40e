# SPDX-License-Identifier: Apache-2.0
"""Tables beside the census: links, projects, series, schedules, groups and dated flows."""

import re

from tables import number, shares

HOW = {
    "direct": "distance published for this pair",
    "arith": "distance from published ones by arithmetic",
    "split": "published distance of a longer way, shared",
    "fit": "distance fitted: straight line x detour of the terrain",
}


def links(rows, counties, recipe, notes):
    code = {c["name_zh"]: c["code"] for c in counties}
    changes = {}
    for change in recipe.get("road_changes", []):
        changes[frozenset((change["from"], change["to"]))] = change
    out = []
    for row in rows:
        a, b = code[row["from_zh"]], code[row["to_zh"]]
        change = changes.pop(frozenset((a, b)), None)
        minutes = "published" if row["minutes_basis"] == "sourced" else "speed of its class"
        out.append({
            "from": a, "to": b, "road": row["road"], "km": number(row["distance_km"]),
            "minutes": number(row["minutes"]),
            "minutes_before": change["before"] if change else "",
            "opens": change["opens"] if change else "",
            "class": row["class"], "terrain": row["terrain"], "quality": row["quality"],
            "source": f"{HOW[row['how']]}; minutes: {minutes}",
            "before_quality": change["quality"] if change else "",
            "before_source": change["source"] if change else "",
        })
    for pair in changes:
        notes.append(f"road change of {sorted(pair)} has no link")
    return out


def _clean(text, recipe):
    """Words that mean something only beside the raw files, replaced as the recipe says."""
    for old, new in recipe.get("words", {}).items():
        text = text.replace(old, new)
    return text


def projects(rows, counties, recipe):
    out = []
    for row in rows:
        text = row["serves_zh"]
        codes = []
        for c in sorted(counties, key=lambda c: -len(c["name_zh"])):  # one name ends another
            if c["name_zh"] in text:
                codes.append(c["code"])
                text = text.replace(c["name_zh"], " ")
        codes.sort()
        for word, more in recipe.get("project_fallback", {}).items():
            if not codes and word in text:
                codes = more
        name = row["project_zh"]
        opens = recipe.get("project_opens", {}).get(name, row["opening_year"])
        out.append({
            "project": recipe["projects"][name], "name_zh": name, "kind": row["kind"],
            "counties": " ".join(str(c) for c in codes),
            "opens": opens if re.fullmatch(r"\d{4}(-\d\d)?", opens) else "",
            "opens_source": _clean(row["opening_source"], recipe),
            "effect": _clean(row["effect"], recipe),
            "quality": _clean(row["effect_quality"], recipe),
        })
    return out


def _area(area, recipe):
    return recipe.get("areas", {}).get(area, recipe.get("prefecture_names", {}).get(area, area))


def series(rows, recipe):
    """(rows with a year, rows put apart with the reason)."""
    kept, apart, seen = [], [], set()
    for row in rows:
        new = {"series": row["series"], "area": _area(row["area"], recipe), "unit": row["unit"],
               "year": row["year"], "value": row["value"], "source": row["source"],
               "note": row["note"]}
        key = (new["series"], new["area"], new["year"])
        reason = ""
        if not re.fullmatch(r"\d{4}", row["year"]):
            reason = "not one year"
        elif key in seen:
            reason = "second value of the same series, area and year"
        if reason:
            apart.append(dict(new, reason=reason))
        else:
            seen.add(key)
            kept.append(new)
    return kept, apart


def schedules(rows, recipe):
    kept, apart = [], []
    for row in rows:
        new = {"schedule": row["schedule"], "sex": row["sex"], "age_low": row["age_lo"] or 0,
               "age_high": row["age_hi"] or 120, "year": row["year"], "rate": row["rate"],
               "unit": row["unit"], "area": _area(row["area"], recipe), "source": row["source"],
               "proxy": row["proxy"]}
        (kept if re.fullmatch(r"\d{4}", row["year"]) else apart).append(new)
    return kept, apart


def groups(rows, counties, notes):
    code = {c["name_zh"]: c["code"] for c in counties}
    out = []
    for row in rows:
        county = code.get(row["county_name_zh"])
        if county is None:
            notes.append(f"group {row['group']}: no county {row['county_name_zh']}")
            continue
        out.append({"group": row["group"], "county": county, "source": row["source"],
                    "quality": row["quality"]})
    return out


def _flow(origin, destination, item, persons):
    return {"origin": origin, "destination": destination, "start": item["start"],
            "end": item["end"], "persons": persons, "quality": item["quality"],
            "source": item["source"]}


def _spread(item, origins, rural, persons):
    """Rows of a flow that several counties share by rural population, over its destinations."""
    destinations = [(int(code), weight) for code, weight in item["destinations"].items()]
    out = []
    parts = shares(persons, [rural[c] for c in origins])
    for origin, part in zip(origins, parts):
        split = shares(part, [weight for _, weight in destinations])
        for (destination, _), number_of in zip(destinations, split):
            if number_of > 0:
                out.append(_flow(origin, destination, item, number_of))
    return out


def relocations(counties, rural, high, recipe, notes):
    """Organised relocation from very high places, from the recipe's published batches.

    `rural` is {code: rural persons 2020}; `high` the codes of the group of high seats. A county
    whose town is a city gives nobody: the moved townships are far from the seats.
    """
    plan = recipe.get("relocations")
    if plan is None:
        notes.append("relocations: none in the recipe")
        return []
    by_code = {c["code"]: c for c in counties}
    eligible = [c for c in counties if c["tier"] == "county"]
    out = [_flow(f["origin"], f["destination"], f, f["persons"]) for f in plan["fixed"]]
    for item in plan["shared"]:
        origins = [c["code"] for c in eligible if c["code"] in high
                   and c["prefecture_zh"] == item["prefecture"]
                   and c["code"] not in item.get("without", [])]
        out += _spread(item, origins, rural, item["persons"])
    valley = {int(code) for code in plan["rest"]["destinations"]}
    moved = sum(row["persons"] for row in out if row["destination"] in valley)
    highest = sorted(eligible, key=lambda c: (-float(c["seat_elevation_m"]), c["code"]))
    origins = sorted(c["code"] for c in highest[:plan["counties"]])
    fully = {f["origin"] for f in plan["fixed"] if by_code[f["origin"]] is highest[0]}
    origins = [c for c in origins if c not in fully]
    out += _spread(plan["rest"], origins, rural, plan["valley_persons"] - moved)
    left = plan["plan_persons"] - sum(row["persons"] for row in out)
    notes.append(f"relocations: {left} persons of the plan have no known destination: left out")
    return out


def reclassifications(census, recipe):
    """The falls of urban population between the censuses, which no move to villages explains."""
    span = recipe.get("reclassification")
    out = []
    if span is None:
        return out
    for code in sorted(census[2020]):
        if code not in census[2010]:
            continue
        change = census[2020][code]["urban"] - census[2010][code]["urban"]
        if change < 0:
            out.append({"origin": code, "destination": code, "start": span["start"],
                        "end": span["end"], "persons": change, "quality": "derived",
                        "source": "census urban population fell 2010-20"})
    return out
