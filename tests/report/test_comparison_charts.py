#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Charts of a comparison file: all drawn, in every form and language, twice the same."""
import contextlib
import io
import os
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

import matplotlib.image
import numpy as np

SOURCE = os.environ["TOWNWARD_SOURCE"]
sys.path.insert(0, os.path.join(SOURCE, "analysis"))

import comparison_charts  # noqa: E402
from files import comparison_file  # noqa: E402

CHARTS = os.path.join(SOURCE, "analysis/comparison_charts.py")
OWN = ["urbanization_rate", "levers", "induced_map", "induced_kinds", "flows", "pyramids", "loads",
       "attribution"]


def draw(path, out, *options):
    return subprocess.run([sys.executable, "-W", "error::UserWarning", CHARTS, path, "--out", out,
                           *options], capture_output=True, text=True)


class Charts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = os.path.join(cls.folder.name, "cmp.h5")
        comparison_file(cls.path, alternatives=1)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def out(self, name):
        return os.path.join(self.folder.name, name)

    def test_every_form(self):
        """A missing character would be a warning of matplotlib, which -W turns into a failure."""
        jobs = [("colour", "--format", "png,svg,pdf"),
                ("print", "--style", "print", "--lang", "zh", "--format", "png,pdf")]
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda job: draw(self.path, self.out(job[0]), *job[1:]), jobs))
        for answer in answers:
            self.assertEqual(answer.returncode, 0, answer.stderr)
        names = sorted([f"{name}_plan-2030" for name in OWN] + ["cost_and_effect"])
        self.assertEqual(sorted(os.listdir(self.out("colour"))),
                         sorted(f"{name}.{form}" for name in names for form in
                                ("png", "svg", "pdf")))
        for name in names:
            self.check_inked("colour", name)
            self.check_inked("print", name)
        self.assertEqual(len(os.listdir(self.out("print"))), 2 * len(names))

        self.check_repeatable()

    def check_repeatable(self):
        """Another process writes the same bytes, whatever the form."""
        os.mkdir(self.out("again"))
        comparison_charts.use_language("en")
        sheet = comparison_charts.Sheet(
            comparison_charts.Comparison(self.path), comparison_charts.Words("en"),
            comparison_charts.Style("colour"), self.out("again"), comparison_charts.FORMATS)
        with contextlib.redirect_stdout(io.StringIO()):
            comparison_charts.chart_fan(sheet, 0)
        self.assertEqual(len(os.listdir(self.out("again"))), 3)
        for name in os.listdir(self.out("again")):
            self.assertEqual(*(self.bytes_of(folder, name) for folder in ("colour", "again")),
                             name)

    def bytes_of(self, folder, name):
        with open(os.path.join(self.out(folder), name), "rb") as source:
            return source.read()

    def check_inked(self, folder, name):
        """A picture is neither blank nor, in print, coloured."""
        picture = matplotlib.image.imread(os.path.join(self.out(folder), name + ".png"))[:, :, :3]
        self.assertGreater(picture.shape[1], 1000, name)
        self.assertGreater((picture.min(axis=2) < 0.9).mean(), 0.01, name)
        colour = np.ptp(picture, axis=2).max()
        if folder == "print":
            self.assertLess(colour, 0.02, f"{name} needs colour")
        else:
            self.assertGreater(colour, 0.3, name)

    def test_one_replicate_and_nothing_optional(self):
        path = self.out("bare.h5")
        comparison_file(path, replicates=1, attribute=False, each_lever=False, alternatives=1)
        answer = draw(path, self.out("bare"), "--format", "svg")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertEqual(len(os.listdir(self.out("bare"))), len(OWN) - 1)

    def test_wrong_file_and_wrong_format(self):
        answer = draw(CHARTS, self.out("wrong"))
        self.assertEqual(answer.returncode, 2)
        self.assertIn("cannot read a comparison file", answer.stderr)
        answer = draw(self.path, self.out("wrong"), "--format", "png,gif")
        self.assertEqual(answer.returncode, 2)
        self.assertIn("formats are png, svg, pdf", answer.stderr)

    def test_missing_font_is_named(self):
        known = comparison_charts.use_language.__globals__["CHINESE"]
        names = list(known)
        known[:] = ["No Such Font"]
        try:
            with self.assertRaisesRegex(comparison_charts.NoFont, "fonts-wqy-microhei"):
                comparison_charts.use_language("zh")
        finally:
            known[:] = names


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-q"])
