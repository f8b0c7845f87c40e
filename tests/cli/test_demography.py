# SPDX-License-Identifier: Apache-2.0
"""The composition in a result file adds up to the zones' counts; table and pyramids are made of it."""
import os
import subprocess
import sys
import tempfile
import unittest

import h5py
import matplotlib.image
import numpy as np

TOWNWARD = os.environ["TOWNWARD"]
PYTHON = sys.executable


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Demography(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.hindcast = os.path.join(cls.folder.name, "hindcast.h5")
        cls.projection = os.path.join(cls.folder.name, "projection.h5")
        run(TOWNWARD, "run", "scenarios/xizang/hindcast-2010.cfg", "-o", cls.hindcast,
            "--set", "run.sample=0.02", "--replicates", "2")
        run(TOWNWARD, "run", "scenarios/xizang/baseline.cfg", "-o", cls.projection,
            "--set", "run.end=2024", "--replicates", "1")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_tables_add_up_to_the_zones(self):
        """Unsampled: every table of every November equals the counts of its zone, to the person."""
        with h5py.File(self.projection) as source:
            table = source["composition"]
            families, persons = source["families"][:], source["persons"][:]
            alone = source["collectives"][:]
            for year in range(5):
                time = 4 * year
                everyone = table["persons"][:, year].sum(axis=(3, 4))
                np.testing.assert_array_equal(everyone, persons[:, time])
                np.testing.assert_array_equal(table["collective_persons"][:, year].sum(axis=(3, 4)),
                                              alone[:, time])
                for name in ("family_sizes", "family_generations"):
                    np.testing.assert_array_equal(table[name][:, year].sum(axis=3),
                                                  families[:, time])
                np.testing.assert_array_equal(table["registration"][:, year].sum(axis=3), everyone)
                adults = table["persons"][:, year, :, :, :, 4:].sum(axis=(3, 4))
                np.testing.assert_array_equal(table["marital"][:, year].sum(axis=(3, 4)), adults)

    def test_start_is_the_census(self):
        """The first November holds the census: age groups by sex of the region, and one-person families."""
        with h5py.File(self.projection) as source:
            persons = source["composition/persons"][0, 0].sum(axis=(0, 1))
            sizes = source["composition/family_sizes"][0, 0].sum(axis=(0, 1))
        self.assertEqual(int(persons.sum()), 3648100)
        self.assertEqual(int(persons[0, 0]), 25855)  # boys in their first year
        self.assertEqual(int(persons[1, 18]), 7799)  # women of 85 and over
        self.assertEqual(int(sizes[0]), 336840)
        self.assertEqual(int(sizes.sum()), 1014090)

    def test_table_and_pyramids(self):
        table = os.path.join(self.folder.name, "table.md")
        picture = os.path.join(self.folder.name, "pyramid.png")
        run(PYTHON, "analysis/demography.py", "--region", "scenarios/xizang", "--table", table,
            "--pyramid", picture, "--years", "2010,2020,2024", self.hindcast, self.projection)
        with open(table, encoding="utf-8") as source:
            text = source.read()
        for row in ("population, persons | ", "mean family household", "pyramid of Lhasa",
                    "never married", "with schooling: college", "registered outside, Ngari",
                    "births 2022, per 1000", "What the census tables do not have"):
            self.assertIn(row, text)
        self.assertIn("| 3,648,100 |", text)
        self.assertNotIn("nan", text)
        image = matplotlib.image.imread(picture)
        self.assertGreater(image.shape[1], 900)
        self.assertGreater(len(np.unique(image.reshape(-1, image.shape[2]), axis=0)), 50)

    def test_wrong_order_is_refused(self):
        """A run that does not start in 2010 cannot be held against the census of 2020."""
        done = subprocess.run([PYTHON, "analysis/demography.py", "--region", "scenarios/xizang",
                               "--table", os.devnull, self.projection, self.hindcast],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("expected a run from 2010 to 2020", done.stderr)


if __name__ == "__main__":
    unittest.main()
