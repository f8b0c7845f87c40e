# SPDX-License-Identifier: Apache-2.0
"""Brings the rows of both censuses onto one list of counties: merging, renaming, splitting."""

from census_columns import AGE_SEX, COLUMNS, GENERATIONS, INDUSTRIES, MARITAL, SCHOOLING, TENURES
from census_rows import stem

SPLIT_GROUPS = (
    [AGE_SEX, GENERATIONS]
    + [[f"{sex}_school_{x}" for x in SCHOOLING] for sex in ("male", "female")]
    + [[f"{sex}_{x}" for x in MARITAL] for sex in ("male", "female")]
    + [[f"employed_{x}" for x in INDUSTRIES], [f"tenure_{x}" for x in TENURES]]
)
# Below this count of both counties in 2020 the share of the whole group is used for a column.
SMALL = 30


def add(into, counts):
    for name in COLUMNS:
        into[name] += counts[name]


def merge_units(units, merge):
    """Adds the units named in `merge` (name -> code of the host) to their hosts; drops them."""
    by_code = {unit["code"]: unit for unit in units if unit["code"] is not None}
    kept = []
    for unit in units:
        host = merge.get(unit["name"])
        if host is None:
            kept.append(unit)
        else:
            add(by_code[host]["counts"], unit["counts"])
    return kept


def match(units, counties, renamed):
    """{county code: counts} and the unmatched units: by code, else by name inside the prefecture.

    `counties` are dicts with code, name_zh, prefecture_zh; `renamed` maps a name of the census to
    the county's present name.
    """
    by_code = {c["code"]: c for c in counties}
    by_name, by_stem = {}, {}
    for c in counties:
        by_name.setdefault((stem(c["prefecture_zh"]), stem(c["name_zh"])), []).append(c)
        by_stem.setdefault(stem(c["name_zh"]), []).append(c)
    found, unmatched = {}, []
    for unit in units:
        name = stem(renamed.get(unit["name"], unit["name"]))
        county = by_code.get(unit["code"])
        if county is not None and stem(county["name_zh"]) != name:
            county = None  # the code was given to another place since
        if county is None:
            candidates = by_name.get((stem(unit["prefecture"]), name)) or by_stem.get(name, [])
            county = candidates[0] if len(candidates) == 1 else None
        if county is None or county["code"] in found:
            unmatched.append(unit)
        else:
            found[county["code"]] = dict(unit["counts"])
    return found, unmatched


def _two(total, share):
    """Largest remainder for two parts: the second gets round(total * share)."""
    second = min(total, max(0, int(total * share + 0.5)))
    return total - second, second


def _share(first, second, names):
    a = sum(first[n] for n in names)
    b = sum(second[n] for n in names)
    return (b / (a + b), a + b) if a + b else (None, 0)


def split(whole, like_first, like_second):
    """Splits one row in two by the later shares of each column.

    Column sums are exact; persons are the sum of age x sex and families the sum of the generations,
    so that each part is consistent in itself.
    """
    persons_share = _share(like_first, like_second, AGE_SEX)[0]
    first, second = {}, {}
    grouped = {}
    for names in SPLIT_GROUPS:
        group_share = _share(like_first, like_second, names)[0]
        for name in names:
            share, size = _share(like_first, like_second, [name])
            grouped[name] = share if size >= SMALL else group_share
    for name in COLUMNS:
        share = grouped.get(name)
        if share is None:
            share = _share(like_first, like_second, [name])[0]
        first[name], second[name] = _two(whole[name], persons_share if share is None else share)
    for row in (first, second):
        row["persons"] = sum(row[n] for n in AGE_SEX)
        row["families"] = sum(row[n] for n in GENERATIONS)
    return first, second


def findings(code, year, row):
    """What does not add up in a row, as sentences."""
    out = []

    def want(condition, text):
        if not condition:
            out.append(f"{code} {year}: {text}")

    want(sum(row[n] for n in AGE_SEX) == row["persons"], "age x sex do not add up to persons")
    want(sum(row[n] for n in GENERATIONS) == row["families"], "generations differ from families")
    want(row["urban"] <= row["persons"], "urban exceed persons")
    want(row["families"] <= row["family_persons"] <= row["persons"], "family persons out of range")
    want(row["one_person_families"] <= row["generations_1"], "one-person exceed one-generation")
    for k, sex in enumerate(("male", "female")):
        people = sum(row[n] for n in AGE_SEX[19 * k:19 * (k + 1)])
        want(sum(row[f"{sex}_school_{x}"] for x in SCHOOLING) <= people, f"{sex} schooling too large")
        want(sum(row[f"{sex}_{x}"] for x in MARITAL) <= people, f"{sex} marital states too large")
    want(sum(row[f"employed_{x}"] for x in INDUSTRIES) <= row["persons"], "employed too large")
    want(sum(row[f"tenure_{x}"] for x in TENURES) <= row["families"], "tenures exceed families")
    return out
