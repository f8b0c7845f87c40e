#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The small regions are what their script makes of the shipped one, and the program runs on them."""
import glob
import os
import re
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.environ.get("TOWNWARD_SOURCE",
                        os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
PROGRAM = os.environ.get("TOWNWARD", os.path.join(SOURCE, "build", "release", "townward"))
REGIONS = os.path.join(SOURCE, "tests", "regions")
ONE_YEAR = {"baseline": "2021-11", "plan-2030": "2021-11", "hindcast-2010": "2011-11"}
COUNTIES = {"one": 1, "three": 3}


def made_files(folder):
    """Contents by path below folder of the files that the script makes."""
    files = {}
    for path in glob.glob(os.path.join(folder, "*", "region.cfg")) + \
            glob.glob(os.path.join(folder, "*", "tables", "*")):
        with open(path, "rb") as file:
            files[os.path.relpath(path, folder)] = file.read()
    return files


def townward(*words):
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=False)


class SmallRegions(unittest.TestCase):
    def test_they_are_what_the_script_makes(self):
        with tempfile.TemporaryDirectory() as folder:
            script = os.path.join(REGIONS, "make_regions.py")
            subprocess.run([sys.executable, script, folder], check=True)
            made, kept = made_files(folder), made_files(REGIONS)
        self.assertEqual(sorted(made), sorted(kept))
        for path, text in made.items():
            self.assertEqual(text, kept[path], f"{path} is not what the script makes")

    def test_they_keep_the_counties_asked_for(self):
        for region, num in COUNTIES.items():
            with open(os.path.join(REGIONS, region, "tables", "counties.csv"),
                      encoding="utf-8") as file:
                self.assertEqual(len(file.readlines()), num + 1)

    def test_scenarios_are_valid(self):
        for region in COUNTIES:
            for name in ONE_YEAR:
                done = townward("check", os.path.join(REGIONS, region, f"{name}.cfg"))
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_four_quarters_with_every_check(self):
        for region in COUNTIES:
            for name, end in ONE_YEAR.items():
                done = townward("run", os.path.join(REGIONS, region, f"{name}.cfg"), "--verify",
                                "--set", f"run.end={end}", "--threads", "1")
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                residents = re.findall(r"^20\d\d-11 +(\d+)", done.stdout, re.MULTILINE)
                self.assertEqual(len(residents), 2)
                self.assertNotEqual(residents[0], residents[1])


if __name__ == "__main__":
    unittest.main()
