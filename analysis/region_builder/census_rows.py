# SPDX-License-Identifier: Apache-2.0
"""County rows of one province from the national census workbooks, in both years' own divisions."""

import re

import openpyxl

from census_columns import check_headers, row_counts

_SUFFIX = re.compile(r"(自治县|自治旗|自治州|地区|省|市|盟|区|县|旗)$")


def stem(name):
    """Name without its administrative suffix: 乃东县 and 乃东区 are the same place."""
    name = "".join(str(name).split()).replace("\u5dff", "市")  # a look-alike in the 2010 book
    shorter = _SUFFIX.sub("", name)
    return shorter if len(shorter) >= 2 else name


def _table(path):
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return [tuple(row) for row in book[book.sheetnames[0]].iter_rows(values_only=True)]


def _code(value):
    text = "" if value is None else str(value).strip()
    return int(float(text)) if re.fullmatch(r"\d{6}(\.0)?", text) else None


def _entries_2010(rows):
    for row in rows[1:]:
        if row[0] is not None:
            yield _code(row[1]), "".join(str(row[0]).split()), None, row


def _entries_2020(rows, province):
    for row in rows[1:]:
        if row[1] == province:
            yield _code(row[0]), "".join(str(row[3]).split()), "".join(str(row[2]).split()), row


def read_year(path, year, province):
    """Rows of a province.

    Returns a dict: `total` (counts of the province), `prefectures` [{code, name, counts}],
    `units` [{code or None, name, prefecture, counts}], county-level, in the book's order.
    A prefecture-level city without counties is a unit itself.
    """
    rows = _table(path)
    check_headers(year, rows[0])
    if year == 2020:
        entries = list(_entries_2020(rows, province))
    else:
        entries, inside = [], False
        for entry in _entries_2010(rows):
            code = entry[0]
            if code is not None and code % 10000 == 0:
                inside = entry[1] == province
            if inside:
                entries.append(entry)
    if not entries:
        raise ValueError(f"census {year}: no province '{province}'")
    return _arrange(year, entries)


def _arrange(year, entries):
    total, prefectures, units, current = None, [], [], None
    for code, name, prefecture, row in entries:
        counts = row_counts(year, row)
        if name in ("市辖区", "县") and (code is None or code % 100 == 0):
            current = None  # a heading, not a place
        elif code is not None and code % 10000 == 0:
            total = counts
        elif code is not None and code % 100 == 0:
            current = {"code": code, "name": name, "counts": counts}
            prefectures.append(current)
        elif name.endswith("直辖县级行政区划"):
            current = None
        else:
            home = prefecture or (current["name"] if current else name)
            units.append({"code": code, "name": name, "prefecture": home, "counts": counts})
    homes = {unit["prefecture"] for unit in units}
    for p in prefectures:
        if p["name"] not in homes:
            units.append({"code": p["code"], "name": p["name"], "prefecture": p["name"],
                          "counts": p["counts"]})
    return {"total": total, "prefectures": prefectures, "units": units}
