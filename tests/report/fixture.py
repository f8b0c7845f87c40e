# SPDX-License-Identifier: Apache-2.0
"""A comparison file with made-up numbers in the form of docs/comparison.md, for tests of what reads
it. Counties are those of a region's tables; every effect is invented and drawn from a fixed seed.
"""
import csv
import os

import h5py
import numpy as np

INDICATORS = [
    ("urbanization_rate", "1", "town residents over residents"),
    ("registered_urbanization_rate", "1",
     "residents registered in a town over residents registered in the region"),
    ("residents", "persons", "residents"),
    ("town_residents", "persons", "residents of towns"),
    ("town_registered", "persons", "residents registered in a town"),
    ("agro_pastoral_migrants", "persons", "town residents registered in a village"),
    ("town_jobs", "jobs", "non-farm jobs in towns"),
    ("unemployment_rate", "1", "town residents who look for a job over the labour force"),
    ("rent", "yuan/month", "rent of a dwelling in town"),
    ("rent_burden", "1", "rent over household income"),
    ("vacancy_rate", "1", "share of the town's market dwellings that is empty"),
    ("school_load", "1", "residents of 6-14 of the town over places of its schools"),
    ("hospital_load", "1", "residents of the town, weighted, over whom its hospitals can serve"),
    ("outlay", "yuan", "outlay of programmes in the year that ends that day"),
]
CLASSES = ["always", "redirected", "induced", "deterred", "never", "only_base", "only_alternative"]
GROUPS = ["registration", "services", "jobs", "housing", "circles", "resilience", "rural"]
LEVERS = [("housing.public_rental", "continued_2026", "housing", "2.5a", "region", "A"),
          ("housing.rent_subsidy", "settling_2025", "housing", "2.5b", "region", "C"),
          ("jobs.node_industry", "nodes_2025", "jobs", "3.2", "county", "C"),
          ("registration.open_settlement", "open_2025", "registration", "2.2a", "county", "C"),
          ("services.school_places", "schools_2025", "services", "2.3b", "centre", "A"),
          ("rural.industry", "village_2025", "rural", "3.5d", "county", "C")]
NAMES = ["baseline", "plan-2030", "only-housing", "only-jobs"]
STRENGTH = [0, 1, 0.35, 0.45]


def rows_of(region, table):
    with open(os.path.join(region, "tables", table + ".csv"), encoding="utf-8") as source:
        return list(csv.DictReader(source))


class Writer:
    """Writes variables with their dimension scales, units and long names."""

    def __init__(self, file):
        self.file = file
        self.length = {}

    def scale(self, name, values, units="1", long_name=None):
        self.put(name, values, units, long_name or name)
        self.file[name].make_scale(name)
        self.length[name] = len(values)

    def put(self, name, values, units="1", long_name=None):
        if len(values) and isinstance(values[0], str):
            data = self.file.create_dataset(name, data=values, dtype=h5py.string_dtype())
        else:
            data = self.file.create_dataset(name, data=np.asarray(values), compression="gzip"
                                            if np.ndim(values) and np.size(values) else None)
        data.attrs["units"] = units
        data.attrs["long_name"] = long_name or name.replace("_", " ")

    def variable(self, name, dimensions, values, units="1"):
        self.put(name, values, units)
        for i, dimension in enumerate(dimensions.split()):
            self.file[name].dims[i].attach_scale(self.file[dimension])


def write(path, region, replicates=5, attribute=True, each_lever=True, alternatives=3, seed=1):
    """A comparison of the first `alternatives` of NAMES with the baseline, 2020 to 2035."""
    draw = np.random.default_rng(seed)
    with h5py.File(path, "w") as file:
        out = Writer(file)
        names = NAMES[:alternatives + 1]
        years = np.arange(2020, 2036)
        for key, value in {"title": "Comparison of scenarios", "townward_version": "0.3.0",
                           "townward_revision": "made-up", "base": "baseline",
                           "horizon_year": 2030, "sample": 0.2, "seed": np.int64(1),
                           "region": "Xizang", "goal_year": 2030,
                           "goal_urbanization_rate": 0.45}.items():
            file.attrs[key] = value
        scales(out, names, years, replicates)
        areas = write_areas(out, region)
        value = indicators(out, draw, areas, names, years, replicates)
        differences(out, value)
        classes(out, draw, areas, names, years, replicates)
        flows(out, draw, areas, names)
        pyramids(out, areas, names, years)
        programmes(out, draw, names, years, replicates)
        costs(out, value, years)
        if attribute:
            shapley(out, value, names, years)
        if each_lever:
            singles(out, value, names, years)
        file.create_group("provenance/run").attrs["command"] = "made up for a test"


