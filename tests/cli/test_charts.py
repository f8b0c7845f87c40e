#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Charts are drawn from real runs, are not blank, and a wrong file gets a plain answer."""
import os
import subprocess
import sys
import tempfile
import unittest

import matplotlib.image
import numpy as np
from matplotlib import pyplot

TOWNWARD = os.environ["TOWNWARD"]
SOURCE = os.environ["TOWNWARD_SOURCE"]
CHARTS = os.path.join(SOURCE, "analysis/charts.py")
sys.path.insert(0, os.path.dirname(CHARTS))

import charts  # noqa: E402
from townward_results import Results  # noqa: E402


class Charts(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()

    def tearDown(self):
        self.folder.cleanup()

    def run_scenario(self, scenario, name, *options):
        path = os.path.join(self.folder.name, name)
        subprocess.run([TOWNWARD, "run", os.path.join(SOURCE, f"scenarios/xizang/{scenario}.cfg"),
                        "-o", path, "--set", "run.sample=0.02", *options], check=True,
                       capture_output=True)
        return path

    def test_all_charts(self):
        end = ("--set", "run.end=2031")
        baseline = self.run_scenario("baseline", "baseline.h5", *end, "--replicates", "2")
        plan = self.run_scenario("plan-2030", "plan-2030.h5", *end)
        band = self.run_scenario("baseline", "band-baseline--high.h5", *end,
                                 "--set", "outside.net_arrivals=21500")
        hindcast = self.run_scenario("hindcast-2010", "hindcast.h5")
        out = os.path.join(self.folder.name, "charts")
        subprocess.run([sys.executable, CHARTS, "--region",
                        os.path.join(SOURCE, "scenarios/xizang"), "--out", out, "--hindcast",
                        hindcast, "--band", band, "--", baseline, plan], check=True,
                       capture_output=True)
        charts = sorted(os.listdir(out))
        self.assertEqual(charts, ["map_baseline.png", "map_plan-2030.png", "prefectures.png",
                                  "sources_of_town_growth.png",
                                  "sources_of_town_growth_2010-2020.png",
                                  "urbanization_rate.png"])
        for chart in charts:
            picture = matplotlib.image.imread(os.path.join(out, chart))
            self.assertGreater(picture.shape[1], 600, chart)
            inked = (picture[:, :, :3].min(axis=2) < 0.9).mean()
            self.assertGreater(inked, 0.01, chart)
            self.assertGreater(len(np.unique(picture[::4, ::4, :3].reshape(-1, 3), axis=0)), 20)

    def test_observed_values_are_marks(self):
        path = self.run_scenario("baseline", "short.h5", "--set", "run.end=2021-02")
        result = Results(path)
        observed = charts.observed_rates([result, result])
        self.assertEqual(len(observed), 8)
        self.assertEqual([(year, round(rate, 4)) for year, rate, _, revised in observed if revised],
                         [(2010.0, 0.2267), (2020.0, 0.3573)])
        self.assertEqual(result.observed("population", "Lhasa")[0][1], 876400)
        self.assertEqual(result.observed("population", "nowhere"), [])
        _, axis = pyplot.subplots()
        charts.draw_observed(axis, observed + [(2022.2, 0.37, 0.01, True)])
        faces = [line.get_markerfacecolor() for line in axis.lines
                 if line.get_marker() == "o"]
        self.assertEqual((faces.count("black"), faces.count("white")), (3, 6))
        self.assertEqual(len(axis.collections), 1)  # the bar of the standard error
        pyplot.close("all")

    def test_wrong_file(self):
        answer = subprocess.run([sys.executable, CHARTS, "--out", self.folder.name, CHARTS],
                                capture_output=True, text=True)
        self.assertEqual(answer.returncode, 2)
        self.assertIn("cannot read a result file", answer.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-q"])
