# SPDX-License-Identifier: Apache-2.0
"""Reads the comparison files of `townward compare` into plain arrays; nothing here draws or words.

Index 0 of a scenario is the base; alternative k is scenario k + 1. What a file may lack (groups of
--attribute, levers of --each-lever) is None.
"""
import h5py
import numpy as np

# Classes of persons who do not live in the same town in both runs.
MOVERS = ("induced", "deterred", "redirected")


class Comparison:
    """One comparison file. Raises KeyError or OSError when it is not one."""

    def __init__(self, path):
        self.path = path
        self.file = h5py.File(path, "r")
        self.attributes = {name: _plain(value) for name, value in self.file.attrs.items()}
        self.scenarios = self.words("scenario")
        self.questions = self.words("scenario_question")
        self.texts = self.words("scenario_text")
        self.alternatives = self.words("alternative")
        self.years = [int(year) for year in self.file["year"][:]]
        self.horizon_year = int(self.attributes["horizon_year"])
        self.horizon = self.years.index(self.horizon_year)
        self.indicators = self.words("indicator")
        self.units = self.words("indicator_unit")
        self.sentences = self.words("indicator_sentence")
        self.classes = self.words("class")
        self.starts = self.words("start")
        self.area_codes = self.words("area")
        self.area_names = self.words("area_name")
        self.area_names_zh = self.words("area_name_zh")
        self.area_kinds = self.words("area_kind")
        self.area_parents = self.numbers("area_parent")
        self.longitude = self.numbers("longitude")
        self.latitude = self.numbers("latitude")
        self.value = self.numbers("indicator_value")
        self.difference = self.numbers("difference")
        self.low = self.numbers("difference_low")
        self.high = self.numbers("difference_high")
        self.class_persons = self.numbers("class_persons")
        self.num_replicates = self.value.shape[1]

    def has(self, name):
        return name in self.file

    def numbers(self, name):
        return self.file[name][()]

    def words(self, name):
        """A variable as a list of text; numbers are written as such."""
        return [_text(value) for value in self.file[name][()]]

    def indicator(self, name):
        return self.indicators.index(name)

    def counties(self):
        """Indices of the areas that are counties."""
        return [i for i, kind in enumerate(self.area_kinds) if kind == "county"]

    def band(self, scenario):
        """Mean, 2.5 % and 97.5 % quantile over replicates: (year, indicator, area) each.

        The quantiles are None with one replicate.
        """
        runs = self.value[scenario]
        if self.num_replicates < 2:
            return runs[0], None, None
        low, high = np.quantile(runs, [0.025, 0.975], axis=0)
        return runs.mean(axis=0), low, high

    def outlay_until_horizon(self):
        """Additional outlay up to the horizon, yuan, by alternative and replicate."""
        paid = self.value[:, :, :self.horizon + 1, self.indicator("outlay"), 0]
        paid = np.nan_to_num(paid).sum(axis=2)
        return paid[1:] - paid[:1]

    def additional(self, name):
        """Additional amount of an indicator at the horizon, region, by alternative, replicate."""
        at = self.value[:, :, self.horizon, self.indicator(name), 0]
        return at[1:] - at[:1]

    def class_mean(self):
        """Persons by alternative, year, class, start, area: mean over replicates."""
        return self.class_persons.mean(axis=1)

    def class_by(self, kind):
        """Persons of income, age or household at the horizon: alternative, class, group."""
        return self.numbers("class_by_" + kind).mean(axis=1)

    def flows(self):
        """{(alternative, class): rows (persons, origin, destination), largest first}."""
        columns = [self.numbers("flow_" + name) for name in
                   ("alternative", "class", "persons", "origin", "destination")]
        found = {}
        for alternative, kind, persons, origin, destination in zip(*columns):
            key = (int(alternative), self.classes[int(kind)])
            found.setdefault(key, []).append((float(persons), int(origin), int(destination)))
        return {key: sorted(rows, key=lambda row: (-row[0], row[1:]))
                for key, rows in found.items()}

    def pyramid(self):
        """Persons by scenario, year, zone kind (rural, town), sex and age, and names of ages.

        Children under 1 and of 1-4 are one group, so that all but the last span five years.
        """
        persons = self.numbers("pyramid")
        lowest = [int(age) for age in self.file["age_group"][:]]
        if lowest[:2] == [0, 1]:
            persons = np.concatenate([persons[..., :1] + persons[..., 1:2], persons[..., 2:]],
                                     axis=-1)
            lowest = lowest[:1] + lowest[2:]
        ages = [f"{low}-{high - 1}" for low, high in zip(lowest, lowest[1:])]
        return persons, ages + [f"{lowest[-1]}+"]

    def cost(self, name):
        """(value, low, high) by alternative of cost_per_resident or cost_per_registered."""
        return [self.numbers(name + end) for end in ("", "_low", "_high")]

    def goal(self):
        """(year, urbanization rate) where the file brings a goal along, or None."""
        if "goal_year" in self.attributes and "goal_urbanization_rate" in self.attributes:
            return (int(self.attributes["goal_year"]),
                    float(self.attributes["goal_urbanization_rate"]))
        return None


def interval(sample):
    """Mean and 95 % interval by Student's t of the last axis; NaN ends with one replicate."""
    num = sample.shape[-1]
    mean = sample.mean(axis=-1)
    if num < 2:
        return mean, mean * np.nan, mean * np.nan
    error = sample.std(axis=-1, ddof=1) / np.sqrt(num) * student_quantile(num - 1)
    return mean, mean - error, mean + error


def student_quantile(freedom):
    """97.5 % quantile of Student's t: a table, then the expansion of Cornish and Fisher."""
    table = [12.706205, 4.302653, 3.182446, 2.776445, 2.570582]
    if freedom <= len(table):
        return table[freedom - 1]
    z = 1.959964
    return (z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z)
            / (96 * freedom ** 2) + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z)
            / (384 * freedom ** 3))


def _text(value):
    return value.decode("utf-8") if isinstance(value, bytes) else str(value)


def _plain(value):
    if isinstance(value, bytes):
        return value.decode("utf-8")
    return value.item() if hasattr(value, "item") and np.ndim(value) == 0 else value
