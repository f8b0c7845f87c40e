# SPDX-License-Identifier: Apache-2.0
"""The comparison files that tests of what reads one use."""
import os
import subprocess

import fixture

SOURCE = os.environ["TOWNWARD_SOURCE"]
TOWNWARD = os.environ["TOWNWARD"]


def comparison_file(path, **options):
    """Writes one; options are those of fixture.write."""
    fixture.write(path, os.path.join(SOURCE, "scenarios/xizang"), **options)


def program_comparison(path):
    """Writes one by the program: one county, plan against baseline."""
    scenarios = [os.path.join(SOURCE, "tests/regions/one", name + ".cfg")
                 for name in ("baseline", "plan-2030")]
    subprocess.run([TOWNWARD, "compare", *scenarios, "--replicates", "2", "--set", "run.end=2031",
                    "-o", path], check=True, capture_output=True)
