# SPDX-License-Identifier: Apache-2.0
"""Census columns of the region tables and where they stand in the 2010 and 2020 workbooks.

The workbooks are read by column number, for their headers differ by year and three headers of 2010
are shifted; `check_headers` compares a few headers, so that another edition is noticed.
"""

AGES = ["0", "1_4"] + [f"{a}_{a + 4}" for a in range(5, 85, 5)] + ["85_plus"]
SCHOOLING = ["none", "primary", "junior", "senior", "college"]
MARITAL = ["never_married", "married", "divorced", "widowed"]
ELSEWHERE = ["same_county", "other_county", "outside"]
INDUSTRIES = [
    "farming", "mining", "manufacturing", "utilities", "construction", "wholesale_retail",
    "transport", "hotels_catering", "information", "finance", "real_estate", "business_services",
    "science", "environment", "resident_services", "education", "health", "culture",
    "public_administration",
]
TENURES = ["rented", "self_built", "purchased", "inherited", "other"]
GENERATIONS = ["generations_1", "generations_2", "generations_3", "generations_4_plus"]


def _sources(year):
    """Column name -> list of workbook columns that are added up."""
    old = year == 2010
    s = {
        "persons": [2 if old else 4],
        "urban": [9],
        "families": [11 if old else 12],
        "family_persons": [12 if old else 13],
        "one_person_families": [14 if old else 15],
    }
    for k, name in enumerate(GENERATIONS):
        s[name] = [(15 if old else 16) + k]
    first_age = 19 if old else 20
    for sex, shift in (("male", 0), ("female", 1)):
        for k, age in enumerate(AGES):
            s[f"{sex}_{age}"] = [first_age + 2 * k + shift]
    for sex, shift in (("male", 0), ("female", 1)):
        if old:  # none primary junior senior junior-college bachelor+
            groups = [[71], [73], [75], [77], [79, 81]]
        else:  # none and pre-school; primary junior senior junior-college bachelor+
            groups = [[69, 71], [73], [75], [77], [79, 81]]
        for level, columns in zip(SCHOOLING, groups):
            s[f"{sex}_school_{level}"] = [c + shift for c in columns]
    first_marital = 139 if old else 124
    for sex, shift in (("male", 1), ("female", 2)):
        for k, state in enumerate(MARITAL):
            s[f"{sex}_{state}"] = [first_marital + 3 * k + shift]
    for k, name in enumerate(ELSEWHERE):
        s[f"registered_{name}"] = [(68 if old else 66) + k]
    # The headers of 118-120 in 2010 are shifted: they hold transport, information, wholesale.
    order_2010 = [113, 114, 115, 116, 117, 120, 118, 121, 119] + list(range(122, 132))
    order_2020 = [101, 102, 103, 104, 105, 106, 107, 108, 109] + list(range(110, 120))
    for name, column in zip(INDUSTRIES, order_2010 if old else order_2020):
        s[f"employed_{name}"] = [column]
    # International organisations (1 and 7 persons of the sample in Xizang) join administration.
    s["employed_public_administration"].append(132 if old else 120)
    if old:
        tenure = {"rented": [165], "self_built": [166], "purchased": [167], "inherited": [],
                  "other": [168]}
    else:
        tenure = {name: [148 + k] for k, name in enumerate(TENURES)}
    for name in TENURES:
        s[f"tenure_{name}"] = tenure[name]
    return s


SOURCES = {2010: _sources(2010), 2020: _sources(2020)}
COLUMNS = list(SOURCES[2010])
assert COLUMNS == list(SOURCES[2020])

AGE_SEX = [f"{sex}_{age}" for sex in ("male", "female") for age in AGES]

_HEADERS = {
    2010: {1: "区划代码", 2: "合计", 9: "城镇人口", 11: "户数", 14: "一人户", 19: "0岁（男）",
           68: "迁入人口（人）-本县", 71: "未上过学-男", 113: "农林牧渔业", 132: "国际组织",
           139: "未婚-小计", 165: "住房来源-租赁"},
    2020: {0: "区划代码", 4: "人口数_合计", 9: "城镇人口", 12: "家庭户数", 15: "一人户数",
           20: "男_0岁", 66: "户口登记地在外乡镇街道人口_本县", 69: "未上过学_男",
           101: "农林牧渔业", 120: "国际组织", 124: "未婚", 148: "住房来源_租赁"},
}


def check_headers(year, header):
    """Raises ValueError when the workbook is not the edition whose columns are known here."""
    for column, expected in _HEADERS[year].items():
        found = "".join(str(header[column] or "").split())
        if not found.startswith(expected):
            raise ValueError(f"census {year}: column {column} is '{found}', expected '{expected}'")


def count(value):
    """A census count; NA and empty mean that none was tabulated.

    One cell of the 2010 book repeats its number ("5      5"): equal numbers are one.
    """
    tokens = set(str(value).split()) if value is not None else set()
    if tokens <= {"NA"}:
        return 0
    if len(tokens) > 1:
        raise ValueError(f"not a count: '{value}'")
    return int(round(float(tokens.pop())))


def row_counts(year, row):
    """Workbook row -> {column: count}."""
    return {name: sum(count(row[c]) for c in columns) for name, columns in SOURCES[year].items()}
