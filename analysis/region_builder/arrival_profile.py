#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Ages and sexes of adults who come to a region from outside, from its two censuses.

    arrival_profile.py TABLES            prints the rows of schedule `arrival_age`
    arrival_profile.py TABLES --write    puts them into TABLES/schedules.csv, in place of older ones
    arrival_profile.py TABLES --fit      prints net change by cohort, counted and from the profile

TABLES is a region's folder with census.csv (2010 and 2020) and schedules.csv (`mx_fitted`).

The residual of a cohort is its persons in 2020 less those of 2010 who survive ten years, less what
students do who leave for college and come back. Arrivals are many more than that, because most
replace those who leave: persons registered outside leave with a rate of 1 / STAY at every age, and
as many more come as the stock grows. So the shares f, one for each sex and five years of age, are
sought, none below zero, whose arrivals of ten years, aged and thinned by departures, less those of
the first stock who leave, come nearest to the residuals. Children under ten in 2020 are left out,
and so are those of 10-14, whose births were under-counted in 2010.
"""

import argparse
import csv
import math
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from tables import read_csv, write_csv  # noqa: E402

SCHEDULE = "arrival_age"
SEXES = ("male", "female")
YEARS = 10
"""Years between the censuses."""
COHORTS = range(15, 65, 5)
"""Lowest ages in 2020 of the cohorts that are used."""
ARRIVING = range(15, 60, 5)
"""Lowest ages of arriving adults; older ones are not told from natives who leave (assumed)."""
STAY = 6.0
"""Mean stay in years: the default of the setting outside.stay, assumed."""
STUDENTS = 0.3
"""Share of a cohort at college outside, 18-21: default of schooling.college_outside, assumed."""
RETURN = 0.9
"""Share of them that comes back: the default of the setting outside.student_return, assumed."""
SMOOTHING = 0.075
"""Weight of the shares' second differences beside misses over the stock of 2020; a judgement."""
STEPS = 4
"""Steps a year in the sums over the time of arrival."""
SOURCE = ("censuses 2010 and 2020 by county (GitHub leiii/census); residuals by cohort with "
          "mx_fitted: analysis/region_builder/arrival_profile.py")
PROXY = ("yes (DERIVED; residuals mix arrivals and departures and returns; mean stay of 6 years and "
         "ages of the stock assumed)")


def total(census, column):
    return sum(int(row[column]) for row in census.values())


def five_years(census, sex, low):
    """Persons of one sex and five years of age from `low` on."""
    if low == 0:
        return total(census, f"{sex}_0") + total(census, f"{sex}_1_4")
    return total(census, f"{sex}_{low}_{low + 4}")


def death_rate(schedules, sex, age, year):
    """mx_fitted, linear between 2010 and 2020."""
    found = {int(r["year"]): float(r["rate"]) for r in schedules
             if r["schedule"] == "mx_fitted" and r["sex"] == sex
             and int(r["age_low"]) <= age <= int(r["age_high"])}
    return found[2010] + (year - 2010) / YEARS * (found[2020] - found[2010])


def survival(schedules, sex, low):
    """Share of a five-year group that lives ten years more."""
    shares = [math.exp(-sum(death_rate(schedules, sex, age + k, 2010.5 + k) for k in range(YEARS)))
              for age in range(low, low + 5)]
    return sum(shares) / len(shares)


def residuals(census, schedules, sex):
    """Net change by cohort, without the coming and going of students of the region."""
    out = []
    for low in COHORTS:
        lived = five_years(census[2010], sex, low - YEARS) * survival(schedules, sex, low - YEARS)
        residual = five_years(census[2020], sex, low) - lived
        for age in range(low, low + 5):
            if 18 <= age < 22:  # away in 2020
                residual += STUDENTS * five_years(census[2020], sex, 15) / 5
            if 28 <= age < 32:  # away in 2010, back since
                residual -= RETURN * STUDENTS * five_years(census[2010], sex, 15) / 5
        out.append(residual)
    return out


def first_leavers(census, sex):
    """Of the stock of 2010, by cohort, those who leave within ten years.

    The stock's ages are not published: those of all residents, as in the starting population.
    """
    stock = total(census[2010], "registered_outside")
    left = stock * (1 - math.exp(-YEARS / STAY)) / total(census[2010], "persons")
    return [left * five_years(census[2010], sex, low - YEARS) for low in COHORTS]