def scales(out, names, years, replicates):
    questions = ["What happens if the policies of 2024 simply go on?",
                 "What does the plan of 2024 do, as far as its actions are modelled?",
                 "What do the plan's actions on housing do alone?",
                 "What do the plan's actions on jobs do alone?"]
    text = 'run.start = "2020-11";\nrun.end = "2035-11";\nrun.sample = 0.2;\n'
    more = "".join(f"levers.{lever}.{name}.yuan_per_unit = {50000 + 1000 * i};\n"
                   for i, (lever, name, *_) in enumerate(LEVERS))
    out.scale("scenario", names, long_name="scenario; 0 is the base")
    out.variable("scenario_question", "scenario", questions[:len(names)])
    out.variable("scenario_text", "scenario", [text] + [text + more] * (len(names) - 1))
    out.scale("alternative", names[1:])
    out.scale("replicate", np.arange(replicates))
    out.scale("year", years, "year", "state at 1 November")
    out.scale("indicator", [row[0] for row in INDICATORS])
    out.variable("indicator_unit", "indicator", [row[1] for row in INDICATORS])
    out.variable("indicator_sentence", "indicator", [row[2] for row in INDICATORS])
    out.scale("class", CLASSES)
    out.variable("class_sentence", "class", ["in words: " + name for name in CLASSES])
    out.scale("start", ["village", "town", "later"])
    out.scale("income_class", [1, 2, 3, 4, 5])
    out.scale("age_class", ["0-14", "15-29", "30-44", "45-59", "60+"])
    out.scale("household_type", ["collective", "one_person", "couple", "family_with_children",
                                 "other"])


def write_areas(out, region):
    prefectures, counties = rows_of(region, "prefectures"), rows_of(region, "counties")
    census = {row["code"]: row for row in rows_of(region, "census") if row["year"] == "2020"}
    names = [row["name"] for row in prefectures]
    parent = [1 + names.index(row["prefecture"]) for row in counties]
    out.scale("area", ["region"] + [row["code"] for row in prefectures + counties])
    out.variable("area_name", "area", ["Xizang"] + [r["name"] for r in prefectures + counties])
    out.variable("area_name_zh", "area",
                 ["西藏自治区"] + [r["name_zh"] for r in prefectures + counties])
    out.variable("area_kind", "area", ["region"] + ["prefecture"] * len(prefectures)
                 + ["county"] * len(counties))
    out.variable("area_parent", "area", np.array([-1] * (1 + len(prefectures)) + parent))
    nothing = [np.nan] * (1 + len(prefectures))
    for name in ("longitude", "latitude"):
        out.variable(name, "area", np.array(nothing + [float(row[name]) for row in counties]),
                     "degrees")
    return {"parent": np.array(parent), "above": 1 + len(prefectures),
            "persons": np.array([float(census[row["code"]]["persons"]) for row in counties]),
            "urban": np.array([float(census[row["code"]]["urban"]) for row in counties])}


def all_areas(areas, county):
    """Sums of the last axis, counties, as region, prefectures, counties."""
    sums = [county[..., areas["parent"] == p].sum(axis=-1) for p in range(1, areas["above"])]
    return np.concatenate([np.stack([county.sum(axis=-1)] + sums, axis=-1), county], axis=-1)


def indicators(out, draw, areas, names, years, replicates):
    shape = (len(names), replicates, len(years), len(areas["persons"]))
    since = (years - 2020) / 10
    strength = np.array(STRENGTH[:len(names)])[:, None, None, None]
    noise = draw.normal(0, 1, (1,) + shape[1:]).cumsum(axis=2) * 0.0006
    own = draw.normal(0, 1, shape).cumsum(axis=2) * 0.00025 * (strength > 0)
    bite = np.clip((years - 2025) / 5, 0, 1)[None, None, :, None]
    reach = draw.uniform(0.2, 1.8, areas["persons"].shape)
    rate = areas["urban"] / areas["persons"] + 0.068 * since[None, None, :, None] \
        + noise + own + strength * 0.012 * bite * reach
    persons = areas["persons"] * (1 + 0.03 * since[None, None, :, None]) + 0 * rate
    town = persons * np.clip(rate, 0.01, 0.99)
    value = np.full(shape[:3] + (len(INDICATORS), areas["above"] + shape[3]), np.nan)
    index = {row[0]: i for i, row in enumerate(INDICATORS)}
    for name, amount in (("residents", persons), ("town_residents", town),
                         ("town_registered", 0.8 * town), ("town_jobs", 0.45 * town),
                         ("agro_pastoral_migrants", 0.2 * town)):
        value[:, :, :, index[name]] = all_areas(areas, np.round(amount / 5) * 5)
    whole = value[:, :, :, index["residents"]]
    value[:, :, :, 0] = value[:, :, :, index["town_residents"]] / whole
    value[:, :, :, 1] = value[:, :, :, index["town_registered"]] / whole
    share = value[:, :, :, 0]
    for name, level, slope in (("unemployment_rate", 0.06, 0.05), ("rent", 620, 900),
                               ("rent_burden", 0.14, 0.1), ("vacancy_rate", 0.09, -0.2),
                               ("school_load", 0.9, 0.8), ("hospital_load", 0.85, 0.5)):
        value[:, :, :, index[name]] = level + slope * (share - share[:1, :1, :1])
    paid = strength[..., 0] * 2.4e9 * ((years > 2025) & (years <= 2031))
    value[:, :, :, index["outlay"], 0] = paid * (1 + draw.normal(0, 0.01, shape[:3]))
    out.variable("indicator_value", "scenario replicate year indicator area", value)
    return value


