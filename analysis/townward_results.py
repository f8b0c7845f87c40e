# SPDX-License-Identifier: Apache-2.0
"""Reads the result files of `townward run` into plain arrays; nothing here draws."""
import csv
import os

import h5py
import numpy as np


class Results:
    """One result file: mean over replicates by default, years at 1 November."""

    def __init__(self, path):
        self.path = path
        self.file = h5py.File(path, "r")
        self.scenario = _text(self.file.attrs["scenario"])
        self.region = _text(self.file.attrs["region"])
        dates = [_text(d) for d in self.file["date"][:]]
        self.years = np.array([int(d[:4]) + (int(d[5:]) - 1) / 12 for d in dates])
        self.november = np.array([i for i, d in enumerate(dates) if d.endswith("-11")])
        self.county_names = [_text(n) for n in self.file["county_name"][:]]
        self.prefectures = [_text(n) for n in self.file["prefecture"][:]]

    def replicates(self, name):
        """Variable with the replicate axis first."""
        return self.file[name][:]

    def mean(self, name):
        """Variable averaged over replicates."""
        return self.file[name][:].mean(axis=0)

    def at(self, date_year):
        """Time index of 1 November of a year, or None."""
        for i in self.november:
            if int(self.years[i]) == date_year:
                return int(i)
        return None

    def town_flow(self, name):
        """Region's sum of a flow over town zones, by quarter (index 0 is the opening: zero)."""
        return self.mean(name)[:, :, 1].sum(axis=1)


def _text(value):
    return value.decode("utf-8") if isinstance(value, bytes) else str(value)


def census_rates(region_folder):
    """{year: urbanization rate} of the census table of a region, region as a whole."""
    totals = {}
    with open(os.path.join(region_folder, "tables", "census.csv"), encoding="utf-8") as source:
        for row in csv.DictReader(source):
            persons, urban = totals.get(int(row["year"]), (0, 0))
            totals[int(row["year"])] = (persons + int(row["persons"]), urban + int(row["urban"]))
    return {year: urban / persons for year, (persons, urban) in sorted(totals.items())}


def goals(region_folder):
    """{year: goal of the urbanization rate} published for the region, years still ahead in 2020."""
    found = {}
    with open(os.path.join(region_folder, "tables", "series.csv"), encoding="utf-8") as source:
        for row in csv.DictReader(source):
            if row["series"] == "target_urban_share" and row["area"] == "region":
                found[int(row["year"])] = float(row["value"]) / 100
    return found
