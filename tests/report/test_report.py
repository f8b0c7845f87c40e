#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The page of report.py in a browser: quiet, complete, right, in both languages, on phone and paper."""
import csv
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE = os.environ["TOWNWARD_SOURCE"]
sys.path.insert(0, os.path.join(SOURCE, "analysis"))

from browser import Browser  # noqa: E402
from files import comparison_file, program_comparison  # noqa: E402
from townward_comparison import Comparison  # noqa: E402
from wording import LANGUAGES, Words, table  # noqa: E402

REPORT = os.path.join(SOURCE, "analysis/report.py")
ASSET = os.path.join(SOURCE, "analysis/report")


def make_page(comparison, page, language):
    subprocess.run([sys.executable, REPORT, comparison, "-o", page, "--lang", language],
                   check=True, capture_output=True)


def text_of(browser, selector):
    return browser.evaluate(f"document.querySelector({selector!r}).textContent")


def choose(browser, name, value):
    browser.evaluate(f"(() => {{ const box = document.getElementById('{name}'); box.value = "
                     f"{value}; box.dispatchEvent(new Event('change')); }})()")


def slide(browser, value):
    browser.evaluate(f"(() => {{ const box = document.getElementById('year'); box.value = {value};"
                     "box.dispatchEvent(new Event('input')); })()")


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = os.path.join(cls.folder.name, "cmp.h5")
        comparison_file(cls.path)
        cls.comparison = Comparison(cls.path)
        cls.pages = {}
        for language in LANGUAGES:
            cls.pages[language] = os.path.join(cls.folder.name, language + ".html")
            make_page(cls.path, cls.pages[language], language)
        cls.browser = Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.comparison.file.close()
        cls.folder.cleanup()

    def setUp(self):
        self.browser.errors.clear()
        self.browser.requests.clear()

    def tearDown(self):
        self.assertEqual(self.browser.errors, [])
        self.assertEqual(self.browser.requests, [])

    def open(self, language="en", **size):
        self.browser.open(self.pages[language], **size)

    def svg(self, section):
        return self.browser.evaluate(f"[...document.querySelectorAll('#{section} svg')]"
                                     ".map((svg) => svg.outerHTML).join()")

    def test_small_and_closed(self):
        for page in self.pages.values():
            self.assertLess(os.path.getsize(page), 4e6)
            with open(page, encoding="utf-8") as source:
                text = source.read()
            self.assertIn("default-src 'none'", text)
            # Names of XML vocabularies are the only addresses.
            self.assertEqual(set(re.findall(r"https?://[\w./-]+", text)) -
                             {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml",
                              "http://www.w3.org/1999/xlink", "http://www.w3.org/2000/xmlns/",
                              "http://www.w3.org/XML/1998/namespace"}, set())

    def test_every_section_is_drawn(self):
        self.open()
        for section, least in (("lines", 2), ("levers", 1), ("plane", 1), ("induced", 4),
                               ("flows", 1), ("pyramids", 3), ("loads", 6), ("attribution", 1)):
            count = self.browser.evaluate(f"document.querySelectorAll('#{section} svg').length")
            self.assertGreaterEqual(count, least, section)
        self.assertNotRegex(self.browser.evaluate("document.body.innerText"),
                            r"\bnull\b|undefined|NaN|\[object|\{\w+\}")
        self.assertNotIn("NaN", self.browser.evaluate(
            "document.querySelector('main').innerHTML"))

    def test_figures_are_those_of_the_file(self):
        comparison, words = self.comparison, Words("en")
        self.open()
        h, rate = comparison.horizon, comparison.indicator("urbanization_rate")
        town = comparison.indicator("town_residents")
        for k in range(len(comparison.alternatives)):
            choose(self.browser, "alternative", k)
            finding = text_of(self.browser, "#finding")
            self.assertIn(words.number(100 * abs(comparison.difference[k, h, rate, 0]), 2)
                          + " points", finding)
            for s in (0, k + 1):
                self.assertIn(words.value("1", comparison.value[s, :, h, rate, 0].mean()), finding)
            tiles = self.browser.evaluate(
                "[...document.querySelectorAll('.tile strong')].map((x) => x.textContent)")
            induced = comparison.class_persons[k, :, h, comparison.classes.index("induced"), :, 0]
            self.assertEqual(tiles, [
                words.difference("persons", comparison.difference[k, h, town, 0]),
                words.value("persons", induced.mean(axis=0).sum()),
                words.difference("yuan", comparison.outlay_until_horizon()[k].mean()),
                words.value("yuan/person", comparison.cost("cost_per_resident")[0][k]),
                words.value("yuan/person", comparison.cost("cost_per_registered")[0][k])])
            self.compare_table(k, rate, words)

    def compare_table(self, k, indicator, words):
        comparison, h = self.comparison, self.comparison.horizon
        rows = self.browser.evaluate(
            "Object.fromEntries([...document.querySelectorAll('#areas tbody tr')].map((row) => "
            "[row.dataset.code, [...row.cells].slice(2).map((cell) => cell.textContent)]))")
        self.assertEqual(set(rows), set(comparison.area_codes))
        for area, code in enumerate(comparison.area_codes):
            figures = [comparison.value[s, :, h, indicator, area].mean() for s in (0, k + 1)]
            changes = [part[k, h, indicator, area] for part in
                       (comparison.difference, comparison.low, comparison.high)]
            self.assertEqual(rows[code], [words.number(100 * x, 2) for x in figures]
                             + [words.number(100 * x, 2, sign=True) for x in changes], code)

    def test_lines_are_those_of_the_file(self):
        self.open()
        for s in range(len(self.comparison.scenarios)):
            mean, low, high = self.comparison.band(s)
            for name, own in (("mean", mean), ("low", low), ("high", high)):
                shown = self.browser.evaluate("JSON.parse(document.getElementById('data')"
                                              f".textContent).{name}[{s}][0][0]")
                for y, value in enumerate(shown):
                    self.assertAlmostEqual(value, own[y, 0, 0], delta=1e-5)

    def test_scenario_and_indicator_switch_change_the_pictures(self):
        self.open()
        before = {name: self.svg(name) for name in ("lines", "induced", "pyramids", "flows")}
        choose(self.browser, "alternative", 1)
        for name, picture in before.items():
            self.assertNotEqual(self.svg(name), picture, name)
        before = {name: self.svg(name) for name in ("lines", "attribution")}
        choose(self.browser, "indicator", self.comparison.indicator("town_residents"))
        for name, picture in before.items():
            self.assertNotEqual(self.svg(name), picture, name)
        self.assertIn("Town residents", text_of(self.browser, "#areas h2"))

    def test_slider_moves_the_map(self):
        self.open()
        seen = set()
        for y in (0, self.comparison.horizon - 2, self.comparison.horizon):
            slide(self.browser, y)
            self.assertEqual(text_of(self.browser, "#induced output"),
                             str(self.comparison.years[y]))
            self.assertIn(str(self.comparison.years[y]), text_of(self.browser, "#map-finding"))
            seen.add(self.svg("induced"))
        self.assertEqual(len(seen), 3)

    def test_phone(self):
        for language in LANGUAGES:
            self.open(language, width=390, height=844)
            wide = self.browser.evaluate("document.documentElement.scrollWidth")
            self.assertLessEqual(wide, 390, language)
            outside = self.browser.evaluate(
                "[...document.querySelectorAll('#report svg text')].filter((text) => {"
                "const box = text.getBoundingClientRect();"
                "return box.left < -1 || box.right > 391; }).map((text) => text.textContent)")
            self.assertEqual(outside, [], language)

    def test_paper(self):
        self.open()
        self.browser.call("Emulation.setEmulatedMedia", media="print")
        hidden = self.browser.evaluate(
            "[...document.querySelectorAll('select, input, button#download')]"
            ".filter((x) => x.offsetParent !== null).length")
        self.browser.call("Emulation.setEmulatedMedia", media="")
        self.assertEqual(hidden, 0)
        self.browser.evaluate("addEventListener('beforeprint', () => { window.folded = "
                              "document.querySelectorAll('details:not([open])').length; })")
        pdf = self.browser.pdf()
        self.assertEqual(self.browser.evaluate("window.folded"), 0)
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertGreater(len(pdf), 50_000)

    def test_table_filters_sorts_and_downloads(self):
        self.open()
        self.browser.downloads(self.folder.name)
        self.browser.evaluate("(() => { const box = document.getElementById('filter'); box.value ="
                              "'county'; box.dispatchEvent(new Event('input')); })()")
        counties = len(self.comparison.counties())
        self.assertEqual(self.browser.evaluate(
            "document.querySelectorAll('#areas tbody tr').length"), counties)
        self.browser.evaluate("document.querySelector('#areas th[data-key=base] button').click()")
        shown = [float(x) for x in self.browser.evaluate(
            "[...document.querySelectorAll('#areas td.base')].map((x) => x.textContent)")]
        self.assertEqual(shown, sorted(shown, reverse=True))
        self.browser.evaluate("document.getElementById('download').click()")
        name = f"{self.comparison.alternatives[0]}-urbanization_rate-2030.csv"
        path, end = os.path.join(self.folder.name, name), time.monotonic() + 10
        while not os.path.exists(path) and time.monotonic() < end:
            time.sleep(0.05)
        with open(path, encoding="utf-8-sig", newline="") as source:
            rows = list(csv.DictReader(source))
        self.assertEqual(len(rows), counties)
        area = self.comparison.area_codes.index(rows[0]["code"])
        self.assertAlmostEqual(
            float(rows[0]["difference"]),
            self.comparison.difference[0, self.comparison.horizon, 0, area], delta=1e-8)

    def test_chinese_page_has_no_english(self):
        self.open("zh")
        text = self.browser.evaluate(
            "(() => { const copy = document.querySelector('main').cloneNode(true);"
            "for (const x of copy.querySelectorAll('pre, dd, style')) x.remove();"
            "const walk = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT), found = [];"
            "while (walk.nextNode()) found.push(walk.currentNode.data);"
            "return found.join(' '); })()")
        own = " ".join(self.comparison.words("programme_lever")
                       + self.comparison.words("programme_name")
                       + self.comparison.words("single"))
        # Names of programs and formats, grades, and lever paths stay as they are.
        known = set(re.findall("[A-Za-z]+", own)) | {"Townward", "townward", "explain", "limits",
                                                     "CSV", "A", "B", "C", "t", "a", "b", "c", "d"}
        self.assertEqual(set(re.findall("[A-Za-z]+", text)) - known, set())