def differences(out, value):
    gap, replicates = value[1:] - value[:1], value.shape[1]
    mean, axes = gap.mean(axis=1), "alternative year indicator area"
    error = gap.std(axis=1, ddof=1) / np.sqrt(replicates) if replicates > 1 else mean * np.nan
    apart = value.std(axis=1, ddof=1) if replicates > 1 else value.mean(axis=1) * np.nan
    quantile = {2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776}.get(replicates, 2.3)
    out.variable("difference", axes, mean)
    out.variable("difference_se", axes, error)
    out.variable("difference_low", axes, mean - quantile * error)
    out.variable("difference_high", axes, mean + quantile * error)
    out.variable("difference_se_unpaired", axes,
                 np.sqrt((apart[1:] ** 2 + apart[:1] ** 2) / replicates))


def classes(out, draw, areas, names, years, replicates):
    num = len(names) - 1
    shape = (num, replicates, len(years), len(CLASSES), 3, len(areas["persons"]))
    county = np.zeros(shape)
    bite = np.clip((years - 2025) / 5, 0, 1)[None, None, :, None]
    strength = np.array(STRENGTH[1:num + 1])[:, None, None, None]
    village = areas["persons"] - areas["urban"]
    moved = np.round(village * strength * bite * 0.022 * draw.uniform(
        0.3, 1.7, (num, replicates, 1, len(village))) / 5) * 5
    county[:, :, :, 2, 0] = moved
    county[:, :, :, 3, 0] = np.round(moved * 0.12 / 5) * 5
    county[:, :, :, 1, 0] = np.round(moved * 0.3 / 5) * 5
    county[:, :, :, 4, 0] = village - county[:, :, :, 1:4, 0].sum(axis=3)
    county[:, :, :, 0, 1] = areas["urban"]
    county[:, :, :, 5, 2] = np.round(moved * 0.01)
    county[:, :, :, 6, 2] = np.round(moved * 0.02)
    out.variable("class_persons", "alternative replicate year class start area",
                 all_areas(areas, county), "persons")
    out.scale("side", ["base", "alternative"])
    out.variable("only_town", "alternative replicate year side area",
                 all_areas(areas, np.round(0.5 * county[:, :, :, 5:7, 2])), "persons")
    total = county[:, :, 10, :, :2].sum(axis=(3, 4))
    for name, scale, share in (
            ("class_by_income", "income_class", [0.13, 0.19, 0.24, 0.25, 0.19]),
            ("class_by_age", "age_class", [0.22, 0.34, 0.25, 0.14, 0.05]),
            ("class_by_household", "household_type", [0.01, 0.09, 0.18, 0.55, 0.17])):
        out.variable(name, f"alternative replicate class {scale}",
                     total[..., None] * np.array(share), "persons")


def flows(out, draw, areas, names):
    rows, towns = [], np.argsort(-areas["urban"])[:14]
    for alternative, strength in enumerate(STRENGTH[1:len(names)]):
        for kind in (1, 2, 3):
            for origin in range(len(areas["persons"])):
                for town in draw.choice(towns, 3, replace=False):
                    persons = strength * draw.gamma(1.2, 60) * (1 if kind == 2 else 0.25)
                    rows.append((alternative, kind, areas["above"] + origin,
                                 areas["above"] + town, np.round(persons, 1)))
    column = list(zip(*rows))
    out.scale("flow", np.arange(len(rows)))
    for name, values in zip(("alternative", "class", "origin", "destination", "persons"), column):
        out.variable("flow_" + name, "flow", np.array(values),
                     "persons" if name == "persons" else "1")


