#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A result file opens in ncdump, xarray and h5py as it is; equal runs give equal files."""
import os
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np
import xarray

TOWNWARD = os.environ["TOWNWARD"]
SOURCE = os.environ["TOWNWARD_SOURCE"]
CEILING = "levers.housing.rent_subsidy.settling_2025.ceiling_yuan_per_year=%g"
BASELINE = os.path.join(SOURCE, "scenarios/xizang/plan-2030.cfg")


def run(path, *options):
    command = [TOWNWARD, "run", BASELINE, "-o", path, "--set", "run.sample=0.05",
               "--set", "run.end=2027", "--replicates", "2", *options]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Results(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = os.path.join(cls.folder.name, "a.h5")
        cls.output = run(cls.path, "--threads", "1")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_digest_line(self):
        lines = [line for line in self.output.splitlines() if line.startswith("digest ")]
        self.assertEqual(len(lines), 1)
        with h5py.File(self.path) as file:
            self.assertEqual(lines[0], "digest " + text_of(file.attrs["digest"]))

    def test_every_variable_has_unit_and_long_name(self):
        missing = []

        def look(name, item):
            if isinstance(item, h5py.Dataset):
                for attribute in ("units", "long_name"):
                    if not item.attrs.get(attribute):
                        missing.append((name, attribute))
        with h5py.File(self.path) as file:
            file.visititems(look)
        self.assertEqual(missing, [])

    def test_shapes_and_sums(self):
        with h5py.File(self.path) as file:
            self.assertEqual(file["population"].shape, (2, 29, 74))
            self.assertEqual(file["region_population"].shape, (2, 29))
            np.testing.assert_array_equal(file["population"][:].sum(axis=2),
                                          file["region_population"][:])
            np.testing.assert_array_equal(file["persons"][:].sum(axis=3), file["population"][:])
            rate = file["region_urban_population"][:] / file["region_population"][:]
            np.testing.assert_allclose(rate, file["region_urbanization_rate"][:], rtol=1e-15)
            self.assertTrue((file["vacancy"][:] >= 0).all())

    def test_flows_add_up_to_moves(self):
        with h5py.File(self.path) as file:
            moved = file["flows/persons"][:].sum()
            self.assertLess(abs(moved - file["moves_in"][:].sum()) / moved, 0.01)
            self.assertGreater(moved, 0)
            self.assertGreater(file["ledger/outlay"][:].sum(), 0)

    def test_what_the_ledger_has_left_of_ceilings(self):
        path = os.path.join(self.folder.name, "ceiling.h5")
        run(path, "--set", CEILING % 1e6)
        with h5py.File(path) as file:
            names = list(file["ledger/programme_name"].asstr())
            one = names.index("settling_2025")
            unspent, spent = file["ledger/unspent"][:], file["ledger/county_outlay"][:].sum(axis=3)
            limited = unspent >= 0
            self.assertTrue(limited[:, -1, one].all())
            self.assertFalse(limited[:, :, [i for i in range(len(names)) if i != one]].any())
            self.assertTrue((unspent[limited] + spent[limited] == 10 ** 8).all())
            self.assertFalse(limited[:, file["ledger/ledger_year"][:] < 2024, one].any())
            self.assertEqual(list(file["ledger/programme_households"][one]), [1, 1, 1, 1, 1])

    def test_xarray_and_ncdump(self):
        for group in (None, "flows", "ledger"):
            for engine in ("netcdf4", "h5netcdf"):
                if engine == "h5netcdf" and not have_h5netcdf():
                    continue
                with xarray.open_dataset(self.path, group=group, engine=engine) as data:
                    self.assertGreater(len(data.variables), 3)
        with xarray.open_dataset(self.path) as data:
            self.assertEqual(str(data.time.values[0])[:10], "2020-11-01")
            self.assertEqual(str(data.time.values[-1])[:10], "2027-11-01")
        text = subprocess.run(["ncdump", "-h", self.path], check=True, capture_output=True,
                              text=True).stdout
        self.assertIn("region_urbanization_rate(replicate, time)", text)

    def test_equal_runs_give_equal_files(self):
        other = os.path.join(self.folder.name, "b.h5")
        run(other, "--threads", "2")
        contents = []
        for path in (self.path, other):
            with h5py.File(path) as file:
                contents.append(everything(file))
        self.assertEqual(contents[0], contents[1])

    def test_resolved_scenario_runs_again(self):
        with h5py.File(self.path) as file:
            text = file["provenance/scenario"].asstr()[()]
        path = os.path.join(self.folder.name, "again.cfg")
        with open(path, "w", encoding="utf-8") as out:
            out.write(text.replace('"region.cfg"', '"%s"' % os.path.join(
                SOURCE, "scenarios/xizang/region.cfg")))
        again = subprocess.run([TOWNWARD, "run", path], check=True, capture_output=True,
                               text=True).stdout
        self.assertEqual(again, self.output)

    def test_inspect_names_the_headline(self):
        text = subprocess.run([TOWNWARD, "inspect", self.path], check=True, capture_output=True,
                              text=True).stdout
        self.assertIn("region_urbanization_rate", text)
        self.assertIn("35.", text)


def text_of(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def attributes_of(item):
    """Attributes but for the references of dimension scales, which are addresses."""
    return sorted((name, str(value)) for name, value in item.attrs.items()
                  if name not in ("REFERENCE_LIST", "DIMENSION_LIST"))


def everything(file):
    """Contents of a file but for /provenance/run."""
    found = [("/", attributes_of(file), "")]

    def look(name, item):
        if not name.startswith("provenance/run"):
            value = item[()] if isinstance(item, h5py.Dataset) else b""
            plain = getattr(value, "dtype", None) is not None and value.dtype.kind in "if"
            found.append((name, attributes_of(item), value.tobytes() if plain else str(value)))
    file.visititems(look)
    return found


def have_h5netcdf():
    try:
        import h5netcdf  # noqa: F401
        return True
    except ImportError:
        return False


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-q"])
