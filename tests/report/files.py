# SPDX-License-Identifier: Apache-2.0
"""The comparison file that tests of what reads one use."""
import os

import fixture

SOURCE = os.environ["TOWNWARD_SOURCE"]


def comparison_file(path, **options):
    """Writes one; options are those of fixture.write."""
    fixture.write(path, os.path.join(SOURCE, "scenarios/xizang"), **options)
