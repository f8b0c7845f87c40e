# SPDX-License-Identifier: Apache-2.0
"""Small helpers of the builder: CSV in and out, shares in whole persons, plain Latin names."""

import csv
import os
import unicodedata


def read_csv(path):
    """Rows as dicts, or None when there is no such file."""
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_csv(folder, name, columns, rows):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([row[c] for c in columns])


def plain(name):
    """Latin letters without marks: Doilungdêqên -> Doilungdeqen."""
    parts = unicodedata.normalize("NFKD", name)
    return "".join(c for c in parts if not unicodedata.combining(c))


def shares(total, weights):
    """Whole numbers that add up to `total`, by largest remainder; ties to the first."""
    weight = sum(weights)
    exact = [total * w / weight for w in weights]
    out = [int(x) for x in exact]
    order = sorted(range(len(out)), key=lambda k: (out[k] - exact[k], k))
    for k in order[:total - sum(out)]:
        out[k] += 1
    return out


def number(value):
    """Shortest decimal text of a number: 12.0 -> 12."""
    value = float(value)
    return str(int(value)) if value == int(value) else repr(value)