class Rest(unittest.TestCase):
    """What needs a page of its own, or none."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()

    def tearDown(self):
        self.folder.cleanup()

    def test_one_replicate_and_nothing_optional(self):
        path, page = (os.path.join(self.folder.name, name) for name in ("c.h5", "c.html"))
        comparison_file(path, replicates=1, attribute=False, each_lever=False, alternatives=1)
        make_page(path, page, "en")
        with Browser() as browser:
            browser.open(page)
            self.assertEqual(browser.errors, [])
            text = browser.evaluate("document.body.innerText")
        self.assertIn("--each-lever", text)
        self.assertIn("--attribute", text)
        self.assertIn("One replicate was run", text)
        self.assertNotRegex(text, r"NaN|\bnull\b|undefined")

    def test_file_of_the_program(self):
        """A comparison that the program wrote, of a region of one county."""
        path, page = (os.path.join(self.folder.name, name) for name in ("own.h5", "own.html"))
        program_comparison(path)
        comparison, words = Comparison(path), Words("en")
        h, rate = comparison.horizon, comparison.indicator("urbanization_rate")
        for language in LANGUAGES:
            make_page(path, page, language)
            with Browser() as browser:
                browser.open(page, width=390, height=844)
                self.assertEqual(browser.errors, [])
                self.assertNotRegex(browser.evaluate("document.body.innerText"),
                                    r"\bnull\b|undefined|NaN")
                self.assertLessEqual(browser.evaluate("document.documentElement.scrollWidth"), 390)
                for s in (0, 1):
                    self.assertIn(words.number(100 * comparison.value[s, :, h, rate, 0].mean(), 2),
                                  text_of(browser, "#finding"))

    def test_wrong_file(self):
        answer = subprocess.run([sys.executable, REPORT, REPORT, "-o", os.devnull],
                                capture_output=True, text=True)
        self.assertEqual(answer.returncode, 2)
        self.assertIn("cannot read a comparison file", answer.stderr)

    def test_every_label_in_both_languages(self):
        rows = table()
        for key, row in rows.items():
            for language in LANGUAGES:
                self.assertTrue(row[language].strip(), f"{key}: {language}")
            names = [set(re.findall(r"\{\w+\}", row[language])) for language in LANGUAGES]
            self.assertEqual(names[0], names[1], key)
        used = set()
        for folder, _, files in os.walk(os.path.join(SOURCE, "analysis")):
            if "node_modules" in folder or "built" in folder:
                continue
            for name in files:
                if name.endswith((".js", ".py")):
                    with open(os.path.join(folder, name), encoding="utf-8") as source:
                        used |= set(re.findall(r"(?<![.\w])(?:t|words)\(\s*\"([a-z_.]+)\"", source.read()))
        self.assertGreater(len(used), 100)
        self.assertEqual(used - set(rows), set())

    def test_built_files_are_of_these_sources(self):
        with open(os.path.join(ASSET, "built/sources.sha256"), encoding="ascii") as source:
            stamp = dict(reversed(line.split()) for line in source)
        present = {"build.mjs", "package-lock.json"}
        for folder, _, files in os.walk(os.path.join(ASSET, "src")):
            present |= {os.path.relpath(os.path.join(folder, name), ASSET) for name in files}
        self.assertEqual(set(stamp), present, "npm run build in analysis/report")
        for name, digest in stamp.items():
            with open(os.path.join(ASSET, name), "rb") as source:
                self.assertEqual(hashlib.sha256(source.read()).hexdigest(), digest,
                                 f"{name} is newer than what was built: npm run build")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-q"])
