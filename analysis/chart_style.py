# SPDX-License-Identifier: Apache-2.0
"""What the charts of all scripts share: colours, a form for print, fonts, wrapping, writing files."""
import os
import re
import textwrap

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib import font_manager, patheffects  # noqa: E402

# Okabe & Ito (2008): distinguishable with all common forms of colour blindness.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
GREY = "#555555"
HALO = [patheffects.withStroke(linewidth=2, foreground="white")]
STYLES = ("colour", "print")
FORMATS = ("png", "svg", "pdf")
# Fonts with the characters of simplified Chinese, best first; Noto's collections are known by
# their first member, the Japanese one.
CHINESE = ["Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN",
           "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Microsoft YaHei", "PingFang SC", "SimHei",
           "Noto Sans CJK JP", "Droid Sans Fallback"]
# Two lines must not begin with these.
NOT_FIRST = "，。；：、）”’》！？%‰,.;:)"


class NoFont(Exception):
    """No font of the machine has Chinese characters."""


def use_language(language):
    """Fonts for a language; the same files for the same input."""
    plt.rcParams.update({"svg.hashsalt": "townward", "hatch.linewidth": 0.6,
                         "axes.unicode_minus": True})
    if language != "zh":
        return
    found = chinese_font()
    if found is None:
        raise NoFont("no font with Chinese characters is installed; on Debian or Ubuntu: apt-get "
                     "install fonts-wqy-microhei (or fonts-noto-cjk)")
    # Latin letters and signs in the usual font, and what it lacks in the Chinese one.
    plt.rcParams["font.family"] = ["DejaVu Sans", found]


def chinese_font():
    """Name of the best font with Chinese characters, or None."""
    def known():
        present = {font.name for font in font_manager.fontManager.ttflist}
        return next((name for name in CHINESE if name in present), None)
    if known() is None:
        # Fonts installed after matplotlib wrote its list of them.
        listed = {font.fname for font in font_manager.fontManager.ttflist}
        for path in font_manager.findSystemFonts():
            if path not in listed:
                try:
                    font_manager.fontManager.addfont(path)
                except (OSError, RuntimeError):
                    pass
    return known()


class Style:
    """How scenarios, signs and sexes look: in colour, or in black and white for print."""

    DASHES = ["-", "--", "-.", (0, (1, 1)), (0, (6, 1, 1, 1, 1, 1)), (0, (3, 3))]
    MARKERS = "osD^vP"

    def __init__(self, name):
        self.print = name == "print"

    def line(self, scenario):
        """Line of a scenario; 0 is the base."""
        if self.print:
            dash = (0, (1, 1.6)) if scenario == 0 else self.DASHES[(scenario - 1) % 6]
            return {"color": "black", "linestyle": dash, "linewidth": 1.3}
        if scenario == 0:
            return {"color": GREY, "linestyle": "--", "linewidth": 1.4}
        return {"color": COLOURS[(scenario - 1) % 6], "linestyle": "-", "linewidth": 1.8}

    def band(self, scenario):
        if self.print:
            return {"color": "black", "alpha": 0.16, "linewidth": 0}
        return {"color": self.line(scenario)["color"], "alpha": 0.18, "linewidth": 0}

    def marker(self, scenario):
        colour = "black" if self.print else COLOURS[(scenario - 1) % 6]
        return {"marker": self.MARKERS[(scenario - 1) % 6] if self.print else "o",
                "color": colour}

    def bar(self, positive):
        if self.print:
            return {"facecolor": "#bbbbbb" if positive else "white", "edgecolor": "black",
                    "hatch": None if positive else "////", "linewidth": 0.7}
        return {"facecolor": COLOURS[0] if positive else COLOURS[1], "linewidth": 0}

    def sex(self, sex):
        if self.print:
            return {"facecolor": ("#cccccc", "white")[sex], "edgecolor": "black",
                    "hatch": (None, "////")[sex], "linewidth": 0.5}
        return {"facecolor": COLOURS[sex], "alpha": 0.65, "linewidth": 0}

    def bubble(self):
        return {"color": "#777777" if self.print else COLOURS[0], "alpha": 0.55,
                "edgecolor": "black" if self.print else "white", "linewidth": 0.6}

    def flow(self, rank):
        """Bands that end in the same town, towns by size."""
        if self.print:
            return {"facecolor": ["#222222", "#888888", "#555555", "#aaaaaa"][rank % 4],
                    "alpha": 0.6, "hatch": [None, "....", None, "////"][rank % 4],
                    "edgecolor": "white", "linewidth": 0.2}
        return {"facecolor": COLOURS[rank] if rank < 6 else "#999999", "alpha": 0.5,
                "linewidth": 0}


def wrapped(text, width, language="en"):
    """Text in lines of so many Latin letters; Chinese characters count as two."""
    if language != "zh":
        return textwrap.fill(text, width)
    lines, line, room = [], "", width
    # A Latin word or a number is not broken; a Chinese character stands alone.
    for part in re.findall(r"[!-~\u2212\u2013\u2030]+|.", text):
        wide = sum(2 if sign > "\u2e80" else 1.15 for sign in part)
        if room < wide and part[0] not in NOT_FIRST:
            lines, line, room = lines + [line], "", width
        line, room = line + part, room - wide
    return "\n".join(lines + [line])


def percent(axis):
    axis.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1, decimals=0))


def bare(axis, grid="y"):
    """No box around a chart, and a faint grid behind it."""
    axis.grid(axis=grid, color="#dddddd", linewidth=0.6)
    axis.set_axisbelow(True)
    axis.spines[["top", "right"]].set_visible(False)


def end_labels(axis, ends):
    """Names at the ends of lines, moved apart where they would overlap."""
    ends = sorted(ends, key=lambda end: end[1])
    step = 0.022 * (axis.get_ylim()[1] - axis.get_ylim()[0]) * 2
    heights = [end[1] for end in ends]
    for i in range(1, len(heights)):
        heights[i] = max(heights[i], heights[i - 1] + step)
    shift = (sum(end[1] for end in ends) - sum(heights)) / len(ends)
    for (year, _, name, colour), height in zip(ends, heights):
        axis.text(year + 0.25, height + shift, name, color=colour, fontsize=10, va="center")


def name_points(axis, names, x, y, order, most=8, apart=1.1):
    """Names of the first points of an order that have room for them."""
    placed = []
    for i in order:
        far = all(abs(x[i] - px) > 2 * apart or abs(y[i] - py) > 0.6 * apart for px, py in placed)
        if far and len(placed) < most:
            axis.annotate(names[i], (x[i], y[i]), fontsize=8, xytext=(0, 10),
                          textcoords="offset points", ha="center", path_effects=HALO)
            placed.append((x[i], y[i]))


def finish(figure, out, name, caption=None, formats=("png",), dpi=130):
    """Writes a figure as NAME.FORMAT, without dates, and forgets it."""
    if caption:
        figure.text(0.01, 0.01, caption, fontsize=8, color=GREY, va="bottom", wrap=True)
    nothing = {"png": {"Software": None}, "svg": {"Date": None},
               "pdf": {"CreationDate": None, "ModDate": None}}
    for form in formats:
        path = os.path.join(out, f"{name}.{form}")
        figure.savefig(path, dpi=dpi, metadata=nothing[form])
        print(path)
    plt.close(figure)
