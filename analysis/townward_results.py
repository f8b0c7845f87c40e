# SPDX-License-Identifier: Apache-2.0
"""Reads the result files of `townward run` into plain arrays; nothing here draws."""
import csv
import datetime
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

    def observed(self, indicator, area="region"):
        """Observed values of an area, by date: tuples of year, value, standard error, revised.

        A whole year is its 1 November, as on the axes of charts; an unknown standard error is 0.
        """
        if "observations" not in self.file:
            return []
        group, found = self.file["observations"], []
        columns = [group[name].asstr()[:] for name in ("indicator", "area", "date")]
        columns += [group[name][:] for name in ("value", "standard_error", "revised")]
        for name, where, date, value, error, revised in zip(*columns):
            if (name, where) == (indicator, area):
                day = datetime.date.fromisoformat(date)
                year = day.year + (day - datetime.date(day.year, 11, 1)).days / 365.25
                found.append((year, float(value), float(np.nan_to_num(error)), bool(revised)))
        return sorted(found)

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


def goals(region_folder):
    """{year: goal of the urbanization rate} published for the region, years still ahead in 2020."""
    found = {}
    with open(os.path.join(region_folder, "tables", "series.csv"), encoding="utf-8") as source:
        for row in csv.DictReader(source):
            if row["series"] == "target_urban_share" and row["area"] == "region":
                found[int(row["year"])] = float(row["value"]) / 100
    return found
