# SPDX-License-Identifier: Apache-2.0
"""The region builder on workbooks made here, and the shipped tables against what they promise.

With TOWNWARD_RAW naming the raw folder, the shipped tables are also made anew and compared byte for
byte.
"""

import csv
import filecmp
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import openpyxl

SOURCE = os.environ.get("TOWNWARD_SOURCE",
                        os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
BUILDER = os.path.join(SOURCE, "analysis", "region_builder")
TABLES = os.path.join(SOURCE, "scenarios", "xizang", "tables")
sys.path.insert(0, BUILDER)

import arrival_profile  # noqa: E402
import build  # noqa: E402
import census_columns as columns  # noqa: E402
import hazards  # noqa: E402
import observations  # noqa: E402
from census_match import findings, split  # noqa: E402
from census_rows import stem  # noqa: E402
from tables import plain, shares  # noqa: E402

WIDTH = {2010: 169, 2020: 153}


def table(name):
    with open(os.path.join(TABLES, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def census_row(year, persons, urban):
    """A consistent row of a workbook; every person is 30-34, half of them men."""
    row = ["NA" if year == 2020 else None] * WIDTH[year]
    wanted = {"persons": persons, "urban": urban, "families": persons // 4,
              "family_persons": persons - 2, "generations_1": persons // 4,
              "one_person_families": 3, "male_30_34": persons // 2,
              "female_30_34": persons - persons // 2, "employed_wholesale_retail": 5,
              "employed_transport": 6, "employed_information": 7, "male_school_college": 8}
    for name, value in wanted.items():
        row[columns.SOURCES[year][name][0]] = value
    return row


def workbook(folder, year, entries):
    """entries: (code, prefecture, name, persons, urban)."""
    book = openpyxl.Workbook()
    header = [""] * WIDTH[year]
    for column, text in columns._HEADERS[year].items():
        header[column] = text
    book.active.append(header)
    for code, prefecture, name, persons, urban in entries:
        row = census_row(year, persons, urban)
        if year == 2010:
            row[0], row[1] = "  " + name, code
        else:
            row[0], row[1], row[2], row[3] = code or "NA", "某省", prefecture, name
        book.active.append(row)
    os.makedirs(os.path.join(folder, "china"), exist_ok=True)
    book.save(os.path.join(folder, "china", f"census_county_{year}_v1.xlsx"))


def small_province(folder):
    workbook(folder, 2010, [
        (110000, "", "别省", 50, 10), (110101, "", "甲山县", 50, 10),
        (990000, "", "某省", 500, 150), (990100, "", "东市", 500, 150),
        (990121, "", "甲山县", 100, 20), (990122, "", "乙县", 400, 130)])
    workbook(folder, 2020, [
        (990000, "某省", "某省", 640, 320), (990100, "东市", "东市", 640, 320),
        (990102, "东市", "甲山区", 120, 60), (990122, "东市", "乙县", 300, 150),
        (990123, "东市", "丙县", 200, 100), (None, "东市", "开发区", 20, 10)])


class Builder(unittest.TestCase):
    def test_shares_are_exact(self):
        for total in range(0, 40):
            self.assertEqual(sum(shares(total, [3, 1, 1, 7])), total)
        self.assertEqual(shares(10, [1, 1, 1]), [4, 3, 3])

    def test_names(self):
        self.assertEqual(stem("乃东县"), stem("乃东区"))
        self.assertEqual(stem("梅县"), stem("梅县区"))
        self.assertEqual(stem("从化\u5dff"), stem("从化区"))
        self.assertEqual(plain("Doilungdêqên"), "Doilungdeqen")

    def test_counts(self):
        self.assertEqual(columns.count("NA"), 0)
        self.assertEqual(columns.count(None), 0)
        self.assertEqual(columns.count("5      5"), 5)
        with self.assertRaises(ValueError):
            columns.count("5 6")

    def test_columns_are_those_of_both_years(self):
        self.assertEqual(len(columns.COLUMNS), 92)
        for year in (2010, 2020):
            used = [c for s in columns.SOURCES[year].values() for c in s]
            self.assertEqual(len(used), len(set(used)))
        # The headers of 2010 are shifted: retail stands under "information, wholesale and retail".
        self.assertEqual(columns.SOURCES[2010]["employed_wholesale_retail"], [120])
        self.assertEqual(columns.SOURCES[2010]["employed_transport"], [118])

    def test_split_is_exact_and_consistent(self):
        year = {name: 0 for name in columns.COLUMNS}
        whole, a, b = dict(year), dict(year), dict(year)
        for k, name in enumerate(columns.AGE_SEX):
            whole[name], a[name], b[name] = 17 * k + 5, 30 + 7 * k, 10 + 3 * (k % 5)
        for k, name in enumerate(columns.GENERATIONS):
            whole[name], a[name], b[name] = 101 + k, 60, 41
        whole["persons"] = sum(whole[n] for n in columns.AGE_SEX)
        whole["families"] = sum(whole[n] for n in columns.GENERATIONS)
        whole["family_persons"] = whole["persons"]
        parts = split(whole, a, b)
        for name in columns.COLUMNS:
            self.assertEqual(parts[0][name] + parts[1][name], whole[name], name)
        for part in parts:
            self.assertEqual(part["persons"], sum(part[n] for n in columns.AGE_SEX))
            self.assertEqual(part["families"], sum(part[n] for n in columns.GENERATIONS))

    def test_a_province_without_recipe(self):
        with tempfile.TemporaryDirectory() as folder:
            small_province(folder)
            out = os.path.join(folder, "out")
            notes = "\n".join(build.build(folder, out, "某省", {}))
            with open(os.path.join(out, "census.csv"), encoding="utf-8", newline="") as file:
                rows = {(r["code"], r["year"]): r for r in csv.DictReader(file)}
            self.assertEqual(sorted(rows), [("990102", "2010"), ("990102", "2020"),
                                            ("990122", "2010"), ("990122", "2020"),
                                            ("990123", "2020")])
            first = rows["990102", "2010"]
            self.assertEqual([first[n] for n in ("persons", "urban", "male_30_34",
                                                 "employed_wholesale_retail", "employed_transport",
                                                 "employed_information", "male_school_college",
                                                 "tenure_inherited")],
                             ["100", "20", "50", "5", "6", "7", "8", "0"])
            self.assertIn("no row of 990123 丙县", notes)
            self.assertIn("'开发区' has no code in 2020, left out (20 persons)", notes)
            self.assertIn("places, elevations and areas are missing", notes)
            self.assertIn("roads_detail.csv: not there", notes)

    def test_merging_renaming_splitting(self):
        with tempfile.TemporaryDirectory() as folder:
            small_province(folder)
            out = os.path.join(folder, "out")
            recipe = {"merge_2020": {"开发区": 990122},
                      "split_2010": [{"row": 990122, "into": 990123}]}
            notes = "\n".join(build.build(folder, out, "某省", recipe))
            with open(os.path.join(out, "census.csv"), encoding="utf-8", newline="") as file:
                rows = {(int(r["code"]), int(r["year"])): r for r in csv.DictReader(file)}
            self.assertEqual(int(rows[990122, 2020]["persons"]), 320)
            self.assertEqual(sum(int(rows[c, 2010]["persons"])
                                 for c in (990102, 990122, 990123)), 500)
            self.assertEqual(sum(int(rows[c, 2010]["urban"])
                                 for c in (990102, 990122, 990123)), 150)
            self.assertNotIn("no row of", notes)

    def test_an_unknown_province_and_edition(self):
        with tempfile.TemporaryDirectory() as folder:
            small_province(folder)
            with self.assertRaises(ValueError):
                build.build(folder, folder, "无此省", {})
            done = subprocess.run([sys.executable, os.path.join(BUILDER, "build.py"), folder,
                                   folder, "--province", "无此省"], capture_output=True, text=True)
            self.assertEqual(done.returncode, 1)
            self.assertIn("no province", done.stderr)


def region_of_shares(shares):
    """Two censuses between which newcomers of known ages came, and rates of death."""
    rows = []
    for low in range(5, 120, 5):
        for year in (2010, 2020):
            rows += [{"schedule": "mx_fitted", "sex": sex, "age_low": low, "age_high": low + 4,
                      "year": year, "rate": 0.002 + 0.0001 * low} for sex in ("male", "female")]
    groups = ["0", "1_4"] + [f"{a}_{a + 4}" for a in range(5, 85, 5)] + ["85_plus"]
    census = {year: {1: {"persons": 0, "registered_outside": stock}}
              for year, stock in ((2010, 20000), (2020, 60000))}
    for sex in arrival_profile.SEXES:
        for group in groups:
            census[2010][1][f"{sex}_{group}"] = 10000
            census[2020][1][f"{sex}_{group}"] = 0
            census[2010][1]["persons"] += 10000
    for sex in arrival_profile.SEXES:
        counted = arrival_profile.residuals(census, rows, sex)
        left = arrival_profile.first_leavers(census, sex)
        for k, low in enumerate(arrival_profile.COHORTS):
            come = sum(arrival_profile.stayed(census, low, age) * share
                       for age, share in zip(arrival_profile.ARRIVING, shares[sex]))
            change = round(come - left[k] - counted[k])
            census[2020][1][f"{sex}_{low}_{low + 4}"] = change
    return census, rows


class Arrivals(unittest.TestCase):
    def test_known_ages_are_found(self):
        shares = {"male": [0.06, 0.12, 0.16, 0.14, 0.1, 0.07, 0.05, 0.03, 0.01],
                  "female": [0.02, 0.05, 0.07, 0.05, 0.03, 0.02, 0.01, 0.01, 0]}
        students = arrival_profile.STUDENTS
        arrival_profile.STUDENTS = 0
        try:
            rows = arrival_profile.rows(*region_of_shares(shares))
        finally:
            arrival_profile.STUDENTS = students
        self.assertEqual(len(rows), 18)
        for row, share in zip(rows, shares["male"] + shares["female"]):
            self.assertAlmostEqual(5 * float(row["rate"]), share, delta=0.01)

    def test_the_shipped_rows_are_those_of_the_tables(self):
        schedules = table("schedules.csv")
        shipped = [row for row in schedules if row["schedule"] == "arrival_age"]
        made = arrival_profile.rows(arrival_profile.read_census(TABLES), schedules)
        self.assertEqual(shipped, [{k: str(v) for k, v in row.items()} for row in made])
        self.assertAlmostEqual(sum(5 * float(row["rate"]) for row in shipped), 1, places=4)

    def test_the_command_replaces_its_rows_only(self):
        command = os.path.join(BUILDER, "arrival_profile.py")
        with tempfile.TemporaryDirectory() as folder:
            for name in ("census.csv", "schedules.csv"):
                shutil.copy(os.path.join(TABLES, name), folder)
            for _ in range(2):
                done = subprocess.run([sys.executable, command, folder, "--write"])
                self.assertEqual(done.returncode, 0)
                self.assertTrue(filecmp.cmp(os.path.join(folder, "schedules.csv"),
                                            os.path.join(TABLES, "schedules.csv"), shallow=False))
            os.remove(os.path.join(folder, "census.csv"))
            done = subprocess.run([sys.executable, command, folder], capture_output=True, text=True)
            self.assertEqual(done.returncode, 1)
            self.assertIn("census.csv", done.stderr)


class Hazards(unittest.TestCase):
    PLAN = {"rates_source": "catalogue",
            "flood_per_year": {"value": "0.1", "quality": "assumed", "source": "no count"},
            "events": [{"event": "Great flood", "kind": "flood", "group": "struck",
                        "date": "2021-07", "reconstructed": "", "fact": "flood",
                        "persons_item": "resettled", "town_loss_share": "0",
                        "service_loss_share": "0.2", "quality": "derived", "source": "paper"}]}

    def test_a_county_without_rates_is_noted(self):
        notes = []
        counties = [{"code": 1, "name_zh": "甲"}, {"code": 2, "name_zh": "乙"}]
        rows = [{"county_zh": "甲", "rate_M5_smoothed_per_year_50km": "0.02",
                 "rate_M6_smoothed_per_year_50km": "0.001"}]
        out = hazards.rates(rows, counties, self.PLAN, notes)
        self.assertEqual([(r["code"], r["flood_per_year"]) for r in out], [(1, "0.1")])
        self.assertIn("no rates of 2", notes[0])

    def test_one_share_for_all_struck_counties(self):
        facts = [{"event": "flood", "item": "resettled", "value": "30"}]
        groups = [{"group": "struck", "county": 2}, {"group": "struck", "county": 1},
                  {"group": "other", "county": 3}]
        out = hazards.events(facts, groups, {1: 100, 2: 20, 3: 7}, self.PLAN)
        self.assertEqual([(r["county"], r["rural_loss_share"]) for r in out],
                         [(1, "0.2500"), (2, "0.2500")])
        with self.assertRaises(ValueError):
            hazards.events([], groups, {1: 100, 2: 20, 3: 7}, self.PLAN)


class Observed(unittest.TestCase):
    CENSUS = {2010: {1: {"persons": 30, "urban": 10, "families": 9},
                     2: {"persons": 10, "urban": 0, "families": 3}}}

    def test_the_region_is_the_sum_of_its_counties(self):
        rows = observations.census_rows(self.CENSUS, "tables")
        found = {(r["indicator"], r["area"]): r["value"] for r in rows}
        self.assertEqual(found["population", "region"], 40)
        self.assertEqual(found["households", 1], 9)
        self.assertEqual(found["urbanization_rate", "region"], "0.250000")
        self.assertEqual(found["urbanization_rate", 2], "0.000000")
        self.assertEqual({r["date"] for r in rows}, {"2010-11"})

    def test_series_and_rates(self):
        series = [{"series": "people", "area": "region", "year": year, "value": value,
                   "source": "book", "note": note}
                  for year, value, note in (("2012", "308.7", ""), ("2011", "300", "rounded"))]
        series.append(dict(series[0], series="birth_rate", value="10"))
        plan = {"series": [{"series": "people", "indicator": "population", "areas": ["region"],
                            "years": [2011, 2012], "month": "12", "scale": "10000",
                            "unit": "persons", "revised": "no"}],
                "rates": [{"series": "birth_rate", "indicator": "births", "years": [2012]}]}
        made = observations.series_rows(series, plan)
        self.assertEqual([(r["date"], r["value"], r["revised"], r["source"]) for r in made],
                         [("2011-12", "3000000", "no", "book; rounded"),
                          ("2012-12", "3087000", "no", "book")])
        births = observations.rate_rows(series, made, plan)
        self.assertEqual([(r["date"], r["value"]) for r in births], [("2012-12", 30435)])
        self.assertEqual(observations.rate_rows(series, made[1:], plan), [])

    def test_a_region_without_a_recipe_has_its_censuses(self):
        notes = []
        rows = observations.table(self.CENSUS, [], [], [], {}, notes)
        self.assertEqual(len(rows), 12)
        self.assertEqual(len(notes), 1)


class Shipped(unittest.TestCase):
    def test_census_rows_are_consistent(self):
        rows = table("census.csv")
        self.assertEqual(len(rows), 148)
        for row in rows:
            counts = {name: int(row[name]) for name in columns.COLUMNS}
            self.assertEqual(findings(row["code"], row["year"], counts), [])

    def test_totals(self):
        rows = table("census.csv")
        for year, name, total in (("2010", "persons", 3002165), ("2010", "urban", 680589),
                                  ("2010", "families", 670838), ("2020", "persons", 3648100),
                                  ("2020", "urban", 1303443), ("2020", "families", 1014090)):
            self.assertEqual(sum(int(r[name]) for r in rows if r["year"] == year), total)

    def test_every_row_says_where_it_comes_from(self):
        for name in ("links.csv", "groups.csv", "relocations.csv", "reclassifications.csv",
                     "hazards.csv", "hazard_events.csv"):
            for row in table(name):
                self.assertTrue(row["source"] and row["quality"], (name, row))
        for row in table("links.csv"):
            if row["opens"]:
                self.assertTrue(row["before_source"] and row["before_quality"], row)
        for row in table("series.csv") + table("observations.csv"):
            self.assertTrue(row["source"], row)

    def test_hazards_are_those_of_the_counties(self):
        rows = {row["code"]: row for row in table("hazards.csv")}
        self.assertEqual(set(rows), {row["code"] for row in table("counties.csv")})
        self.assertTrue(all("assumed" in row["quality"] for row in rows.values()))
        struck = {row["county"] for row in table("hazard_events.csv")}
        self.assertEqual(struck, {row["county"] for row in table("groups.csv")
                                  if row["group"] == "dingri_quake_affected_5"})
        rural = sum(int(row["persons"]) - int(row["urban"]) for row in table("census.csv")
                    if row["year"] == "2020" and row["code"] in struck)
        for row in table("hazard_events.csv"):
            self.assertAlmostEqual(float(row["rural_loss_share"]), 47500 / rural, delta=0.0001)

    def test_nothing_is_lost_between_the_series(self):
        kept, apart = table("series.csv"), table("series_apart.csv")
        keys = {(r["series"], r["area"], r["year"]) for r in kept}
        self.assertEqual(len(keys), len(kept))
        self.assertTrue(all(r["reason"] for r in apart))

    @unittest.skipUnless("TOWNWARD_RAW" in os.environ, "TOWNWARD_RAW names no raw folder")
    def test_made_anew_byte_for_byte(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([sys.executable, os.path.join(BUILDER, "build.py"),
                                   os.environ["TOWNWARD_RAW"], folder, "--recipe",
                                   os.path.join(BUILDER, "recipes", "xizang.json")])
            self.assertEqual(done.returncode, 0)
            self.assertEqual(sorted(os.listdir(folder)), sorted(os.listdir(TABLES)))
            for name in os.listdir(folder):
                self.assertTrue(filecmp.cmp(os.path.join(folder, name),
                                            os.path.join(TABLES, name), shallow=False), name)


if __name__ == "__main__":
    unittest.main()