def pyramids(out, areas, names, years):
    groups = np.array([0, 1] + list(range(5, 90, 5)))
    out.scale("zone_kind", np.array([0, 1]))
    out.scale("sex", np.array([0, 1]))
    out.scale("age_group", groups, "year")
    width = np.where(groups == 0, 1, np.where(groups == 1, 4, 5))
    shape = width * np.exp(-((groups - 22) / 34.0) ** 2)
    shape /= shape.sum()
    rural = areas["persons"].sum() - areas["urban"].sum()
    value = np.zeros((len(names), len(years), 2, 2, len(groups)))
    for s in range(len(names)):
        for y, year in enumerate(years):
            moved = 26000 * (year - 2020) + STRENGTH[s] * 9000 * np.clip(year - 2025, 0, 5)
            older = np.roll(shape, (year - 2020) // 5)
            for sex in range(2):
                value[s, y, 0, sex] = (rural - moved) / 2 * shape
                value[s, y, 1, sex] = (areas["urban"].sum() + moved) / 2 * \
                    (older if sex else 0.97 * older)
    out.variable("pyramid", "scenario year zone_kind sex age_group", value, "persons")


def programmes(out, draw, names, years, replicates):
    rows = [(a,) + lever for a in range(len(names) - 1) for lever in LEVERS
            if names[a + 1] in ("plan-2030", "only-" + lever[2])]
    columns = list(zip(*rows))
    out.scale("programme", np.arange(len(rows)))
    for name, values in zip(("alternative", "lever", "name", "group", "plan", "payer", "grade"),
                            columns):
        out.variable("programme_" + name, "programme",
                     np.array(values) if name == "alternative" else list(values))
    paid = draw.uniform(1e8, 9e8, (len(rows), replicates, 1)) * \
        ((years > 2025) & (years <= 2031))
    grant = np.array([row[1] == "housing.rent_subsidy" for row in rows])
    axes = "programme replicate year"
    out.variable("programme_outlay", axes, paid, "yuan")
    out.variable("programme_units", axes, np.round(paid / 60000))
    out.variable("programme_refused", axes, np.round(paid / 600000))
    out.variable("programme_recipients", "programme replicate",
                 np.where(grant[:, None], draw.uniform(3e4, 5e4, (len(rows), replicates)), np.nan),
                 "persons")
    out.variable("deadweight", "programme", np.where(grant, 0.81, np.nan))
    out.variable("deadweight_se", "programme", np.where(grant, 0.004, np.nan))


def costs(out, value, years):
    gap = (value[1:] - value[:1])[..., 0]
    until = years <= 2030
    paid = gap[:, :, until, 13].sum(axis=2)
    for name, indicator in (("cost_per_resident", 3), ("cost_per_registered", 4)):
        more = gap[:, :, 10, indicator]
        mean = paid.mean(axis=1) / more.mean(axis=1)
        error = np.abs(mean) * 0.04
        for end, values in (("", mean), ("_se", error), ("_low", mean - 2 * error),
                            ("_high", mean + 2.2 * error)):
            out.variable(name + end, "alternative", values, "yuan")


def shapley(out, value, names, years):
    gap = (value[1:] - value[:1]).mean(axis=1)[:, 10, :, 0]
    share = np.array([0.2, 0.08, 0.33, 0.27, 0.05, 0.0, -0.03])
    attributed = ["urbanization_rate", "registered_urbanization_rate", "town_residents"]
    out.scale("indicator_attributed", attributed)
    out.scale("group", GROUPS)
    axes = "alternative indicator_attributed group"
    of = gap[:, [0, 1, 3], None] * share / share.sum()
    out.variable("shapley", axes, of)
    out.variable("shapley_se", axes, np.abs(of) * 0.06 + gap[:, [0, 1, 3], None] * 0.01)
    out.variable("shapley_alone", axes, of * 1.15)
    out.variable("shapley_last", axes, of * 0.86)


def singles(out, value, names, years):
    gap = (value[1] - value[0]).mean(axis=0)[:, :, 0]
    share = np.array([0.3, 0.12, 0.34, 0.2, 0.07, -0.03])[:, None, None]
    out.scale("single", [row[0] for row in LEVERS])
    out.variable("single_alternative", "single", np.zeros(len(LEVERS), int))
    axes = "single year indicator"
    for name, factor in (("single_alone", 1.1), ("single_without", 0.9)):
        out.variable(name, axes, gap[None] * share * factor)
        out.variable(name + "_se", axes, np.abs(gap[None]) * 0.015 + 0 * share)
    paid = np.array([1.3e9, 1.6e8, 6e8, 4e7, 2.2e8, 1.1e8])[:, None] * \
        ((years > 2025) & (years <= 2031))
    out.variable("single_outlay", "single year", paid, "yuan")
