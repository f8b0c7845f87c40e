# SPDX-License-Identifier: Apache-2.0
"""Words and numbers of reports and charts in a language; labels.csv has every word in both.

report/src/format.js writes numbers in the same forms.
"""
import csv
import os
import re

LANGUAGES = ("en", "zh")
TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "labels.csv")
MINUS = "\u2212"
UNITS = {"1": "unit.share", "persons": "unit.persons", "jobs": "unit.jobs", "yuan": "unit.yuan",
         "yuan/month": "unit.yuan_month", "yuan/person": "unit.yuan_person"}
STEPS = {"en": [(1e9, "step.billion"), (1e6, "step.million")],
         "zh": [(1e8, "step.hundred_million"), (1e4, "step.ten_thousand")]}


def table():
    """{key: {"en": text, "zh": text}} of labels.csv."""
    with open(TABLE, encoding="utf-8", newline="") as source:
        return {row["key"]: row for row in csv.DictReader(source)}


class Words:
    """Labels of one language; a missing key is a mistake of ours and raises KeyError."""

    def __init__(self, language):
        self.language = language
        self.text = {key: row[language] for key, row in table().items()}

    def __call__(self, key, **values):
        return re.sub(r"\{(\w+)\}", lambda found: str(values[found.group(1)]), self.text[key])

    def known(self, key, otherwise):
        """The label of a name that a file may bring along, else the file's own word."""
        return self.text.get(key, otherwise)

    def question(self, text):
        """A scenario's question in the language; "" when only the file's English is known."""
        if self.language == "en":
            return text
        return next((row[self.language] for key, row in table().items()
                     if key.startswith("question.") and row["en"] == text), "")

    def number(self, value, decimals=0, sign=False):
        if value is None or value != value:
            return self("none")
        text = f"{abs(value):,.{decimals}f}"
        nothing = float(text.replace(",", "")) == 0
        return ("" if nothing else MINUS if value < 0 else "+" if sign else "") + text

    def amount(self, value, unit="unit.yuan", sign=False):
        """Large amounts in the words of the language, three figures."""
        if value is None or value != value:
            return self("none")
        for size, step in STEPS[self.language]:
            if abs(value) >= size:
                figure = abs(value) / size
                decimals = 0 if figure >= 100 else 1 if figure >= 10 else 2
                return self("with_step", number=self.number(value / size, decimals, sign),
                            step=self(step), unit=self(unit))
        return self("with_unit", number=self.number(value, 0, sign), unit=self(unit))

    def unit(self, unit):
        return self(UNITS[unit]) if unit in UNITS else unit

    def value(self, unit, figure, decimals=2):
        if figure != figure:
            return self("none")
        if unit == "1":
            return self("percent", number=self.number(100 * figure, decimals))
        if unit == "yuan":
            return self.amount(figure)
        return self("with_unit", number=self.number(figure), unit=self.unit(unit))

    def difference(self, unit, figure, decimals=2):
        if figure != figure:
            return self("none")
        if unit == "1":
            return self("points", number=self.number(100 * figure, decimals, sign=True))
        if unit == "yuan":
            return self.amount(figure, sign=True)
        return self("with_unit", number=self.number(figure, int(unit == "yuan/month"), sign=True),
                    unit=self.unit(unit))

    def axis(self, unit, most, change=False):
        """What values of a unit are divided by on an axis, and the axis' label."""
        if unit == "1":
            return 0.01, self("axis.points" if change else "axis.percent")
        steps = STEPS[self.language]
        if self.language == "en" and most >= 2e4:
            steps = steps + [(1e3, "step.thousand")]
        for size, step in steps:
            if most >= (2 * size if size > 1e3 else size):
                return size, self("step_unit", step=self(step), unit=self.unit(unit))
        return 1, self.unit(unit)