def stayed(census, cohort, arriving):
    """Persons of a cohort in 2020 if all arrivals were of the ages [arriving, arriving + 5)."""
    first, last = (total(census[year], "registered_outside") for year in (2010, 2020))
    growth = (last - first) / YEARS
    persons = 0.0
    for age in range(cohort, cohort + 5):
        for step in range(YEARS * STEPS):
            before = (step + 0.5) / STEPS  # years before the census of 2020
            if arriving <= age + 0.5 - before < arriving + 5:
                come = (last - growth * before) / STAY + growth
                persons += come / STEPS / 5 * math.exp(-before / STAY)
    return persons


def shares_of(kernel, wanted):
    """Shares >= 0 that come nearest to `wanted`: least squares by coordinates, smoothed."""
    num = len(kernel[0])
    rows = [list(row) for row in kernel]
    aims = wanted + [0.0] * (num - 2)
    for k in range(num - 2):
        row = [0.0] * num
        row[k], row[k + 1], row[k + 2] = SMOOTHING, -2 * SMOOTHING, SMOOTHING
        rows.append(row)
    share = [0.0] * num
    for _ in range(2000):
        for j in range(num):
            miss = [aim - sum(r * s for r, s in zip(row, share)) for row, aim in zip(rows, aims)]
            step = (sum(m * row[j] for m, row in zip(miss, rows))
                    / sum(row[j] ** 2 for row in rows))
            share[j] = max(0.0, share[j] + step)
    return share


def profile(census, schedules):
    """{sex: shares by ARRIVING, cohorts' net change counted, and from the shares}."""
    stock = total(census[2020], "registered_outside")
    kernel = [[stayed(census, cohort, low) for low in ARRIVING] for cohort in COHORTS]
    unit = [[value / stock for value in row] for row in kernel]
    out = {}
    for sex in SEXES:
        counted = residuals(census, schedules, sex)
        left = first_leavers(census, sex)
        share = shares_of(unit, [(r + gone) / stock for r, gone in zip(counted, left)])
        made = [sum(k * s for k, s in zip(row, share)) - gone for row, gone in zip(kernel, left)]
        out[sex] = (share, counted, made)
    return out


def rows(census, schedules):
    """Rows of the schedule: share of all adult arrivals of one sex and single year of age.

    `census` is {year: {code: counts}}, `schedules` rows of schedules.csv.
    """
    found = profile(census, schedules)
    every = sum(sum(found[sex][0]) for sex in SEXES)
    return [{"schedule": SCHEDULE, "sex": sex, "age_low": low, "age_high": low + 4, "year": 2020,
             "rate": f"{share / every / 5:.6f}", "unit": "share per year of age", "area": "region",
             "source": SOURCE, "proxy": PROXY}
            for sex in SEXES for low, share in zip(ARRIVING, found[sex][0])]


def read_census(folder):
    census = {2010: {}, 2020: {}}
    for row in read_csv(os.path.join(folder, "census.csv")) or []:
        if int(row["year"]) in census:
            census[int(row["year"])][row["code"]] = row
    return census


def print_fit(found):
    print("sex,age_2020,counted,profile")
    for sex in SEXES:
        for low, counted, made in zip(COHORTS, found[sex][1], found[sex][2]):
            print(f"{sex},{low}-{low + 4},{counted:.0f},{made:.0f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tables")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--fit", action="store_true")
    arguments = parser.parse_args()
    schedules = read_csv(os.path.join(arguments.tables, "schedules.csv"))
    census = read_census(arguments.tables)
    if not schedules or not census[2010] or not census[2020]:
        print(f"arrival_profile.py: {arguments.tables}: no schedules.csv, or no census.csv of 2010 "
              "and 2020", file=sys.stderr)
        return 1
    if arguments.fit:
        print_fit(profile(census, schedules))
        return 0
    new = rows(census, schedules)
    if arguments.write:
        kept = [row for row in schedules if row["schedule"] != SCHEDULE]
        write_csv(arguments.tables, "schedules.csv", list(new[0]), kept + new)
    else:
        writer = csv.DictWriter(sys.stdout, list(new[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(new)
    return 0


if __name__ == "__main__":
    sys.exit(main())
