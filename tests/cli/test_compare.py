#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`townward compare` as a user meets it: files of one comparison agree, mistakes are all named,
text is at most 100 columns wide, an interrupt leaves nothing behind."""
import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import h5py
import numpy as np
import xarray

TOWNWARD = os.environ["TOWNWARD"]
SOURCE = os.environ["TOWNWARD_SOURCE"]
THREE = os.path.join(SOURCE, "tests/regions/three")
BASE = os.path.join(THREE, "baseline.cfg")
PLAN = os.path.join(THREE, "plan-2030.cfg")
SMALL = ["--set", "run.sample=0.1", "--set", "run.end=2023", "--threads", "1"]


def call(*words):
    return subprocess.run([TOWNWARD, "compare", *words], capture_output=True, text=True)


def strong_plan(folder):
    """The plan with a subsidy that shows within two years."""
    path = os.path.join(folder, "strong.cfg")
    with open(path, "w") as file:
        file.write(f'base = "{PLAN}";\nquestion = "What does \\"early, high\\" do?";\n'
                   "levers: { housing: { rent_subsidy: { settling_2025 = { start = \"2021-05\"; "
                   "ramp = 0; yuan_per_month = 2000; high = 3000; }; }; }; };\n")
    return path


class Compare(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.plan = strong_plan(cls.folder.name)
        cls.path = {kind: os.path.join(cls.folder.name, "c." + kind)
                    for kind in ("h5", "csv", "json")}
        cls.done = call(BASE, cls.plan, PLAN, *SMALL, "--replicates", "2", "--attribute",
                        "--each-lever", "--by", "income", "-o", cls.path["h5"],
                        "--csv", cls.path["csv"], "--json", cls.path["json"])

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_the_goal_of_the_region_comes_along(self):
        path = os.path.join(self.folder.name, "goal.h5")
        shipped = os.path.join(SOURCE, "scenarios/xizang")
        done = call(os.path.join(shipped, "baseline.cfg"), os.path.join(shipped, "plan-2030.cfg"),
                    "--set", "run.sample=0.005", "--set", "run.end=2031", "--replicates", "1",
                    "-o", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(os.path.join(shipped, "tables/series.csv"), encoding="utf-8") as source:
            goals = {int(row["year"]): float(row["value"]) for row in csv.DictReader(source)
                     if row["series"] == "target_urban_share" and row["area"] == "region"}
        last = max(year for year in goals if 2020 < year <= 2031)
        with h5py.File(path) as file:
            self.assertEqual(file.attrs["goal_year"], last)
            self.assertAlmostEqual(file.attrs["goal_urbanization_rate"], goals[last] / 100)

    def test_it_ends_well_and_says_what_it_runs(self):
        self.assertEqual(self.done.returncode, 0, self.done.stderr)
        self.assertIn("single levers:", self.done.stderr)
        self.assertIn("more runs of", self.done.stderr)

    def test_text_is_narrow_and_has_the_finding_first(self):
        lines = self.done.stdout.splitlines()
        self.assertEqual([line for line in lines if len(line) > 100], [])
        self.assertIn("strong", lines[0])
        self.assertIn("urbanization rate", lines[0])
        for word in ("induced", "deterred", "income, 1 = lowest", "housing.rent_subsidy",
                     "additional town resident", "Shapley", "alone less base"):
            self.assertIn(word, self.done.stdout)

    def test_xarray_reads_file_and_json(self):
        with open(self.path["json"]) as file:
            told = xarray.Dataset.from_dict(json.load(file))
        for engine in ("netcdf4",):
            with xarray.open_dataset(self.path["h5"], engine=engine) as data:
                self.assertEqual(list(data.alternative.values), ["strong", "plan-2030"])
                self.assertEqual(set(data.variables), set(told.variables))
                self.assertEqual(set(data.attrs), set(told.attrs))
                self.assertEqual(data.attrs["horizon_year"], 2023)
                self.assertNotIn("goal_year", data.attrs)
                self.assertEqual(dict(data.sizes), dict(told.sizes))
                for name in data.variables:
                    self.assertEqual(data[name].dims, told[name].dims)
                    if data[name].dtype.kind in "fi":
                        np.testing.assert_array_equal(
                            data[name].values.astype(float), told[name].values.astype(float))
                    else:
                        self.assertEqual(list(data[name].values), list(told[name].values))

    def test_csv_has_the_same_numbers(self):
        with h5py.File(self.path["h5"]) as file, open(self.path["csv"], newline="") as text:
            axes = {name: [word.decode() if isinstance(word, bytes) else str(word)
                           for word in file[name][:]]
                    for name in file if isinstance(file[name], h5py.Dataset) and
                    file[name].attrs.get("CLASS") == b"DIMENSION_SCALE"}
            rows = list(csv.DictReader(text))
            seen = {}
            for row in rows:
                seen.setdefault(row["variable"], []).append(row)
            names = {name for name in file if isinstance(file[name], h5py.Dataset)} - set(axes)
            self.assertEqual(set(seen), {name for name in names if file[name].size > 0})
            for name in sorted(seen):
                values = file[name][:].ravel()
                self.assertEqual(len(values), len(seen[name]))
                if values.dtype.kind in "fi":
                    np.testing.assert_array_equal(
                        values, np.array([float(row["value"]) for row in seen[name]]))
            for row in seen["difference"][:2000:37]:
                index = tuple(axes[axis].index(row[axis])
                              for axis in ("alternative", "year", "indicator", "area"))
                np.testing.assert_equal(float(row["value"]), file["difference"][index])

    def test_units_and_sums(self):
        with h5py.File(self.path["h5"]) as file:
            for name, item in file.items():
                if isinstance(item, h5py.Dataset):
                    self.assertTrue(item.attrs["units"] and item.attrs["long_name"], name)
            classes = file["class_persons"][:].sum(axis=4)[..., 0]
            self.assertEqual(file["class_persons"].shape, (2, 2, 4, 7, 3, 5))
            kind = np.array([word.decode() for word in file["area_kind"][:]])
            counties = file["class_persons"][:][..., kind == "county"].sum(axis=-1)
            np.testing.assert_allclose(counties, file["class_persons"][:][..., 0], rtol=1e-12)
            names = [word.decode() for word in file["indicator"][:]]
            values = file["indicator_value"][:]
            residents = values[:, :, :, names.index("residents"), 0]
            town = values[:, :, :, names.index("town_residents"), 0]
            only = file["only_town"][:][..., 0]
            for a in range(2):
                np.testing.assert_allclose(classes[a][..., :6].sum(axis=-1), residents[0])
                np.testing.assert_allclose(
                    classes[a][..., 2] - classes[a][..., 3] + only[a][..., 1] - only[a][..., 0],
                    town[a + 1] - town[0], atol=1e-6)
            self.assertGreater(np.nansum(file["programme_recipients"][:]), 0)
            shapley = file["shapley"][:]
            horizon = list(file["year"][:]).index(2023)
            for i, name in enumerate(("urbanization_rate", "registered_urbanization_rate",
                                      "town_residents")):
                np.testing.assert_allclose(
                    shapley[:, i].sum(axis=-1),
                    file["difference"][:, horizon, names.index(name), 0], atol=1e-9)

    def test_equal_comparisons_give_equal_files(self):
        paths = [os.path.join(self.folder.name, name) for name in ("x.h5", "y.h5")]
        for path, threads in zip(paths, ("1", "2")):
            done = call(BASE, PLAN, *SMALL, "--threads", threads, "-o", path)  # the last counts
            self.assertEqual(done.returncode, 0, done.stderr)
        with h5py.File(paths[0]) as one, h5py.File(paths[1]) as two:
            for name in one:
                if isinstance(one[name], h5py.Dataset):
                    if one[name].dtype.kind in "fi":
                        np.testing.assert_array_equal(one[name][...], two[name][...])
                    else:
                        self.assertEqual(list(one[name][...]), list(two[name][...]))
            self.assertEqual(one["provenance/run"].attrs["threads"], 1)
            self.assertEqual(two["provenance/run"].attrs["threads"], 2)

    def test_every_breakdown_prints(self):
        for by, word in (("county", "Nedong"), ("tier", "county town"),
                         ("household", "family_with_children")):
            done = call(BASE, PLAN, *SMALL, "--year", "2021", "--by", by)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(word, done.stdout)
            self.assertIn("1 November 2021", done.stdout)

    def test_reach(self):
        using = ["--using", "housing.rent_subsidy", "--minimise", "outlay"]
        with h5py.File(self.path["h5"]) as file:
            rate = file["indicator_value"][:2, :, 2, 0, 0].mean(axis=1)
        target = f"urbanization_rate={0.7 * rate[0] + 0.3 * rate[1]:.8f}@2022"
        done = call(BASE, self.plan, *SMALL, "--replicates", "2", "--reach", target, *using)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("cheapest found", done.stdout)
        done = call(BASE, self.plan, *SMALL, "--reach", "urbanization_rate=0.99@2022", *using)
        self.assertEqual(done.returncode, 1)
        self.assertIn("is not reached", done.stdout)
        self.assertLessEqual(max(len(line) for line in done.stdout.splitlines()), 100)


class Mistakes(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()

    def tearDown(self):
        self.folder.cleanup()

    def expect(self, code, texts, *words):
        done = call(*words)
        self.assertEqual(done.returncode, code, done.stderr)
        for text in texts:
            self.assertIn(text, done.stderr)

    def test_files(self):
        self.expect(2, ["base and at least one alternative"], BASE)
        self.expect(2, ["nowhere.cfg", "neither.cfg"], "nowhere.cfg", "neither.cfg")
        self.expect(1, ["exists already"], BASE, PLAN, "-o", BASE)
        other = os.path.join(self.folder.name, "c.x")
        self.expect(2, ["two outputs have one name"], BASE, PLAN, "-o", other, "--csv", other)

    def test_scenarios_that_do_not_fit(self):
        other = os.path.join(self.folder.name, "other.cfg")
        with open(other, "w") as file:
            file.write(f'base = "{PLAN}";\nrun: {{ end = 2029; seed = 7; sample = 0.5; }};\n')
        self.expect(2, ["run.end = 2029-11; expected 2035-11", "run.seed = 7; expected 1",
                        "run.sample = 0.5; expected 1"], BASE, other)
        self.expect(2, ["region"], BASE, os.path.join(SOURCE, "scenarios/xizang/plan-2030.cfg"))
        with open(other, "w") as file:
            file.write(f'base = "{PLAN}";\nsynthesis: {{ public_rental_share = 0.2; }};\n')
        self.expect(2, ["synthesis.public_rental_share differs"], BASE, other)

    def test_options(self):
        self.expect(2, ["--by: error: sex; expected county, prefecture, tier"],
                    BASE, PLAN, "--by", "sex")
        self.expect(2, ["run.replicates"], BASE, PLAN, "--replicates", "0")
        self.expect(2, ["--year: error: 2060; expected a 1 November of the runs: 2021 to 2035"],
                    BASE, PLAN, "--year", "2060")
        self.expect(2, ["a calendar year"], BASE, PLAN, "--year", "soon")
        reach = ["--reach", "urbanization_rate=0.45@2030"]
        self.expect(2, ["did you mean housing.rent_subsidy"], BASE, PLAN, *reach,
                    "--using", "housing.rent_subsidi")
        self.expect(2, ["a programme of its own"], BASE, PLAN, *reach,
                    "--using", "jobs.sme_finance")
        self.expect(2, ["no lever is named"], BASE, PLAN, *reach)
        self.expect(2, ["INDICATOR=VALUE@YEAR", "--budget: error: -1"], BASE, PLAN, "--reach",
                    "urbanization_rate", "--using", "housing.rent_subsidy", "--budget", "-1")
        self.expect(2, ["did you mean urbanization_rate"], BASE, PLAN, "--reach",
                    "urbanisation_rate=0.4", "--using", "housing.rent_subsidy")

    def test_an_interrupt_leaves_nothing(self):
        path = os.path.join(self.folder.name, "late.h5")
        work = subprocess.Popen([TOWNWARD, "compare", BASE, PLAN, "--replicates", "500",
                                 "-o", path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(3)
        work.send_signal(signal.SIGINT)
        error = work.communicate()[1].decode()
        self.assertEqual(work.returncode, 75, error)
        self.assertIn("stopped after", error)
        self.assertEqual(os.listdir(self.folder.name), [])

    def test_help_has_an_example(self):
        done = call("--help")
        self.assertEqual(done.returncode, 0)
        self.assertIn("example: townward compare", done.stdout)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
