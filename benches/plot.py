#!/usr/bin/env python3
"""Draws target/bench/results.json as benches/results.svg, and writes it as the table of README's Figures.

    python3 benches/plot.py        after `make bench`
"""

import json
import math
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "target/bench"
START, END = "<!-- figures -->\n", "<!-- end of figures -->"

# Name in the results, name in the table, colour. The first that a row has beside ours is its measure.
PEERS = [
    ("rust", "Rust", "#b7410e"),
    ("capi", "C API", "#5b7083"),
    ("capi_unchecked", "C API, unchecked", "#a9b7c2"),
    ("mojo", "Mojo", "#e8a33d"),
    ("native", "native", "#c9c9c9"),
    ("ours", "ours", "#1f7a5c"),
]

# The picture's axis is logarithmic, in powers of two: from a sixteenth of the measure to 32 times as much.
LOW, HIGH = -4, 5
LEFT, WIDTH, BAR, GAP, TOP = 190, 560, 9, 10, 74


def digits(value):
    """Three digits that mean something."""
    if value is None:
        return "–"
    return f"{value:.{sum(value < limit for limit in (1000, 100, 1))}f}"


def measure_of(row):
    """Whom the others of a row are compared with."""
    return next(peer for peer, _, _ in PEERS if row[peer] is not None and peer not in ("mojo", "native"))


# ---- The table ----


def table(rows, machine):
    order = ["ours", "rust", "capi", "capi_unchecked", "mojo", "native"]
    titles = {peer: title for peer, title, _ in PEERS}
    lines = [f"Measured on {machine}.\n", "![Bars: each measurement as a multiple of Rust's](benches/results.svg)\n"]
    lines.append("| measurement | unit | " + " | ".join(titles[peer] for peer in order) + " | ours / Rust | ours / C API |")
    lines.append("|---|---|" + "---|" * (len(order) + 2))
    for row in rows:
        cells = [digits(row[peer]) for peer in order]
        cells += [ratio(row, "rust"), ratio(row, "capi")]
        lines.append(f"| `{row['name']}` | {row['unit']} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def ratio(row, peer):
    return "–" if row["ours"] is None or row[peer] is None else f"{row['ours'] / row[peer]:.2f}"


def write_readme(text):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    before, rest = readme.split(START)
    if text.count("\n| `") < rest.split(END)[0].count("\n| `"):
        sys.exit("results.json has fewer rows than README: run `make bench` without BENCH first")
    (ROOT / "README.md").write_text(before + START + text + END + rest.split(END)[1], encoding="utf-8")


# ---- The picture ----


def x_of(multiple):
    place = (math.log2(multiple) - LOW) / (HIGH - LOW)
    return LEFT + WIDTH * min(max(place, 0), 1)


def text(x, y, words, size=11, anchor="start", weight="normal"):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" font-weight="{weight}" '
        f'fill="#222">{escape(words)}</text>'
    )


def bar(y, multiple, colour):
    start, end = sorted([x_of(1), x_of(multiple)])
    width = max(end - start, 1)
    return (
        f'<rect x="{start:.1f}" y="{y:.1f}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>'
        + text(x_of(multiple) + (4 if multiple >= 1 else -4), y + BAR - 1, f"{multiple:.2f}", 9,
               "start" if multiple >= 1 else "end")
    )


def draw_row(row, y):
    measure = measure_of(row)
    title = next(title for peer, title, _ in PEERS if peer == measure)
    present = [(peer, colour) for peer, _, colour in PEERS if row[peer] is not None and peer != measure]
    parts = [text(LEFT - 10, y + BAR, row["name"], anchor="end", weight="bold")]
    if measure != "rust":
        parts.append(text(LEFT - 10, y + 2.2 * BAR, f"{title} = 1", 9, "end"))
    for index, (peer, colour) in enumerate(reversed(present)):
        parts.append(bar(y + index * BAR, row[peer] / row[measure], colour))
    return parts, max(len(present), 2) * BAR + GAP


def legend():
    parts, x = [], LEFT
    for peer, title, colour in reversed(PEERS):
        if peer == "rust":
            continue
        parts.append(f'<rect x="{x}" y="36" width="10" height="10" fill="{colour}"/>')
        parts.append(text(x + 14, 45, title))
        x += 34 + 6.2 * len(title)
    return parts


def picture(rows, machine):
    parts, y = [text(10, 22, f"Time as a multiple of Rust's (the line at 1). {machine}", 13, weight="bold")] + legend(), TOP
    for row in rows:
        drawn, height = draw_row(row, y)
        parts += drawn
        y += height
    grid = []
    for power in range(LOW, HIGH + 1):
        x, width = x_of(2.0**power), 1.5 if power == 0 else 0.5
        grid.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{y:.1f}" stroke="#999" stroke-width="{width}"/>')
        grid.append(text(x, TOP - 12, f"{2.0**power:g}", 9, "middle"))
    size = f'width="{LEFT + WIDTH + 60}" height="{y + 10:.0f}"'
    body = "\n".join(['<rect width="100%" height="100%" fill="white"/>'] + grid + parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif">\n{body}\n</svg>\n'


def main():
    rows = json.loads((RESULTS / "results.json").read_text(encoding="utf-8"))
    machine = (RESULTS / "machine.txt").read_text(encoding="utf-8").strip()
    # How many times faster two threads are is no multiple of Rust's time, and a row may be ours alone.
    peers = [peer for peer, _, _ in PEERS]
    compared = [row for row in rows if row["unit"] != "x" and sum(row[peer] is not None for peer in peers) > 1]
    write_readme(table(rows, machine))
    (ROOT / "benches/results.svg").write_text(picture(compared, machine), encoding="utf-8")


if __name__ == "__main__":
    main()
