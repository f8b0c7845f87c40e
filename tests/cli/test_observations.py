#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Observed values in a result: what is stored, the simulated value beside it, what inspect says."""
import os
import subprocess
import tempfile
import unittest

import h5py
import numpy as np
import xarray

TOWNWARD = os.environ["TOWNWARD"]
SOURCE = os.environ["TOWNWARD_SOURCE"]
BASE = os.path.join(SOURCE, "tests/regions/three/baseline.cfg")
# The small region: Nedong, Chanang and Gonggar, all of Lhoka.
MINE = """indicator,area,date,value,unit,standard_error,revised,source
population,region,2021-12,170000,persons,100,yes,mine
population,Lhoka,2021-12,170000,persons,,yes,mine
population,540521,2022-02,30000,persons,,yes,mine
urbanization_rate,Nedong,2021-12,0.6,1,,no,mine
births,region,2022-11,2000,persons,,yes,mine
births,region,2022-12,2000,persons,,yes,mine
births,region,2021-08,2000,persons,,yes,mine
births,region,2023-12,2000,persons,,yes,mine
"""


class Observations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        with open(os.path.join(cls.folder.name, "mine.csv"), "w", encoding="utf-8") as out:
            out.write(MINE)
        scenario = os.path.join(cls.folder.name, "mine.cfg")
        with open(scenario, "w", encoding="utf-8") as out:
            out.write(f'base = "{BASE}";\nobservations = "mine.csv";\n'
                      'run: { end = 2023; replicates = 2; };\n')
        cls.path = os.path.join(cls.folder.name, "mine.h5")
        subprocess.run([TOWNWARD, "run", scenario, "-o", cls.path], check=True,
                       capture_output=True)
        with h5py.File(cls.path) as file:
            group = file["observations"]
            names = ("indicator", "area", "date", "unit", "source")
            cls.rows = list(zip(*(group[name].asstr()[:] for name in names)))
            cls.value = group["value"][:]
            cls.error = group["standard_error"][:]
            cls.revised = group["revised"][:]
            cls.simulated = group["simulated"][:]
            cls.region = {name: file[f"region_{name}"][:] for name in
                          ("population", "urbanization_rate")}
            cls.county = {name: file[name][:] for name in ("population", "urbanization_rate")}
            cls.births = file["births"][:].sum(axis=(2, 3))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def at(self, indicator, area, date):
        found = [i for i, row in enumerate(self.rows) if row[:3] == (indicator, area, date)]
        self.assertEqual(len(found), 1, (indicator, area, date))
        return found[0]

    def test_what_is_stored(self):
        i = self.at("population", "region", "2021-12-31")
        self.assertEqual(self.rows[i][3:], ("persons", "mine"))
        self.assertEqual((self.value[i], self.error[i], self.revised[i]), (170000, 100, 1))
        self.assertTrue(np.isnan(self.error[self.at("births", "region", "2022-11-01")]))
        self.assertEqual(self.revised[self.at("urbanization_rate", "Nedong", "2021-12-31")], 0)
        self.assertEqual(self.simulated.shape, (2, len(self.rows)))

    def test_end_of_year_is_between_two_quarters(self):
        part = 60 / 92
        for area, series in (("region", self.region["population"]),
                             ("Lhoka", self.region["population"])):
            i = self.at("population", area, "2021-12-31")
            wanted = (1 - part) * series[:, 4] + part * series[:, 5]
            np.testing.assert_allclose(self.simulated[:, i], wanted, rtol=1e-12)
        i = self.at("urbanization_rate", "Nedong", "2021-12-31")
        rate = self.county["urbanization_rate"][:, :, 0]
        np.testing.assert_allclose(self.simulated[:, i],
                                   (1 - part) * rate[:, 4] + part * rate[:, 5], rtol=1e-12)

    def test_opening_of_a_quarter_is_itself(self):
        i = self.at("population", "Chanang", "2022-02-01")
        np.testing.assert_array_equal(self.simulated[:, i], self.county["population"][:, 5, 1])
        i = self.at("urbanization_rate", "region", "2020-11-01")
        np.testing.assert_array_equal(self.simulated[:, i], self.region["urbanization_rate"][:, 0])

    def test_flows_are_of_twelve_months(self):
        november = self.births[:, 5:9].sum(axis=1)
        i = self.at("births", "region", "2022-11-01")
        np.testing.assert_array_equal(self.simulated[:, i], november)
        i = self.at("births", "region", "2022-12-31")
        february = self.births[:, 6:10].sum(axis=1)
        np.testing.assert_allclose(self.simulated[:, i],
                                   32 / 92 * november + 60 / 92 * february, rtol=1e-12)

    def test_outside_the_run(self):
        for what in (("population", "region", "2010-11-01"), ("births", "region", "2021-08-01"),
                     ("births", "region", "2023-12-31")):
            self.assertTrue(np.isnan(self.simulated[:, self.at(*what)]).all(), what)

    def test_xarray_opens_the_group(self):
        for engine in ("netcdf4", "h5netcdf"):
            try:
                with xarray.open_dataset(self.path, group="observations", engine=engine) as data:
                    self.assertEqual(data.simulated.dims, ("replicate", "observation"))
            except ValueError:
                self.assertEqual(engine, "h5netcdf")  # not installed everywhere

    def test_inspect(self):
        text = subprocess.run([TOWNWARD, "inspect", self.path], check=True, capture_output=True,
                              text=True).stdout
        lines = text[text.index("\nObserved and simulated"):].splitlines()
        self.assertLessEqual(max(len(line) for line in lines), 100)
        i = self.at("population", "region", "2021-12-31")
        simulated = self.simulated[:, i].mean()
        row = [line for line in lines if line.split()[:3] == ["population", "region", "2021-12-31"]]
        self.assertEqual(row[0].split()[3:],
                         ["170000", f"{simulated:.0f}", f"{simulated - 170000:+.0f}"])
        self.assertTrue(any("2010-11-01" in line and line.endswith("outside the run")
                            for line in lines))
        self.assertTrue(any("2021-12-31* " in line and "Nedong" in line for line in lines))

    def test_many_areas_are_summed_up(self):
        path = os.path.join(self.folder.name, "all.h5")
        subprocess.run([TOWNWARD, "run", os.path.join(SOURCE, "scenarios/xizang/baseline.cfg"),
                        "-o", path, "--set", "run.end=2021-02",
                        "--set", "run.sample=0.05"], check=True, capture_output=True)
        text = subprocess.run([TOWNWARD, "inspect", path], check=True, capture_output=True,
                              text=True).stdout
        self.assertRegex(text, r"\nurbanization_rate +74 counties +2020-11-01 +off by \d\.\d\d "
                               r"points, most [-+]\d+\.\d\d \w+\n")
        with h5py.File(path) as file:
            group = file["observations"]
            pick = (group["indicator"].asstr()[:] == "population") & \
                (group["date"].asstr()[:] == "2020-11-01") & (group["area_kind"][:] == 2)
            self.assertEqual(pick.sum(), 74)
            off = np.abs(group["simulated"][0, pick] - group["value"][pick]).mean()
        self.assertRegex(text, rf"\npopulation +74 counties +2020-11-01 +off by {off:.0f}, most ")


if __name__ == "__main__":
    unittest.main()
